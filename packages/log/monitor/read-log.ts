// One walk over every file of a log of a given size: hashes as stored, leaf hashes as the entries give them,
// and each entry handed on as it passes. Keeps 64 bytes an entry, never the entries. Trusts nothing it reads.
import { HASH_BYTES, leafHash } from '../verify/merkle.ts';
import { levelsOf, readBundle, TILE_WIDTH, type Tile, tilePath, tilesOf } from '../verify/tile.ts';
import type { FetchFile } from '../verify/tile-reader.ts';
import type { Finding } from './finding.ts';
import type { TreeMaterial } from './tree-check.ts';

export interface LogWalk {
  readonly levels: TreeMaterial['levels'];
  readonly leaves: TreeMaterial['leaves'];
  /** Bundles that are not exactly their entries, one after the other. */
  readonly misshapen: ReadonlySet<number>;
  readonly filesRead: number;
  readonly bytesRead: number;
  readonly findings: readonly Finding[];
}

export interface WalkOptions {
  readonly fetchFile: FetchFile;
  readonly size: number;
  readonly onEntry: (bytes: Uint8Array, index: number) => void;
  /** Told after each file, of how many. */
  readonly onProgress: (filesRead: number, filesAll: number) => void;
}

export async function walkLog({ fetchFile, size, onEntry, onProgress }: WalkOptions): Promise<LogWalk> {
  const levels: (Uint8Array | undefined)[][][] = Array.from({ length: levelsOf(size) }, () => []);
  const leaves: (Uint8Array | undefined)[] = [];
  const misshapen = new Set<number>();
  const findings: Finding[] = [];
  const tiles = [...tilesOf(size)];
  let bytesRead = 0;
  for (const [done, tile] of tiles.entries()) {
    const bytes = await fetchTile(fetchFile, tile);
    bytesRead += bytes?.length ?? 0;
    if (bytes === undefined) findings.push(missing(tile));
    if (tile.level === 'entries') {
      const { entries, read } = readBundle(bytes ?? new Uint8Array());
      if (entries.length !== tile.width || read !== bytes?.length) misshapen.add(tile.index);
      const first = tile.index * TILE_WIDTH;
      for (const [i, entry] of entries.slice(0, tile.width).entries()) {
        leaves[first + i] = leafHash(entry.bytes);
        onEntry(entry.bytes, first + i);
      }
    } else {
      levels[tile.level]![tile.index] = splitHashes(bytes, tile.width);
      if (bytes !== undefined && bytes.length !== tile.width * HASH_BYTES)
        findings.push(wrongLength(tile, bytes));
    }
    onProgress(done + 1, tiles.length);
  }
  return { levels, leaves, misshapen, filesRead: tiles.length, bytesRead, findings };
}

/** The file, or the beginning of the full tile that has taken its place (tlog-tiles "Partial Tiles"). */
export async function fetchTile(fetchFile: FetchFile, tile: Tile): Promise<Uint8Array | undefined> {
  const bytes = await fetchFile(tilePath(tile));
  if (bytes !== undefined || tile.width === TILE_WIDTH) return bytes;
  const full = await fetchFile(tilePath({ ...tile, width: TILE_WIDTH }));
  if (full === undefined) return undefined;
  if (tile.level !== 'entries') return full.slice(0, tile.width * HASH_BYTES);
  return full.slice(0, readBundle(full).entries[tile.width]?.offset);
}

function splitHashes(bytes: Uint8Array | undefined, width: number): (Uint8Array | undefined)[] {
  return Array.from({ length: width }, (_, i) => {
    const hash = bytes?.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES);
    return hash?.length === HASH_BYTES ? hash : undefined;
  });
}

const missing = (tile: Tile): Finding => ({
  kind: 'file-missing',
  file: tilePath(tile),
  says: 'This file is missing.',
});

const wrongLength = (tile: Tile, bytes: Uint8Array): Finding => ({
  kind: 'file-length',
  file: tilePath(tile),
  says: `This tile has ${bytes.length} bytes and should have ${tile.width * HASH_BYTES}.`,
  byte: Math.min(bytes.length, tile.width * HASH_BYTES),
  bytes: Math.abs(bytes.length - tile.width * HASH_BYTES),
});
