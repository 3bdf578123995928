// Does this log agree with what others were shown? Heads verified earlier must be its beginnings; checkpoints
// that others hold and the log signed must be on the same history. Two signed checkpoints that are not are the
// proof of two faces, and both notes are in the hands of whoever runs this.
import { bytesToHex } from '@noble/hashes/utils.js';
import { openCheckpoint } from '../verify/checkpoint.ts';
import { sameBytes } from '../verify/encoding.ts';
import { LogUnverified, MalformedLogData } from '../verify/errors.ts';
import { rootOfHashes, type TreeHead } from '../verify/merkle.ts';
import type { LogTrust } from '../verify/trust.ts';
import type { Finding } from './finding.ts';

export interface Histories {
  readonly trust: LogTrust;
  readonly earlier?: readonly TreeHead[];
  readonly others?: readonly Uint8Array[];
}

/** Compares with the proven leaves; says nothing where the leaves themselves are in doubt. */
export function checkHistories(
  { trust, earlier = [], others = [] }: Histories,
  proven: readonly (Uint8Array | undefined)[],
): Finding[] {
  const shown = others.map((bytes) => openOrUndefined(bytes, trust)).filter((head) => head !== undefined);
  return [
    ...earlier.flatMap((head) => compare(head, proven, 'history-rewritten')),
    ...shown.flatMap((head) => compare(head, proven, 'two-histories')),
  ];
}

function compare(
  head: TreeHead,
  proven: readonly (Uint8Array | undefined)[],
  kind: 'history-rewritten' | 'two-histories',
): Finding[] {
  if (head.size > proven.length) {
    const says = `This log has ${proven.length} entries; a checkpoint of ${head.size} was signed before.`;
    return [{ kind, file: 'checkpoint', says }];
  }
  const leaves = proven.slice(0, head.size);
  if (leaves.includes(undefined)) return [];
  const root = rootOfHashes(leaves as Uint8Array[]);
  if (sameBytes(root, head.root)) return [];
  const says = `At ${head.size} entries this log was shown with another root: it has two histories.`;
  return [{ kind, file: 'checkpoint', says, expected: bytesToHex(head.root), found: bytesToHex(root) }];
}

/** A checkpoint that the log did not sign says nothing about the log. */
function openOrUndefined(bytes: Uint8Array, trust: LogTrust): TreeHead | undefined {
  try {
    return openCheckpoint(bytes, { log: trust.log, witnesses: [] });
  } catch (error) {
    if (error instanceof LogUnverified || error instanceof MalformedLogData) return undefined;
    throw error;
  }
}
