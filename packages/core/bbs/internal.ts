// The randomised operations with their source of randomness as a parameter: the published vectors mock it.
// Nothing outside bbs/, ../nym and tests imports this file; callers use plain.ts and blind.ts.

import { concat } from '../bytes.ts';
import { addScalar, encodeG1, encodeScalar, msmG1, mulScalar, type Scalar } from '../curve.ts';
import type { Rng } from '../rng.ts';
import type { Api } from './ciphersuite.ts';
import { type Commitment, commitmentChallenge } from './commitment.ts';
import { commitmentGenerators } from './generators.ts';
import { checkIndexes, drawScalars, proofChallenge, proofFinish, proofInit, undisclosed } from './proof.ts';
import { decodeSignature, type Terms } from './signature.ts';

/** CoreProofGen (draft-irtf-cfrg-bbs-signatures section 3.6.3), on scalars. Throws Malformed on bad indexes. */
export function coreProofGenWith(
  rng: Rng,
  terms: Terms,
  signature: Uint8Array,
  presentationHeader: Uint8Array,
  messages: readonly Scalar[],
  disclosedIndexes: readonly number[],
): Uint8Array {
  checkIndexes(disclosedIndexes, messages.length, 'disclosed indexes');
  const hidden = undisclosed(messages.length, disclosedIndexes);
  const { commitments, opening } = proofInit(rng, terms, decodeSignature(signature), messages, hidden);
  const disclosed = disclosedIndexes.map((i) => [i, messages[i]!] as const);
  const challenge = proofChallenge(terms.api, commitments, disclosed, presentationHeader);
  return proofFinish(commitments, opening, challenge);
}

/** CoreCommit (draft-irtf-cfrg-bbs-blind-signatures-02 section 4.3.1), on scalars. */
export function coreCommitWith(rng: Rng, api: Api, messages: readonly Scalar[]): Commitment {
  const generators = commitmentGenerators(api, messages.length);
  const [proverBlind, ...nonces] = drawScalars(rng, messages.length + 2) as [Scalar, ...Scalar[]];
  const secrets = [proverBlind, ...messages];
  const C = msmG1(generators, secrets);
  const challenge = commitmentChallenge(api, C, msmG1(generators, nonces), generators);
  const responses = nonces.map((nonce, i) => addScalar(nonce, mulScalar(secrets[i]!, challenge)));
  return {
    commitmentWithProof: concat(encodeG1(C), ...[...responses, challenge].map(encodeScalar)),
    proverBlind,
  };
}
