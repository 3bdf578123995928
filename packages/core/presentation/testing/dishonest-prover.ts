// Provers that cheat, for the tests of the presentation: the honest steps of prove.ts, any of which a
// cheat may replace. Never imported by anything but tests.

import { decodePublicKey } from '../../bbs/key.ts';
import {
  addScalar,
  decodeScalarOrZero,
  type G1,
  msmG1,
  mulG1,
  mulScalar,
  randomScalar,
  SCALAR_BYTES,
  type Scalar,
} from '../../curve.ts';
import type { Escrow } from '../../escrow/ciphertext.ts';
import { proveWithNymFinish, proveWithNymInit } from '../../nym/proof.ts';
import { G, G_REC } from '../../sigma/bases.ts';
import { type Credential, nymCredentialOf } from '../credential.ts';
import { decodeOpeningKey, presentationHeader, type Question } from '../question.ts';
import { credentialHeader, type DisclosableField, indexOfField } from '../schema.ts';
import { encodePresentation } from '../wire.ts';

export type Cheat = {
  readonly rho?: Scalar;
  readonly rhoNonce?: Scalar | ((xNonce: Scalar) => Scalar);
  /** The escrow put in, given honest randomness and Y. */
  readonly escrow?: (rho: Scalar, Y: G1) => Escrow;
  /** Fields actually disclosed, whatever the question says. */
  readonly fields?: readonly DisclosableField[];
};

export function proveDishonestly(credential: Credential, question: Question, cheat: Cheat): Uint8Array {
  const fields = cheat.fields ?? question.disclose;
  const Y = decodeOpeningKey(question.openingKey);
  const nym = nymCredentialOf(credential);
  const draft = proveWithNymInit(
    decodePublicKey(credential.issuerKey),
    credentialHeader(credential.epoch),
    nym,
    question.scope,
    { signer: fields.map(indexOfField), committed: [] },
  );
  const xNonce = draft.nymNonces[0]!;
  const rho = cheat.rho ?? randomScalar();
  const given = cheat.rhoNonce ?? randomScalar();
  const rhoNonce = typeof given === 'function' ? given(xNonce) : given;
  const honest = { E0: mulG1(G, rho), E1: msmG1([Y, G_REC], [rho, nym.nymSecrets[0]!]) };
  const escrow = cheat.escrow?.(rho, Y) ?? honest;
  const T0 = mulG1(G, rhoNonce);
  const T1 = msmG1([Y, G_REC], [rhoNonce, xNonce]);
  const proof = proveWithNymFinish(draft, presentationHeader(question, Y, escrow.E0, escrow.E1, T0, T1));
  const challenge = decodeScalarOrZero(proof.slice(-SCALAR_BYTES));
  return encodePresentation(fields, {
    disclosed: Object.fromEntries(fields.map((field) => [field, credential.attributes[field]])),
    pseudonym: draft.pseudonym,
    escrow,
    rhoResponse: addScalar(rhoNonce, mulScalar(challenge, rho)),
    proof,
  });
}
