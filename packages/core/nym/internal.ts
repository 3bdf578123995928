// The randomised operations of this folder with their source of randomness as a parameter: the published
// vectors mock it. Nothing outside this folder and tests imports this file.

import { combinedIndexes } from '../bbs/blind.ts';
import { messagesToScalars, NYM_API } from '../bbs/ciphersuite.ts';
import type { Commitment } from '../bbs/commitment.ts';
import { coreCommitWith } from '../bbs/internal.ts';
import type { PublicKey } from '../bbs/key.ts';
import {
  type Commitments,
  type Disclosed,
  type Opening,
  proofChallenge,
  proofFinish,
  proofInit,
  undisclosed,
} from '../bbs/proof.ts';
import { decodeSignature } from '../bbs/signature.ts';
import { type G1, isIdentityG1, mulG1, type Scalar } from '../curve.ts';
import { assert } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { type NymCredential, nymScalars, nymTerms, shapeOf } from './issue.ts';
import type { Disclose } from './proof.ts';
import { calculatePseudonym, evaluateAt, originPoint } from './pseudonym.ts';

/** What ProofInit and NymProofInit leave for the challenge and the responses. Secret; for one challenge only. */
export type NymOpening = {
  readonly commitments: Commitments;
  readonly opening: Opening;
  readonly disclosed: Disclosed<Scalar>;
  readonly contextId: Uint8Array;
  readonly pseudonym: G1;
  readonly Ut: G1;
  readonly nymNonces: readonly Scalar[];
};

/** CommitWithNym. */
export function commitWithNymWith(
  rng: Rng,
  committedMessages: readonly Uint8Array[],
  proverNyms: readonly Scalar[],
): Commitment {
  return coreCommitWith(rng, NYM_API, [...messagesToScalars(NYM_API, committedMessages), ...proverNyms]);
}

/** ProofInit and NymProofInit. The nym secrets are the last of the hidden messages. */
export function proveInitWith(
  rng: Rng,
  publicKey: PublicKey,
  header: Uint8Array,
  credential: NymCredential,
  contextId: Uint8Array,
  disclose: Disclose,
): NymOpening {
  const shape = shapeOf(credential);
  const indexes = combinedIndexes(shape, disclose.signer, disclose.committed);
  const scalars = nymScalars(credential);
  const hidden = undisclosed(scalars.length, indexes);
  const signature = decodeSignature(credential.signature);
  const terms = nymTerms(publicKey, header, shape);
  const { commitments, opening } = proofInit(rng, terms, signature, scalars, hidden);
  const nymNonces = opening.nonces.slice(-shape.nyms);
  const Ut = mulG1(originPoint(contextId), evaluateAt(contextId, nymNonces));
  assert(!isIdentityG1(Ut), 'Ut is not the identity');
  return {
    commitments,
    opening,
    disclosed: indexes.map((i) => [i, scalars[i]!] as const),
    contextId: contextId.slice(),
    pseudonym: calculatePseudonym(contextId, credential.nymSecrets),
    Ut,
    nymNonces,
  };
}

/** The challenge and the responses. The caller sees to it that one opening is finished once. */
export function proveFinish(held: NymOpening, presentationHeader: Uint8Array): Uint8Array {
  const { commitments, opening, disclosed, contextId, pseudonym, Ut } = held;
  const challenge = nymChallenge(commitments, disclosed, presentationHeader, { pseudonym, U: Ut, contextId });
  return proofFinish(commitments, opening, challenge);
}

/** ProofWithNymChallengeCalculate. */
export function nymChallenge(
  commitments: Commitments,
  disclosed: Disclosed<Scalar>,
  presentationHeader: Uint8Array,
  { pseudonym, U, contextId }: { pseudonym: G1; U: G1; contextId: Uint8Array },
): Scalar {
  return proofChallenge(NYM_API, commitments, disclosed, presentationHeader, [pseudonym, U], [contextId]);
}
