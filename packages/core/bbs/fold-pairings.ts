// Step 6 of CoreProofVerify for many proofs at once: Σ w_i·Abar_i and Σ w_i·Bbar_i in one pairing product, with
// weights of 128 bits that nobody knew when the proofs were made.
//
// Why it is sound: every point is in the subgroup of prime order r (decodeG1 looks at each by itself; the cofactor
// has small factors, so a random sum would not show a point outside). There each claim is one linear equation
// E_i = 0 in the exponent, and Σ w_i·E_i = 0 with some E_i ≠ 0 holds for at most one of 2^128 values of w_i.
// Assumes: claims that are fixed. Must never: draw weights before the last claim is there, or use them twice.

import { type G1, G2_BASE, msmG1, negG1, pairingProductIsOne, randomWeight } from '../curve.ts';
import { type PairingClaim, pairingHolds } from './proof.ts';

/** Sums that may fail before the rest is looked at one by one: one bad claim among 2^n takes n. */
const failuresMax = (claims: number) => 2 * Math.ceil(Math.log2(claims + 1));

/**
 * For each claim whether it holds, as pairingHolds says. Those under one key share a sum. A sum that fails is
 * halved until the bad ones are found, so that they do no harm to their neighbours; where there are many, which
 * only happens on purpose, no more than about twice the work of looking at each.
 */
export function whichPairingsHold(claims: readonly PairingClaim[]): boolean[] {
  const held = new Map<PairingClaim, boolean>();
  const lines = new Set(claims.map((claim) => claim.lines));
  for (const key of lines) {
    const own = claims.filter((claim) => claim.lines === key);
    look(own, held, { left: failuresMax(own.length) });
  }
  return claims.map((claim) => held.get(claim)!);
}

/** `bad`: it is known that not all of them hold. */
function look(
  claims: readonly PairingClaim[],
  held: Map<PairingClaim, boolean>,
  failures: { left: number },
  bad = false,
): boolean {
  if (claims.length === 1 || failures.left <= 0) {
    for (const claim of claims) held.set(claim, pairingHolds(claim));
    return claims.every((claim) => held.get(claim));
  }
  if (!bad && sumHolds(claims)) {
    for (const claim of claims) held.set(claim, true);
    return true;
  }
  failures.left--;
  const half = claims.length >> 1;
  const firstHolds = look(claims.slice(0, half), held, failures);
  look(claims.slice(half), held, failures, firstHolds);
  return false;
}

function sumHolds(claims: readonly PairingClaim[]): boolean {
  const weights = claims.map(randomWeight);
  const sum = (points: readonly G1[]) => msmG1(points, weights);
  return pairingProductIsOne([
    [sum(claims.map(({ Abar }) => Abar)), claims[0]!.lines],
    [negG1(sum(claims.map(({ Bbar }) => Bbar))), G2_BASE],
  ]);
}
