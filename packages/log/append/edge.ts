// Growing a tree, purely: the right edge of a tree (the partial tile of every level and the partial bundle) and
// new entries give the new edge, the new head, and the files that change (C2SP tlog-tiles). Nothing is kept.
import { concatBytes } from '@noble/hashes/utils.js';
import { sameBytes } from '../verify/encoding.ts';
import { LogUnverified } from '../verify/errors.ts';
import { leafHash, rootOfHashes, type TreeHead } from '../verify/merkle.ts';
import {
  bundleAt,
  decodeBundle,
  decodeTile,
  encodeBundleEntry,
  encodeTile,
  hashesAtLevel,
  levelsOf,
  TILE_WIDTH,
  type Tile,
  tileAt,
  tilePath,
} from '../verify/tile.ts';
import { type FetchFile, rootOfEdge } from '../verify/tile-reader.ts';

export interface Edge {
  readonly size: number;
  /** Hashes of the partial tile of each level, level 0 first; fewer than 256 each. */
  readonly hashes: readonly (readonly Uint8Array[])[];
  /** The partial entry bundle. */
  readonly bundle: Uint8Array;
}

export interface LogFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Growth {
  readonly edge: Edge;
  readonly head: TreeHead;
  /** Every tile and bundle that is new or newly complete; write all before the head is signed. */
  readonly files: readonly LogFile[];
}

export const EMPTY_EDGE: Edge = { size: 0, hashes: [], bundle: new Uint8Array() };

export const headOf = (edge: Edge): TreeHead => ({ size: edge.size, root: rootOfEdge(edge.hashes) });

/** The tree with `entries` (already encoded) appended. */
export function grow(edge: Edge, entries: readonly Uint8Array[]): Growth {
  const files: LogFile[] = [];
  const hashes = edge.hashes.map((level) => [...level]);
  let { size, bundle } = edge;
  let pending: Uint8Array[] = [bundle];
  for (const entry of entries) {
    pending.push(encodeBundleEntry(entry));
    size += 1;
    if (size % TILE_WIDTH === 0) {
      files.push({ path: tilePath(bundleAt(size / TILE_WIDTH - 1, size)), bytes: concatBytes(...pending) });
      pending = [];
    }
    files.push(...pushHash(hashes, size, leafHash(entry)));
  }
  bundle = concatBytes(...pending);
  const grown = { size, hashes, bundle };
  files.push(...partialFiles(grown, edge.size));
  return { edge: grown, head: headOf(grown), files };
}

/** Adds a leaf and completes the tiles that it completes; `size` counts the leaf. */
function pushHash(hashes: Uint8Array[][], size: number, leaf: Uint8Array): LogFile[] {
  const files: LogFile[] = [];
  let carried: Uint8Array | undefined = leaf;
  for (let level = 0; carried !== undefined; level += 1) {
    hashes[level] ??= [];
    const tile = hashes[level]!;
    tile.push(carried);
    carried = undefined;
    if (tile.length === TILE_WIDTH) {
      const index = hashesAtLevel(level, size) / TILE_WIDTH - 1;
      files.push({ path: tilePath({ level, index, width: TILE_WIDTH }), bytes: encodeTile(tile) });
      carried = rootOfHashes(tile);
      hashes[level] = [];
    }
  }
  return files;
}

/** The partial files that a tree of `before` leaves does not have already: a path says what is in it. */
function partialFiles(edge: Edge, before: number): LogFile[] {
  const had = new Set([...partialTiles(before), ...partialBundles(before)].map(tilePath));
  const tiles = partialTiles(edge.size).map((tile) => ({
    path: tilePath(tile),
    bytes: encodeTile(edge.hashes[tile.level as number]!),
  }));
  const bundles = partialBundles(edge.size).map((tile) => ({ path: tilePath(tile), bytes: edge.bundle }));
  return [...tiles, ...bundles].filter(({ path }) => !had.has(path));
}

function partialTiles(size: number): Tile[] {
  return Array.from({ length: levelsOf(size) }, (_, level) =>
    tileAt(level, Math.floor(hashesAtLevel(level, size) / TILE_WIDTH), size),
  ).filter((tile) => tile.width > 0);
}

/** The bundle on the right edge, if there is one. */
function partialBundles(size: number): Tile[] {
  return [bundleAt(Math.floor(size / TILE_WIDTH), size)].filter((tile) => tile.width > 0);
}

/** Reads the edge of `head` back from its files, and proves that it is that head's. */
export async function loadEdge(read: FetchFile, head: TreeHead): Promise<Edge> {
  const hashes: Uint8Array[][] = Array.from({ length: levelsOf(head.size) }, () => []);
  for (const tile of partialTiles(head.size))
    hashes[tile.level as number] = decodeTile(await need(read, tile), tile.width);
  const [bundleTile] = partialBundles(head.size);
  const bundle = bundleTile === undefined ? new Uint8Array() : await need(read, bundleTile);
  const leaves = decodeBundle(bundle, bundleTile?.width ?? 0).map(leafHash);
  const edge = { size: head.size, hashes, bundle };
  const sound =
    sameBytes(headOf(edge).root, head.root) && leaves.every((leaf, i) => sameBytes(leaf, hashes[0]![i]!));
  if (!sound) throw new LogUnverified();
  return edge;
}

async function need(read: FetchFile, tile: Tile): Promise<Uint8Array> {
  const bytes = await read(tilePath(tile));
  if (bytes === undefined) throw new LogUnverified();
  return bytes;
}

/** Partial files that `file`, now complete, has made unnecessary: their folder, or nothing. */
export const partialsMadeUnnecessary = ({ path }: LogFile): string | undefined =>
  path.includes('.p/') ? undefined : `${path}.p`;
