// Proving: pseudonym, escrow and label under the one challenge of the BBS proof (spec/presentation.md,
// "Prover"). The nonce of x in the escrow is the BBS proof's own nonce of the nym secret; ρ has its own.
// Must never: use that nonce of ρ, or a draft, twice. Two responses to one nonce give ρ away, and R with it.

import { decodePublicKey } from '../bbs/key.ts';
import { equalBytes } from '../bytes.ts';
import {
  addScalar,
  decodeScalarOrZero,
  msmG1,
  mulG1,
  mulScalar,
  randomScalar,
  SCALAR_BYTES,
} from '../curve.ts';
import { Malformed } from '../errors.ts';
import { encryptRecord } from '../escrow/ciphertext.ts';
import { proveWithNymFinish, proveWithNymInit } from '../nym/proof.ts';
import { G, G_REC } from '../sigma/bases.ts';
import { type Credential, nymCredentialOf } from './credential.ts';
import { checkScope, decodeOpeningKey, presentationHeader, type Question } from './question.ts';
import {
  checkDisclosure,
  credentialHeader,
  type DisclosableField,
  type Disclosed,
  indexOfField,
} from './schema.ts';
import { encodePresentation } from './wire.ts';

/** Answers `question`. Throws Malformed when the question is not one, or the credential is not of it. */
export function prove(credential: Credential, question: Question): Uint8Array {
  const fields = checkDisclosure(question.disclose);
  if (!equalBytes(credential.issuerKey, question.issuerKey))
    throw new Malformed('issuer key', "the credential's");
  if (credential.epoch !== question.label.epoch) throw new Malformed('epoch', "the credential's");
  const Y = decodeOpeningKey(question.openingKey);
  const nym = nymCredentialOf(credential);
  const x = nym.nymSecrets[0]!;
  // Step 1: the BBS proof's first messages; its nonce of x is x̃.
  const draft = proveWithNymInit(
    decodePublicKey(question.issuerKey),
    credentialHeader(credential.epoch),
    nym,
    checkScope(question.scope),
    { signer: fields.map(indexOfField), committed: [] },
  );
  const xNonce = draft.nymNonces[0]!;
  // Step 2: the escrow and its first messages.
  const rho = randomScalar();
  const rhoNonce = randomScalar();
  const escrow = encryptRecord(Y, x, rho);
  const T0 = mulG1(G, rhoNonce);
  const T1 = msmG1([Y, G_REC], [rhoNonce, xNonce]);
  // Step 3: the header; step 4: the challenge and the responses.
  const proof = proveWithNymFinish(draft, presentationHeader(question, Y, escrow.E0, escrow.E1, T0, T1));
  const challenge = decodeScalarOrZero(proof.slice(-SCALAR_BYTES));
  return encodePresentation(fields, {
    disclosed: disclosedOf(credential, fields),
    pseudonym: draft.pseudonym,
    escrow,
    rhoResponse: addScalar(rhoNonce, mulScalar(challenge, rho)),
    proof,
  });
}

function disclosedOf(credential: Credential, fields: readonly DisclosableField[]): Disclosed {
  return Object.fromEntries(fields.map((field) => [field, credential.attributes[field]]));
}
