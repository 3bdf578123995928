// A key that nobody holds: n parties have a share each, t of them act as the key would (spec/ceremony.md).
// Opening keys (guardians) and tag keys (keepers) come from separate ceremonies; a share knows its role and
// is refused in the other one: an evaluation under the opening key would open accounts.

import {
  decodeG1,
  equalG1,
  type G1,
  invScalar,
  msmG1,
  mulScalar,
  ONE,
  type Scalar,
  scalarFromBigint,
  subScalar,
} from '../curve.ts';
import { assert, Malformed } from '../errors.ts';

/** Most participants of one key. */
export const PARTICIPANTS_MAX = 16;

export type Role = 'opening' | 'tag';

/** Public: what everybody knows of a shared key. Participant i (1..n) has verificationKeys[i - 1] = y_i·G. */
export type PublicKeySet = {
  readonly role: Role;
  readonly threshold: number;
  readonly publicKey: Uint8Array;
  readonly verificationKeys: readonly Uint8Array[];
};

/** Secret: one participant's share y_i. 32 octets. */
export type KeyShare = { readonly role: Role; readonly index: number; readonly secret: Uint8Array };

/** 2 ≤ t < n and n ≥ 2t − 1: t − 1 dishonest can neither act as the key nor stop the others. Throws Malformed. */
export function checkParameters(threshold: number, participants: number): void {
  const holds =
    Number.isInteger(threshold) &&
    Number.isInteger(participants) &&
    threshold >= 2 &&
    threshold < participants &&
    participants >= 2 * threshold - 1 &&
    participants <= PARTICIPANTS_MAX;
  if (!holds) throw new Malformed('threshold', `2 ≤ t < n ≤ ${PARTICIPANTS_MAX} and n ≥ 2t − 1`);
}

/** λ_i(at) for the given indices, over the field of scalars. Indices are distinct and not zero. */
export function lagrange(indices: readonly number[], at = 0): Scalar[] {
  assert(
    new Set(indices).size === indices.length && !indices.includes(0),
    'indices are distinct and not zero',
  );
  const s = (n: number) => scalarFromBigint(BigInt(n));
  return indices.map((i) => {
    let top = ONE;
    let bottom = ONE;
    for (const j of indices) {
      if (j === i) continue;
      top = mulScalar(top, subScalar(s(at), s(j)));
      bottom = mulScalar(bottom, subScalar(s(i), s(j)));
    }
    return mulScalar(top, invScalar(bottom));
  });
}

/** Σ λ_i(at)·points[i]. */
export function interpolateG1(indices: readonly number[], points: readonly G1[], at = 0): G1 {
  return msmG1(points, lagrange(indices, at));
}

/**
 * Checks that a key set is one: parameters, points, and that public key and all verification keys lie on one
 * polynomial of degree t − 1. Throws Malformed.
 */
export function checkKeySet(set: PublicKeySet): void {
  const n = set.verificationKeys.length;
  checkParameters(set.threshold, n);
  const keys = set.verificationKeys.map((key) => decodeG1(key, 'verification key'));
  const indices = Array.from({ length: set.threshold }, (_, i) => i + 1);
  const base = keys.slice(0, set.threshold);
  const at = (index: number) => interpolateG1(indices, base, index);
  const holds =
    equalG1(decodeG1(set.publicKey, 'public key'), at(0)) &&
    keys.slice(set.threshold).every((key, i) => equalG1(key, at(set.threshold + 1 + i)));
  if (!holds)
    throw new Malformed('key set', 'public key and verification keys on one polynomial of degree t − 1');
}
