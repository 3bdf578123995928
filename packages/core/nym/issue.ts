// Issuing a credential over nym secrets that the issuer never sees: the prover commits to prover_nyms, the
// issuer adds its entropy to the last one under the signature. With one secret, x = s + ε (PROTOCOL section 3).
// Source: draft-irtf-cfrg-bbs-per-verifier-linkability-02 sections 5 and 6, as its vectors have it.
// Must never: let a nym secret reach G2, or the issuer choose the prover's part.

import { blindSignWith, blindTerms } from '../bbs/blind.ts';
import { messagesToScalars, NYM_API } from '../bbs/ciphersuite.ts';
import { type Commitment, verifyCommitment } from '../bbs/commitment.ts';
import { commitmentGenerators } from '../bbs/generators.ts';
import type { KeyPair, PublicKey } from '../bbs/key.ts';
import { coreVerify, type Terms } from '../bbs/signature.ts';
import { concat, i2osp } from '../bytes.ts';
import { addScalar, type G1, ONE, type Scalar } from '../curve.ts';
import { assert } from '../errors.ts';
import { type Proven, proven } from '../proven.ts';
import { randomBytes } from '../rng.ts';
import { commitWithNymWith } from './internal.ts';

/** Signer messages (L), committed messages (M) and nym secrets (N) of a credential (DIVERGENCES D11). */
export type NymShape = {
  readonly signerMessages: number;
  readonly committedMessages: number;
  readonly nyms: number;
};

/** What the holder keeps. Secret, all but the signer's messages. */
export type NymCredential = {
  readonly signature: Uint8Array;
  readonly messages: readonly Uint8Array[];
  readonly committedMessages: readonly Uint8Array[];
  readonly proverBlind: Scalar;
  readonly nymSecrets: readonly Scalar[];
};

/** Commit to messages and prover_nyms: the octets to send, and the blinding factor to keep. */
export function commitWithNym(
  committedMessages: readonly Uint8Array[],
  proverNyms: readonly Scalar[],
): Commitment {
  return commitWithNymWith(randomBytes, committedMessages, proverNyms);
}

/** Q_2 and J_1..J_(M+N): the bases of the commitment, for statements about it. The last is the last nym's. */
export function commitmentBases(shape: NymShape): readonly G1[] {
  return commitmentGenerators(NYM_API, committedCount(shape));
}

/** The commitment's point C, once its proof holds. Throws Malformed or ProofFailed. */
export function verifyNymCommitment(commitmentWithProof: Uint8Array, shape: NymShape): Proven<{ C: G1 }> {
  return verifyCommitment(NYM_API, commitmentWithProof, committedCount(shape));
}

/** BlindSignWithNym: verifies the commitment, then signs. 80 octets. Throws Malformed or ProofFailed. */
export function verifyAndBlindSignWithNym(
  key: KeyPair,
  commitmentWithProof: Uint8Array,
  shape: NymShape,
  signerNymEntropy: Scalar,
  header: Uint8Array,
  messages: readonly Uint8Array[],
): Uint8Array {
  assert(messages.length === shape.signerMessages, 'as many signer messages as the shape says');
  const { C } = verifyNymCommitment(commitmentWithProof, shape);
  const terms = nymTerms(key.publicKey, header, shape);
  const lastNym = terms.generators.h.at(-1)!;
  const scalars = messagesToScalars(NYM_API, messages);
  return blindSignWith(key.secretKey, terms, scalars, [C, lastNym], [ONE, signerNymEntropy]);
}

/**
 * VerifyFinalizeWithNym: the credential, once its signature holds over the nym secrets with the signer's
 * entropy added to the last. Throws Malformed or ProofFailed.
 */
export function finalizeWithNym(
  publicKey: PublicKey,
  header: Uint8Array,
  parts: Omit<NymCredential, 'nymSecrets'> & { readonly proverNyms: readonly Scalar[] },
  signerNymEntropy: Scalar,
): Proven<NymCredential> {
  const { proverNyms, ...rest } = parts;
  assert(proverNyms.length > 0, 'at least one nym secret');
  const nymSecrets = [...proverNyms.slice(0, -1), addScalar(proverNyms.at(-1)!, signerNymEntropy)];
  return verifyCredential(publicKey, header, { ...rest, nymSecrets });
}

/** The credential, once its signature holds. Throws Malformed or ProofFailed. */
function verifyCredential(
  publicKey: PublicKey,
  header: Uint8Array,
  credential: NymCredential,
): Proven<NymCredential> {
  coreVerify(nymTerms(publicKey, header, shapeOf(credential)), credential.signature, nymScalars(credential));
  return proven({ ...credential });
}

// ---- what proof.ts shares ----

export function shapeOf({ messages, committedMessages, nymSecrets }: NymCredential): NymShape {
  return {
    signerMessages: messages.length,
    committedMessages: committedMessages.length,
    nyms: nymSecrets.length,
  };
}

/** DIVERGENCES D9: the number of nyms is bound into the header, header ‖ I2OSP(N, 8); so do the vectors. */
export function nymTerms(publicKey: PublicKey, header: Uint8Array, shape: NymShape): Terms {
  const bound = concat(header, i2osp(shape.nyms, 8));
  return blindTerms(NYM_API, publicKey, bound, shape.signerMessages, committedCount(shape));
}

/** Signer messages, blind, committed messages, nym secrets. */
export function nymScalars({
  messages,
  committedMessages,
  proverBlind,
  nymSecrets,
}: NymCredential): Scalar[] {
  return [
    ...messagesToScalars(NYM_API, messages),
    proverBlind,
    ...messagesToScalars(NYM_API, committedMessages),
    ...nymSecrets,
  ];
}

function committedCount({ committedMessages, nyms }: NymShape): number {
  assert(nyms > 0, 'at least one nym secret');
  return committedMessages + nyms;
}
