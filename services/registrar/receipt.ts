/** Receipts of a batch: an RFC 6962 tree over its leaves, and the place of its root in the log. */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { leafHash, rootOfHashes } from '@answerable/log/verify/merkle';
import { inclusionRanges } from '@answerable/log/verify/prove';
import type { RecordReceipt } from '@answerable/protocol/enrolment/session';

const hashesOf = (leaves: readonly string[]): Uint8Array[] =>
  leaves.map((leaf) => leafHash(fromBase64url(leaf)));

/** The root over `leaves` (32 bytes each). */
export const batchRoot = (leaves: readonly string[]): string => toBase64url(rootOfHashes(hashesOf(leaves)));

/** The receipt of each leaf, by its index. */
export function receiptsOf(
  leaves: readonly string[],
  place: { index: number; proof: string },
): (leafIndex: number) => RecordReceipt {
  const hashes = hashesOf(leaves);
  return (leafIndex) => ({
    leafIndex,
    leaves: leaves.length,
    batchProof: inclusionRanges(leafIndex, leaves.length).map(([start, end]) =>
      toBase64url(rootOfHashes(hashes.slice(start, end))),
    ),
    entryIndex: place.index,
    entryProof: place.proof,
  });
}
