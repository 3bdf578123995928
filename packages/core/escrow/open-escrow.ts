// Opening one account: t of n guardians each release y_i·E0, bound to one case and one log entry; whoever
// gathers t good ones computes R = E1 − y·E0 (spec/escrow.md, "Opening").
//
// A share is released only for an admission that verified (Proven), by an opening key only. The binding says
// for which case and which entry; a share of another case, entry or ciphertext does not verify.

import {
  type Binding,
  type Contribution,
  combine,
  evaluate,
  verifyEvaluation,
} from '../ceremony/evaluation.ts';
import type { KeyShare, PublicKeySet } from '../ceremony/key.ts';
import { encodeG1, isIdentityG1, subG1 } from '../curve.ts';
import { assert, ProofFailed } from '../errors.ts';
import { frame } from '../frame.ts';
import { assertProven, type Proven } from '../proven.ts';
import { decodeEscrow } from './ciphertext.ts';

/** A guardian's share of an opening: index ‖ y_i·E0 ‖ proof. 113 octets. */
export type OpeningShare = Uint8Array;

const bound = (escrow: Uint8Array, binding: Uint8Array): Binding => ({
  name: 'proofOpeningShare',
  bytes: frame(escrow, binding),
});

/** `binding`: octets that name the case and its log entry, the same for everyone who verifies. */
export function releaseShare(
  share: KeyShare,
  admission: Proven<{ readonly escrow: Uint8Array }>,
  binding: Uint8Array,
): OpeningShare {
  assertProven(admission);
  assert(share.role === 'opening', 'only a share of the opening key opens');
  return evaluate(share, decodeEscrow(admission.escrow).E0, bound(admission.escrow, binding));
}

/** Throws Malformed or ProofFailed unless `share` is guardian `index`'s for this escrow and binding. */
export function verifyShare(
  keys: PublicKeySet,
  index: number,
  escrow: Uint8Array,
  binding: Uint8Array,
  share: OpeningShare,
): void {
  assert(keys.role === 'opening', 'an opening is checked against the opening key');
  verifyEvaluation(keys, index, decodeEscrow(escrow).E0, bound(escrow, binding), share);
}

export type ShareOf = { readonly index: number; readonly share: OpeningShare };
export type Opening =
  | { readonly ok: true; readonly recordKey: Uint8Array; readonly bad: readonly number[] }
  | { readonly ok: false; readonly bad: readonly number[]; readonly missing: number };

/** R (48 octets) from t good shares; `bad` names every guardian whose share does not hold. */
export function openEscrow(
  keys: PublicKeySet,
  escrow: Uint8Array,
  binding: Uint8Array,
  shares: readonly ShareOf[],
): Opening {
  assert(keys.role === 'opening', 'an opening is checked against the opening key');
  const { E0, E1 } = decodeEscrow(escrow);
  const combined = combine(keys, E0, bound(escrow, binding), shares.map(contribution));
  if (!combined.ok) return combined;
  const R = subG1(E1, combined.point);
  if (isIdentityG1(R)) throw new ProofFailed();
  return { ok: true, recordKey: encodeG1(R), bad: combined.bad };
}

const contribution = ({ index, share }: ShareOf): Contribution => ({ index, evaluation: share });
