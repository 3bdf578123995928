// The other half of merkle.ts: which ranges of leaves make up a proof (RFC 6962 §2.1.1, §2.1.2). A proof is
// the MTH of each range, in order; where those hashes come from (tiles, memory) is the caller's affair.
import { largestPowerOfTwoBelow } from './merkle.ts';

/** Leaves `start` (inclusive) to `end` (exclusive). */
export type LeafRange = readonly [start: number, end: number];
/** MTH(D[start:end]) for a range that occurs as a node of the tree. */
export type RangeHash = (range: LeafRange) => Promise<Uint8Array>;

/** PATH(index, D[size]), leaf's sibling first. Assumes index < size. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  return path(index, 0, size);
}

function path(index: number, start: number, end: number): LeafRange[] {
  if (end - start === 1) return [];
  const k = start + largestPowerOfTwoBelow(end - start);
  return index < k ? [...path(index, start, k), [k, end]] : [...path(index, k, end), [start, k]];
}

/** PROOF(older, D[newer]). Assumes older ≤ newer; empty when either says nothing. */
function consistencyRanges(older: number, newer: number): LeafRange[] {
  return older === 0 || older === newer ? [] : subproof(older, 0, newer, true);
}

function subproof(older: number, start: number, end: number, whole: boolean): LeafRange[] {
  if (older === end) return whole ? [] : [[start, end]];
  const k = start + largestPowerOfTwoBelow(end - start);
  return older <= k
    ? [...subproof(older, start, k, whole), [k, end]]
    : [...subproof(older, k, end, false), [start, k]];
}

/** The complete subtrees that `range` falls into, left to right; each is [start, height]. */
export function completeSubtrees([start, end]: LeafRange): [start: number, height: number][] {
  const subtrees: [number, number][] = [];
  let at = start;
  while (at < end) {
    let height = 0;
    while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= end) height += 1;
    subtrees.push([at, height]);
    at += 2 ** height;
  }
  return subtrees;
}

export const inclusionProof = (hash: RangeHash, index: number, size: number): Promise<Uint8Array[]> =>
  Promise.all(inclusionRanges(index, size).map(hash));

export const consistencyProof = (hash: RangeHash, older: number, newer: number): Promise<Uint8Array[]> =>
  Promise.all(consistencyRanges(older, newer).map(hash));
