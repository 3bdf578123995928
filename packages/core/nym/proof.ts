// Proving possession of a credential under a pseudonym, in three steps, so that a caller can bind more to the
// same secret and the same challenge: init (learn the nonces of the nym secrets), put what was computed from
// them into the presentation header, finish. The verifier reads challenge and responses from the decoded
// proof, rebuilds the header, and calls the unmodified ProofVerifyWithNym (PROTOCOL section 4.2).
// Source: draft-irtf-cfrg-bbs-per-verifier-linkability-02 sections 6 and 7, as its vectors have it.
// Must never: finish one draft twice. Two challenges on the same nonces give away every hidden message.

import { type BlindDisclosed, combinedDisclosed } from '../bbs/blind.ts';
import { NYM_API } from '../bbs/ciphersuite.ts';
import type { PublicKey } from '../bbs/key.ts';
import {
  decodeProof,
  type PairingClaim,
  type Proof,
  pairingClaim,
  pairingHolds,
  proofVerifyInit,
} from '../bbs/proof.ts';
import { equalScalar, type G1, isIdentityG1, msmG1, negScalar, type Scalar } from '../curve.ts';
import { assert, ProofFailed } from '../errors.ts';
import { type Proven, proven } from '../proven.ts';
import { randomBytes } from '../rng.ts';
import { type NymOpening, nymChallenge, proveFinish, proveInitWith } from './internal.ts';
import { type NymCredential, type NymShape, nymTerms } from './issue.ts';
import { evaluateAt, originPoint } from './pseudonym.ts';

/** Indexes to disclose, of the signer's and of the committed messages, each strictly ascending. */
export type Disclose = { readonly signer: readonly number[]; readonly committed: readonly number[] };

/**
 * A proof between init and finish. `nymNonces` are the nonces of the nym secrets, for statements about the same
 * secrets under the same challenge. Secret; never stored, never sent; good for one finish.
 */
export type NymProofDraft = { readonly pseudonym: G1; readonly nymNonces: readonly Scalar[] };

/** A decoded proof; `nymResponses` answer for the nym secrets, in order. */
export type NymProof = Proof & { readonly nymResponses: readonly Scalar[] };

/** What a verifier checks a proof against. */
export type NymStatement = {
  readonly publicKey: PublicKey;
  readonly header: Uint8Array;
  readonly presentationHeader: Uint8Array;
  readonly contextId: Uint8Array;
  readonly pseudonym: G1;
  readonly shape: NymShape;
  readonly disclosed: BlindDisclosed<Uint8Array>;
};

const openings = new WeakMap<NymProofDraft, NymOpening>();

/** ProofInit and NymProofInit. Throws Malformed on bad indexes or an unreadable signature. */
export function proveWithNymInit(
  publicKey: PublicKey,
  header: Uint8Array,
  credential: NymCredential,
  contextId: Uint8Array,
  disclose: Disclose,
): NymProofDraft {
  const opening = proveInitWith(randomBytes, publicKey, header, credential, contextId, disclose);
  const draft = { pseudonym: opening.pseudonym, nymNonces: opening.nymNonces };
  openings.set(draft, opening);
  return draft;
}

/** ProofWithNymChallengeCalculate and ProofFinalize: the encoded proof. A second call on one draft is a bug. */
export function proveWithNymFinish(draft: NymProofDraft, presentationHeader: Uint8Array): Uint8Array {
  const opening = openings.get(draft);
  assert(opening !== undefined, 'a draft is finished once');
  openings.delete(draft); // before the first response exists
  return proveFinish(opening, presentationHeader);
}

/** ProofGenWithNym: init and finish in one. */
export function proveWithNym(
  publicKey: PublicKey,
  header: Uint8Array,
  presentationHeader: Uint8Array,
  credential: NymCredential,
  contextId: Uint8Array,
  disclose: Disclose,
): { proof: Uint8Array; pseudonym: G1 } {
  const draft = proveWithNymInit(publicKey, header, credential, contextId, disclose);
  return { proof: proveWithNymFinish(draft, presentationHeader), pseudonym: draft.pseudonym };
}

/** Reads a proof for credentials of `shape` that discloses `disclosed` messages in all. Throws Malformed. */
export function decodeNymProof(octets: Uint8Array, shape: NymShape, disclosed: number): NymProof {
  // The blind is hidden too, and the nym secrets are always the last of the hidden.
  const hidden = shape.signerMessages + 1 + shape.committedMessages + shape.nyms - disclosed;
  assert(hidden > shape.nyms && shape.nyms > 0, 'the blind and the nym secrets are hidden');
  const proof = decodeProof(octets, hidden);
  return { ...proof, nymResponses: proof.responses.slice(-shape.nyms) };
}

/** ProofVerifyWithNym. Throws Malformed on bad indexes, ProofFailed otherwise. */
export function verifyWithNym(proof: NymProof, statement: NymStatement): Proven<NymStatement> {
  if (!pairingHolds(verifyUpToPairing(proof, statement))) throw new ProofFailed();
  return proven({ ...statement });
}

/**
 * ProofVerifyWithNym but for its last step: nothing is proven until the pairing that this returns holds too. For
 * callers that fold the pairings of many proofs into one. Throws Malformed on bad indexes, ProofFailed otherwise.
 */
export function verifyUpToPairing(proof: NymProof, statement: NymStatement): PairingClaim {
  const { publicKey, header, presentationHeader, contextId, pseudonym, shape } = statement;
  assert(!isIdentityG1(pseudonym), 'a decoded pseudonym is not the identity');
  const terms = nymTerms(publicKey, header, shape);
  const disclosed = combinedDisclosed(NYM_API, shape, statement.disclosed);
  const commitments = proofVerifyInit(terms, proof, disclosed);
  // NymProofVerifyInit: Uv = OP·Σ nym^_i·z^i − P·c.
  const Uv = msmG1(
    [originPoint(contextId), pseudonym],
    [evaluateAt(contextId, proof.nymResponses), negScalar(proof.challenge)],
  );
  if (isIdentityG1(Uv)) throw new ProofFailed();
  const challenge = nymChallenge(commitments, disclosed, presentationHeader, { pseudonym, U: Uv, contextId });
  if (!equalScalar(challenge, proof.challenge)) throw new ProofFailed();
  return pairingClaim(terms, proof);
}
