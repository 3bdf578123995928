// Finds the fault inside an entry bundle whose entries do not all hash to their proven leaves: a length prefix
// that was changed, a single bit that was flipped, or at least the entry. Assumes proven leaf hashes.
import { bytesToHex } from '@noble/hashes/utils.js';
import { sameBytes } from '../verify/encoding.ts';
import { ENTRY_BYTES_MAX, ENTRY_STEP_BYTES } from '../verify/entry.ts';
import { leafHash } from '../verify/merkle.ts';
import type { Finding } from './finding.ts';

const PREFIX_BYTES = 2;
/** Entries of one bundle in which a flipped bit is searched for (8,192 hashes each). */
const BIT_SEARCHES_MAX = 3;

export interface BundleMaterial {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Index in the log of the bundle's first entry. */
  readonly first: number;
  readonly leaves: readonly (Uint8Array | undefined)[];
}

/** Walks the bundle entry by entry and reports each that is not what its leaf says. */
export function checkBundle({ file, bytes, first, leaves }: BundleMaterial): Finding[] {
  const findings: Finding[] = [];
  let offset = 0;
  for (const [i, leaf] of leaves.entries()) {
    if (leaf === undefined) break;
    const entry = first + i;
    const length = lengthThatFits(bytes, offset, leaf);
    if (length !== undefined) {
      if (length !== prefixAt(bytes, offset))
        findings.push(lengthAltered({ file, entry, offset, length, bytes }));
      offset += PREFIX_BYTES + length;
      continue;
    }
    const claimed = prefixAt(bytes, offset);
    if (claimed === undefined || offset + PREFIX_BYTES + claimed > bytes.length) {
      findings.push(unreadable(file, entry, offset, bytes.length));
      return findings;
    }
    const search = findings.length < BIT_SEARCHES_MAX;
    findings.push(entryAltered({ file, entry, offset, length: claimed, bytes, leaf, search }));
    offset += PREFIX_BYTES + claimed;
  }
  if (findings.length === 0 && offset !== bytes.length) findings.push(leftOver(file, offset, bytes.length));
  return findings;
}

const prefixAt = (bytes: Uint8Array, offset: number): number | undefined =>
  offset + PREFIX_BYTES <= bytes.length ? bytes[offset]! * 256 + bytes[offset + 1]! : undefined;

/** The length under which the bytes here hash to the leaf: the one written, else one of the size classes. */
function lengthThatFits(bytes: Uint8Array, offset: number, leaf: Uint8Array): number | undefined {
  const lengths = [prefixAt(bytes, offset) ?? 0];
  for (let n = ENTRY_STEP_BYTES; n <= ENTRY_BYTES_MAX; n += ENTRY_STEP_BYTES) lengths.push(n);
  const start = offset + PREFIX_BYTES;
  return lengths.find(
    (length) =>
      start + length <= bytes.length && sameBytes(leafHash(bytes.subarray(start, start + length)), leaf),
  );
}

interface Place {
  readonly file: string;
  readonly entry: number;
  readonly offset: number;
  readonly length: number;
  readonly bytes: Uint8Array;
}

function lengthAltered({ file, entry, offset, length, bytes }: Place): Finding {
  return {
    kind: 'entry-altered',
    file,
    entry,
    says: `The length written before entry ${entry} was changed; its content is whole.`,
    byte: offset,
    bytes: PREFIX_BYTES,
    expected: bytesToHex(Uint8Array.of(length >> 8, length & 0xff)),
    found: bytesToHex(bytes.slice(offset, offset + PREFIX_BYTES)),
  };
}

function entryAltered(place: Place & { readonly leaf: Uint8Array; readonly search: boolean }): Finding {
  const { file, entry, offset, length, bytes, leaf, search } = place;
  const start = offset + PREFIX_BYTES;
  const content = bytes.slice(start, start + length);
  const flipped = search ? findFlippedBit(content, leaf) : undefined;
  const common = { kind: 'entry-altered', file, entry } as const;
  if (flipped === undefined)
    return {
      ...common,
      says: `Entry ${entry} is not what was logged: its hash is not the one in the tree.`,
      byte: start,
      bytes: length,
      expected: bytesToHex(leaf),
      found: bytesToHex(leafHash(content)),
    };
  return {
    ...common,
    says: `Entry ${entry} was changed in one bit, in its byte ${flipped.at}.`,
    byte: start + flipped.at,
    bytes: 1,
    expected: bytesToHex(Uint8Array.of(flipped.original)),
    found: bytesToHex(content.slice(flipped.at, flipped.at + 1)),
  };
}

/** The one bit whose flip gives back the logged entry, if one bit is all that changed. */
function findFlippedBit(content: Uint8Array, leaf: Uint8Array): { at: number; original: number } | undefined {
  const trial = content.slice();
  if (trial.length > ENTRY_BYTES_MAX) return undefined;
  for (let at = 0; at < trial.length; at += 1) {
    for (let bit = 1; bit < 256; bit *= 2) {
      trial[at] = content[at]! ^ bit;
      if (sameBytes(leafHash(trial), leaf)) return { at, original: trial[at]! };
    }
    trial[at] = content[at]!;
  }
  return undefined;
}

const unreadable = (file: string, entry: number, offset: number, end: number): Finding => ({
  kind: 'entry-altered',
  file,
  entry,
  says: `From entry ${entry} on this bundle cannot be read: a length or a piece is wrong.`,
  byte: offset,
  bytes: end - offset,
});

const leftOver = (file: string, offset: number, end: number): Finding => ({
  kind: 'file-length',
  file,
  says: 'This bundle goes on after its last entry.',
  byte: offset,
  bytes: end - offset,
});
