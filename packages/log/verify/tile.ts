// Names and contents of tiles and entry bundles (C2SP tlog-tiles). Assumes nothing about where they are kept.
import { concatBytes } from '@noble/hashes/utils.js';
import { MalformedLogData } from './errors.ts';
import { HASH_BYTES } from './merkle.ts';

export const TILE_WIDTH = 256;
const LEVEL_MAX = 63;
const ENTRY_LENGTH_BYTES = 2;

/** One tile of a tree: `width` < 256 is a partial tile. Level 'entries' is an entry bundle. */
export interface Tile {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

/** `tile/<L>/<N>[.p/<W>]`, N in groups of three digits. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g)!;
  const n = groups.map((group, i) => (i < groups.length - 1 ? 'x' + group : group)).join('/');
  return `tile/${level}/${n}` + (width < TILE_WIDTH ? `.p/${width}` : '');
}

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** The inverse of `tilePath`; refuses every other spelling. */
export function parseTilePath(path: string): Tile {
  const match = PATH.exec(path);
  if (match === null) throw new MalformedLogData('tile path', 'tile/<L>/<N>[.p/<W>]');
  const tile: Tile = {
    level: match[1] === 'entries' ? 'entries' : Number(match[1]),
    index: Number(match[2]!.replaceAll(/[x/]/g, '')),
    width: match[3] === undefined ? TILE_WIDTH : Number(match[3]),
  };
  const tooHigh = tile.level !== 'entries' && tile.level > LEVEL_MAX;
  if (tooHigh || !Number.isSafeInteger(tile.index) || tilePath(tile) !== path)
    throw new MalformedLogData('tile path', 'tile/<L>/<N>[.p/<W>]');
  return tile;
}

/** How many hashes level `level` of a tree of `size` leaves has: one per complete subtree of height 8·level. */
export const hashesAtLevel = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level);

/** Tile `index` of a level as a tree of `size` leaves has it; width 0 when there is none. */
export function tileAt(level: number, index: number, size: number): Tile {
  const width = Math.min(TILE_WIDTH, Math.max(0, hashesAtLevel(level, size) - index * TILE_WIDTH));
  return { level, index, width };
}

export const bundleAt = (index: number, size: number): Tile => ({
  ...tileAt(0, index, size),
  level: 'entries',
});

/** Number of levels that hold at least one hash. */
export function levelsOf(size: number): number {
  let levels = 0;
  while (hashesAtLevel(levels, size) > 0) levels += 1;
  return levels;
}

/** Every hash tile and bundle of a tree of `size` leaves: level 0 upwards, then bundles. */
export function* tilesOf(size: number): Generator<Tile> {
  for (let level = 0; level < levelsOf(size); level += 1)
    for (let i = 0; i * TILE_WIDTH < hashesAtLevel(level, size); i += 1) yield tileAt(level, i, size);
  for (let i = 0; i * TILE_WIDTH < size; i += 1) yield bundleAt(i, size);
}

export const encodeTile = (hashes: readonly Uint8Array[]): Uint8Array => concatBytes(...hashes);

/** The hashes of a tile of exactly `width`. */
export function decodeTile(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length !== width * HASH_BYTES) throw new MalformedLogData('tile', `${width} hashes of 32 bytes`);
  return Array.from({ length: width }, (_, i) => bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}

/** One entry as it stands in a bundle: big-endian uint16 length, then the bytes. */
export function encodeBundleEntry(entry: Uint8Array): Uint8Array {
  if (entry.length > 0xffff) throw new MalformedLogData('entry', 'at most 65535 bytes');
  return concatBytes(Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry);
}

export interface BundleEntry {
  /** Where the entry's length prefix begins, in bytes from the start of the bundle. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** The entries of a bundle, with their places; stops at the first length that does not fit. */
export function readBundle(bytes: Uint8Array): { entries: BundleEntry[]; read: number } {
  const entries: BundleEntry[] = [];
  let read = 0;
  while (read + ENTRY_LENGTH_BYTES <= bytes.length) {
    const end = read + ENTRY_LENGTH_BYTES + bytes[read]! * 256 + bytes[read + 1]!;
    if (end > bytes.length) break;
    entries.push({ offset: read, bytes: bytes.slice(read + ENTRY_LENGTH_BYTES, end) });
    read = end;
  }
  return { entries, read };
}

/** The entries of a bundle of exactly `width` with nothing left over. */
export function decodeBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const { entries, read } = readBundle(bytes);
  if (read !== bytes.length || entries.length !== width)
    throw new MalformedLogData('entry bundle', `${width} length-prefixed entries`);
  return entries.map((entry) => entry.bytes);
}
