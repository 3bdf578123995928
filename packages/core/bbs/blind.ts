// The Blind BBS interface: part of the messages is signed unseen, under a commitment. Used on its own for the
// published vectors; the network itself uses ../nym, which is built on the same parts.
// Source: draft-irtf-cfrg-bbs-blind-signatures-02 sections 4.1, 4.2. A commitment is always required here
// (DIVERGENCES D12), and who verifies says how many messages there are (DIVERGENCES D11).

import { concat } from '../bytes.ts';
import { encodeG1, encodeScalar, type G1, msmG1, ONE, type Scalar } from '../curve.ts';
import { randomBytes } from '../rng.ts';
import { type Api, BLIND_API, hashToScalarIn, messagesToScalars } from './ciphersuite.ts';
import { type Commitment, verifyCommitment } from './commitment.ts';
import { blindGeneratorsFor } from './generators.ts';
import { coreCommitWith, coreProofGenWith } from './internal.ts';
import type { KeyPair, PublicKey, SecretKey } from './key.ts';
import { checkIndexes, coreProofVerify, type Disclosed } from './proof.ts';
import { calculateDomain, coreVerify, finishSignature, sharedBase, type Terms } from './signature.ts';

/** How many messages the signer chose and how many the prover committed to. */
export type BlindShape = { readonly signerMessages: number; readonly committedMessages: number };

/** What the holder of a blind signature keeps. Secret. */
export type BlindCredential = {
  readonly signature: Uint8Array;
  readonly messages: readonly Uint8Array[];
  readonly committedMessages: readonly Uint8Array[];
  readonly proverBlind: Scalar;
};

/** Disclosed messages of both kinds, each with indexes of its own, strictly ascending. */
export type BlindDisclosed<M> = { readonly signer: Disclosed<M>; readonly committed: Disclosed<M> };

/** Commit (section 4.1.1). */
export function commit(committedMessages: readonly Uint8Array[]): Commitment {
  return coreCommitWith(randomBytes, BLIND_API, messagesToScalars(BLIND_API, committedMessages));
}

/** BlindSign (section 4.2.1): 80 octets. Throws Malformed or ProofFailed over the commitment. */
export function blindSign(
  key: KeyPair,
  commitmentWithProof: Uint8Array,
  committed: number,
  header: Uint8Array,
  messages: readonly Uint8Array[],
): Uint8Array {
  const { C } = verifyCommitment(BLIND_API, commitmentWithProof, committed);
  const terms = blindTerms(BLIND_API, key.publicKey, header, messages.length, committed);
  return blindSignWith(key.secretKey, terms, messagesToScalars(BLIND_API, messages), [C], [ONE]);
}

/** VerifyBlindSign (section 4.2.2). Throws Malformed or ProofFailed. */
export function verifyBlindSignature(
  publicKey: PublicKey,
  header: Uint8Array,
  credential: BlindCredential,
): void {
  const { messages, committedMessages, signature } = credential;
  const terms = blindTerms(BLIND_API, publicKey, header, messages.length, committedMessages.length);
  coreVerify(terms, signature, blindScalars(BLIND_API, credential));
}

/** BlindProofGen (section 4.2.3). Throws Malformed on bad indexes. */
export function blindProve(
  publicKey: PublicKey,
  header: Uint8Array,
  presentationHeader: Uint8Array,
  credential: BlindCredential,
  disclosedIndexes: readonly number[],
  disclosedCommittedIndexes: readonly number[],
): Uint8Array {
  const { messages, committedMessages, signature } = credential;
  const shape = { signerMessages: messages.length, committedMessages: committedMessages.length };
  const terms = blindTerms(BLIND_API, publicKey, header, shape.signerMessages, shape.committedMessages);
  const indexes = combinedIndexes(shape, disclosedIndexes, disclosedCommittedIndexes);
  const scalars = blindScalars(BLIND_API, credential);
  return coreProofGenWith(randomBytes, terms, signature, presentationHeader, scalars, indexes);
}

/** BlindProofVerify (section 4.2.4). Throws Malformed or ProofFailed. */
export function blindVerifyProof(
  publicKey: PublicKey,
  octets: Uint8Array,
  header: Uint8Array,
  presentationHeader: Uint8Array,
  shape: BlindShape,
  disclosed: BlindDisclosed<Uint8Array>,
): void {
  const terms = blindTerms(BLIND_API, publicKey, header, shape.signerMessages, shape.committedMessages);
  coreProofVerify(terms, octets, presentationHeader, combinedDisclosed(BLIND_API, shape, disclosed));
}

// ---- what ../nym shares ----

/** H_1..H_L, Q_2, J_1..J_M as one list of generators; `committed` counts M. */
export function blindTerms(
  api: Api,
  publicKey: PublicKey,
  header: Uint8Array,
  signerMessages: number,
  committed: number,
): Terms {
  return { api, publicKey, header, generators: blindGeneratorsFor(api, signerMessages, committed + 1) };
}

/** prepare_parameters (section 5.1): signer messages, blind, committed messages. */
export function blindScalars(api: Api, credential: Omit<BlindCredential, 'signature'>): Scalar[] {
  return [
    ...messagesToScalars(api, credential.messages),
    credential.proverBlind,
    ...messagesToScalars(api, credential.committedMessages),
  ];
}

/** Index j of a committed message becomes j + L + 1: the blind stands between. Throws Malformed. */
export function combinedIndexes(
  { signerMessages, committedMessages }: BlindShape,
  signer: readonly number[],
  committed: readonly number[],
): number[] {
  checkIndexes(signer, signerMessages, 'disclosed indexes');
  checkIndexes(committed, committedMessages, 'disclosed committed indexes');
  return [...signer, ...committed.map((j) => j + signerMessages + 1)];
}

export function combinedDisclosed(
  api: Api,
  shape: BlindShape,
  { signer, committed }: BlindDisclosed<Uint8Array>,
): Disclosed<Scalar> {
  const index = ([i]: readonly [number, Uint8Array]) => i;
  const indexes = combinedIndexes(shape, signer.map(index), committed.map(index));
  const scalars = messagesToScalars(
    api,
    [...signer, ...committed].map(([, message]) => message),
  );
  return indexes.map((i, at) => [i, scalars[at]!] as const);
}

/**
 * B_calculate and FinalizeBlindSign (sections 5.2, 4.3.3), with B = P1 + Q_1·domain + Σ H_i·msg_i + Σ parts.
 * DIVERGENCES D8: e = H2S(SK ‖ B), without the domain, which B contains; so do the vectors.
 */
export function blindSignWith(
  secretKey: SecretKey,
  terms: Terms,
  messages: readonly Scalar[],
  parts: readonly G1[],
  weights: readonly Scalar[],
): Uint8Array {
  const domain = calculateDomain(terms);
  const own = terms.generators.h.slice(0, messages.length);
  const B = msmG1([sharedBase(terms, domain), ...own, ...parts], [ONE, ...messages, ...weights]);
  const e = hashToScalarIn(terms.api, concat(encodeScalar(secretKey), encodeG1(B)));
  return finishSignature(secretKey, B, e);
}
