// Reads hashes and entries of one tree out of tiles that nobody is trusted for: every tile is authenticated
// against a tree head before a hash in it is used (the right edge against the root, each full tile against
// its parent). Assumes the head was verified. Must never hand out a hash that was only fetched.
import { sameBytes } from './encoding.ts';
import { LogUnverified } from './errors.ts';
import { EMPTY_ROOT, leafHash, nodeHash, rootOfHashes, type TreeHead } from './merkle.ts';
import { completeSubtrees, consistencyProof, inclusionProof, type LeafRange } from './prove.ts';
import {
  bundleAt,
  decodeBundle,
  decodeTile,
  encodeBundleEntry,
  hashesAtLevel,
  levelsOf,
  readBundle,
  TILE_WIDTH,
  type Tile,
  tileAt,
  tilePath,
} from './tile.ts';

/** Tiles kept in memory by one reader; the oldest goes first (2 MiB of hashes). */
const TILES_HELD_MAX = 256;
const TILE_LEVEL_HEIGHT = 8;

/** Fetches a file of the log by its path under the log's prefix; undefined when there is none. */
export type FetchFile = (path: string) => Promise<Uint8Array | undefined>;

export class TileReader {
  readonly head: TreeHead;
  readonly #fetchFile: FetchFile;
  readonly #tiles = new Map<string, Promise<Uint8Array[]>>();
  #edge: Promise<Uint8Array[][]> | undefined;

  constructor(fetchFile: FetchFile, head: TreeHead) {
    this.#fetchFile = fetchFile;
    this.head = head;
  }

  /** MTH(D[start:end]) for any range within the tree that is a fold of its complete subtrees. */
  readonly rangeHash = async (range: LeafRange): Promise<Uint8Array> => {
    const roots = await Promise.all(completeSubtrees(range).map((subtree) => this.#subtree(...subtree)));
    return roots.length === 0 ? EMPTY_ROOT : roots.reduceRight((right, left) => nodeHash(left, right));
  };

  /** Root of the first `size` leaves: what an older head must equal to be a prefix of this one. */
  rootAt(size: number): Promise<Uint8Array> {
    if (size > this.head.size) throw new LogUnverified();
    return this.rangeHash([0, size]);
  }

  inclusionProof(index: number): Promise<Uint8Array[]> {
    return inclusionProof(this.rangeHash, index, this.head.size);
  }

  consistencyProof(olderSize: number): Promise<Uint8Array[]> {
    return consistencyProof(this.rangeHash, olderSize, this.head.size);
  }

  /** The entry at `index`, whose hash stands in the tree. */
  async entry(index: number): Promise<Uint8Array> {
    const [entry] = await this.entries(index, index + 1);
    return entry!;
  }

  /** Entries `start` to `end` (exclusive), each checked against its leaf. */
  async entries(start: number, end: number): Promise<Uint8Array[]> {
    if (start < 0 || end > this.head.size || start > end) throw new LogUnverified();
    const entries: Uint8Array[] = [];
    for (let index = start; index < end; ) {
      const bundle = Math.floor(index / TILE_WIDTH);
      const stop = Math.min(end, (bundle + 1) * TILE_WIDTH);
      const within = (i: number) => i - bundle * TILE_WIDTH;
      entries.push(...(await this.#bundle(bundle)).slice(within(index), within(stop)));
      index = stop;
    }
    return entries;
  }

  async #bundle(index: number): Promise<Uint8Array[]> {
    const tile = bundleAt(index, this.head.size);
    const leaves = await this.#hashes(0, index);
    const entries = decodeBundle(await this.#fetchTile(tile, cutBundle), tile.width);
    if (!entries.every((entry, i) => sameBytes(leafHash(entry), leaves[i]!))) throw new LogUnverified();
    return entries;
  }

  async #subtree(start: number, height: number): Promise<Uint8Array> {
    const level = Math.floor(height / TILE_LEVEL_HEIGHT);
    const first = start / TILE_WIDTH ** level;
    const count = 2 ** (height % TILE_LEVEL_HEIGHT);
    const hashes = await this.#hashes(level, Math.floor(first / TILE_WIDTH));
    const offset = first % TILE_WIDTH;
    return rootOfHashes(hashes.slice(offset, offset + count));
  }

  /** The hashes of a tile, authenticated. */
  async #hashes(level: number, index: number): Promise<Uint8Array[]> {
    const { width } = tileAt(level, index, this.head.size);
    if (width === 0) throw new LogUnverified();
    if (width < TILE_WIDTH) return (await this.#authenticEdge())[level]!;
    const path = tilePath({ level, index, width });
    const held = this.#tiles.get(path) ?? this.#authenticFullTile(level, index);
    this.#hold(path, held);
    return held;
  }

  #hold(path: string, hashes: Promise<Uint8Array[]>): void {
    this.#tiles.delete(path);
    this.#tiles.set(path, hashes);
    // A failed fetch must not be remembered: the next reader asks again.
    hashes.catch(() => this.#tiles.delete(path));
    const [oldest] = this.#tiles.keys();
    if (this.#tiles.size > TILES_HELD_MAX && oldest !== undefined) this.#tiles.delete(oldest);
  }

  async #authenticFullTile(level: number, index: number): Promise<Uint8Array[]> {
    const parents = await this.#hashes(level + 1, Math.floor(index / TILE_WIDTH));
    const hashes = await this.#tile({ level, index, width: TILE_WIDTH });
    if (!sameBytes(rootOfHashes(hashes), parents[index % TILE_WIDTH]!)) throw new LogUnverified();
    return hashes;
  }

  /** The partial tiles of every level, which together hash to the root. */
  #authenticEdge(): Promise<Uint8Array[][]> {
    const loading = this.#edge ?? this.#loadEdge();
    this.#edge = loading;
    loading.catch(() => {
      this.#edge = undefined;
    });
    return loading;
  }

  async #loadEdge(): Promise<Uint8Array[][]> {
    const { size, root } = this.head;
    const partial = Array.from({ length: levelsOf(size) }, (_, level) =>
      tileAt(level, Math.floor(hashesAtLevel(level, size) / TILE_WIDTH), size),
    );
    const edge = await Promise.all(partial.map((tile) => (tile.width === 0 ? [] : this.#tile(tile))));
    if (!sameBytes(rootOfEdge(edge), root)) throw new LogUnverified();
    return edge;
  }

  async #tile(tile: Tile): Promise<Uint8Array[]> {
    return decodeTile(await this.#fetchTile(tile, cutHashes), tile.width);
  }

  /** A partial tile may have given way to the full one (tlog-tiles "Partial Tiles"), which begins with it. */
  async #fetchTile(tile: Tile, cut: (full: Uint8Array, width: number) => Uint8Array): Promise<Uint8Array> {
    const bytes = await this.#fetchFile(tilePath(tile));
    if (bytes !== undefined) return bytes;
    const full = await this.#fetchFile(tilePath({ ...tile, width: TILE_WIDTH }));
    if (full === undefined) throw new LogUnverified();
    return cut(full, tile.width);
  }
}

const cutHashes = (full: Uint8Array, width: number): Uint8Array => full.slice(0, width * 32);

const cutBundle = (full: Uint8Array, width: number): Uint8Array => {
  const { entries } = readBundle(full);
  const next = entries[width - 1];
  return next === undefined ? full : full.slice(0, next.offset + encodeBundleEntry(next.bytes).length);
};

/** The root of a tree from the hashes of its partial tiles, level 0 first. */
export function rootOfEdge(edge: readonly (readonly Uint8Array[])[]): Uint8Array {
  const subtrees = edge
    .toReversed()
    .flatMap((hashes) =>
      completeSubtrees([0, hashes.length]).map(([start, height]) =>
        rootOfHashes(hashes.slice(start, start + 2 ** height)),
      ),
    );
  return subtrees.length === 0 ? EMPTY_ROOT : subtrees.reduceRight((right, left) => nodeHash(left, right));
}
