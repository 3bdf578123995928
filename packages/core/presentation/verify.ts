// Verifying (spec/presentation.md, "Verifier"): the first messages of the escrow are recomputed from the
// responses, the presentation header rebuilt from them, and the unmodified ProofVerifyWithNym decides. There is
// no second check that could be forgotten: a wrong escrow is a wrong header, and so a wrong challenge.

import { whichPairingsHold } from '../bbs/fold-pairings.ts';
import { decodePublicKey } from '../bbs/key.ts';
import { type PairingClaim, pairingHolds } from '../bbs/proof.ts';
import { encodeG1, isIdentityG1, msmG1, negScalar } from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { encodeEscrow } from '../escrow/ciphertext.ts';
import { verifyUpToPairing } from '../nym/proof.ts';
import { type Proven, proven } from '../proven.ts';
import { G, G_REC } from '../sigma/bases.ts';
import { SHAPE } from './credential.ts';
import { checkScope, decodeOpeningKey, presentationHeader, type Question } from './question.ts';
import { checkDisclosure, credentialHeader, type Disclosed, encodeMessage, indexOfField } from './schema.ts';
import { decodePresentation } from './wire.ts';

/** What is true of whoever made `octets`, for this question. Everything in it is a copy. */
export type Presentation = {
  readonly question: Question;
  readonly octets: Uint8Array;
  /** P, 48 octets: one person, one scope, one value. */
  readonly pseudonym: Uint8Array;
  /** E0 ‖ E1, 96 octets: the person's record key under the question's opening key. */
  readonly escrow: Uint8Array;
  readonly disclosed: Disclosed;
};

/** Throws Malformed for what is not a presentation of the question's fields, ProofFailed for any other reason. */
export function verifyPresentation(octets: Uint8Array, question: Question): Proven<Presentation> {
  const { claim, shown } = upToPairing(octets, question);
  if (!pairingHolds(claim)) throw new ProofFailed();
  return proven(shown);
}

/** For each what verifyPresentation would return or throw, in order. One that fails does no harm to the others. */
export function verifyPresentations(
  asked: readonly { readonly octets: Uint8Array; readonly question: Question }[],
): (Proven<Presentation> | Malformed | ProofFailed)[] {
  const read = asked.map(({ octets, question }) => {
    try {
      return upToPairing(octets, question);
    } catch (error) {
      if (error instanceof Malformed || error instanceof ProofFailed) return error;
      throw error;
    }
  });
  // From here on every proof of the batch is fixed, and the weights are drawn.
  const holds = whichPairingsHold(read.flatMap((one) => ('claim' in one ? [one.claim] : [])));
  let at = 0;
  return read.map((one) => {
    if (!('claim' in one)) return one;
    return holds[at++] ? proven(one.shown) : new ProofFailed();
  });
}

/** Everything but the pairing. `shown` is proven only when `claim` holds. */
function upToPairing(octets: Uint8Array, question: Question): { claim: PairingClaim; shown: Presentation } {
  const fields = checkDisclosure(question.disclose);
  const publicKey = decodePublicKey(question.issuerKey);
  const Y = decodeOpeningKey(question.openingKey);
  const header = credentialHeader(question.label.epoch);
  const { disclosed, pseudonym, escrow, rhoResponse, proof } = decodePresentation(octets, fields);
  const xResponse = proof.nymResponses[0]!;
  const against = negScalar(proof.challenge);
  const T0 = msmG1([G, escrow.E0], [rhoResponse, against]);
  const T1 = msmG1([Y, G_REC, escrow.E1], [rhoResponse, xResponse, against]);
  if (isIdentityG1(T0) || isIdentityG1(T1)) throw new ProofFailed();
  const claim = verifyUpToPairing(proof, {
    publicKey,
    header,
    presentationHeader: presentationHeader(question, Y, escrow.E0, escrow.E1, T0, T1),
    contextId: checkScope(question.scope),
    pseudonym,
    shape: SHAPE,
    disclosed: {
      signer: fields.map((field) => [indexOfField(field), encodeMessage(field, disclosed[field]!)] as const),
      committed: [],
    },
  });
  const shown = {
    question: structuredClone(question),
    octets: octets.slice(),
    pseudonym: encodeG1(pseudonym),
    escrow: encodeEscrow(escrow),
    disclosed,
  };
  return { claim, shown };
}
