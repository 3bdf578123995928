/**
 * Compares every stored hash of a log with what lies below it and with the signed root above it, and says which
 * of the two is wrong. Each hash is known twice: stored in its tile, and computed from the tile or entry below.
 * Hashes are settled in groups that one digest vouches for (the right edge: the root; a full tile: its parent),
 * from the root downwards. Where neither reading gives the digest, mixtures of few differences are tried.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { sameBytes } from '../verify/encoding.ts';
import { HASH_BYTES, rootOfHashes } from '../verify/merkle.ts';
import { hashesAtLevel, TILE_WIDTH, tileAt, tilePath } from '../verify/tile.ts';
import { rootOfEdge } from '../verify/tile-reader.ts';
import type { Finding } from './finding.ts';

/** 2^8 mixtures of a group are hashed at most. */
const DIFFERENCES_MIXED_MAX = 8;

type Hash = Uint8Array | undefined;

export interface TreeMaterial {
  readonly size: number;
  /** The root that the log signed. */
  readonly root: Uint8Array;
  /** Stored hashes by level and tile; undefined where a hash could not be read. */
  readonly levels: readonly (readonly (readonly Hash[])[])[];
  /** Leaf hashes computed from the entries; undefined where an entry could not be read. */
  readonly leaves: readonly Hash[];
}

/** What is proven about each leaf (undefined: nothing), and what was found wrong in tiles. */
export interface TreeVerdict {
  readonly findings: readonly Finding[];
  readonly proven: readonly Hash[];
}

interface Slot {
  readonly file: string;
  readonly position: number;
  readonly stored: Hash;
  readonly computed: Hash;
}

export function checkTree(material: TreeMaterial): TreeVerdict {
  const { size, root, levels } = material;
  const findings: Finding[] = [];
  const edge = levels.map((_, level) => slotsOf(material, level, fullTiles(level, size)));
  const holds = (hashes: Uint8Array[]) => sameBytes(rootOfEdge(regroup(hashes, edge)), root);
  const provenEdge = regroup(settle(edge.flat(), holds, findings), edge);
  let above: Hash[] = [];
  for (let level = levels.length - 1; level >= 0; level -= 1) {
    const parents = above;
    const full = Array.from({ length: fullTiles(level, size) }, (_, index) => {
      const parent = parents[index];
      const fits = (hashes: Uint8Array[]) => parent !== undefined && sameBytes(rootOfHashes(hashes), parent);
      return settle(slotsOf(material, level, index), fits, findings);
    });
    above = [...full.flat(), ...provenEdge[level]!];
  }
  return { findings, proven: above };
}

const fullTiles = (level: number, size: number): number =>
  Math.floor(hashesAtLevel(level, size) / TILE_WIDTH);

/** The hashes of one tile, each with both readings; none when the tile is empty. */
function slotsOf({ size, levels, leaves }: TreeMaterial, level: number, index: number): Slot[] {
  const tile = tileAt(level, index, size);
  return Array.from({ length: tile.width }, (_, position) => {
    const at = index * TILE_WIDTH + position;
    return {
      file: tilePath(tile),
      position,
      stored: levels[level]![index]?.[position],
      computed: level === 0 ? leaves[at] : rootOfTile(levels[level - 1]![at]),
    };
  });
}

function rootOfTile(tile: readonly Hash[] | undefined): Hash {
  return tile !== undefined && isComplete(tile) ? rootOfHashes(tile) : undefined;
}

/** Cuts a flat list into pieces as long as those of `shape`. */
function regroup<T>(flat: readonly T[], shape: readonly (readonly unknown[])[]): T[][] {
  let end = 0;
  return shape.map((piece) => {
    const start = end;
    end += piece.length;
    return flat.slice(start, end);
  });
}

/** The reading of a group that its digest vouches for; reports every stored hash that is not in it. */
function settle(
  slots: readonly Slot[],
  holds: (hashes: Uint8Array[]) => boolean,
  findings: Finding[],
): Hash[] {
  for (const reading of readings(slots)) {
    if (!isComplete(reading) || !holds(reading)) continue;
    slots.forEach((slot, i) => {
      if (slot.stored !== undefined && !sameBytes(slot.stored, reading[i]!))
        findings.push(alteredHash(slot, slot.stored, reading[i]!));
    });
    return reading;
  }
  findings.push(...slots.filter(differs).map(irreconcilable));
  if (!slots.some(differs) && slots[0] !== undefined) findings.push(irreconcilable(slots[0]));
  return slots.map(() => undefined);
}

/** As stored, as computed, then mixtures. */
function* readings(slots: readonly Slot[]): Generator<Hash[]> {
  yield slots.map((slot) => slot.stored);
  yield slots.map((slot) => slot.computed);
  const different = slots.filter(differs);
  if (different.length > DIFFERENCES_MIXED_MAX) return;
  for (let mixture = 1; mixture < 2 ** different.length - 1; mixture += 1)
    yield slots.map((slot) => {
      const bit = different.indexOf(slot);
      return bit >= 0 && Math.floor(mixture / 2 ** bit) % 2 === 1 ? slot.computed : slot.stored;
    });
}

function differs({ stored, computed }: Slot): boolean {
  return stored === undefined || computed === undefined || !sameBytes(stored, computed);
}

const isComplete = (hashes: readonly Hash[]): hashes is Uint8Array[] => !hashes.includes(undefined);

function alteredHash({ file, position }: Slot, found: Uint8Array, expected: Uint8Array): Finding {
  const first = expected.findIndex((byte, i) => byte !== found[i]);
  return {
    kind: 'hash-altered',
    file,
    says: `Hash ${position} of this tile is not the hash of what it stands for.`,
    byte: position * HASH_BYTES + first,
    bytes: 1,
    expected: bytesToHex(expected),
    found: bytesToHex(found),
  };
}

function irreconcilable({ file, position }: Slot): Finding {
  return {
    kind: 'tree-irreconcilable',
    file,
    says: `Neither hash ${position} of this tile nor what lies below it leads to the signed root.`,
    byte: position * HASH_BYTES,
    bytes: HASH_BYTES,
  };
}
