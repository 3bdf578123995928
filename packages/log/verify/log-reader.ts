// The one way in which wallets, guardians, keepers and the command line read a log: the newest checkpoint with
// its quorum, proven to grow from the one pinned before; entries proven to stand in it. The pinned head is the
// caller's to keep between runs. Must never move the pin to a tree that does not extend it.
import { type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts';
import { sameBytes } from './encoding.ts';
import { LogUnverified } from './errors.ts';
import { leafHash, type TreeHead } from './merkle.ts';
import { formatNote } from './note.ts';
import { formatProof } from './proof.ts';
import { type FetchFile, TileReader } from './tile-reader.ts';
import { type Freshness, type LogTrust, type QuorateCheckpoint, requireQuorum } from './trust.ts';

export interface LogReaderOptions {
  readonly fetchFile: FetchFile;
  readonly trust: LogTrust;
  /** The newest head this reader's owner has verified before. */
  readonly pinned?: TreeHead;
  /** POSIX seconds; needed with `cosignatureAgeSecondsMax`. */
  readonly now?: () => number;
  /** Cosignatures older than this do not count; without it, any age counts. */
  readonly cosignatureAgeSecondsMax?: number;
}

/** An entry with everything needed to show it to others. */
export interface IncludedEntry {
  readonly index: number;
  readonly entry: Uint8Array;
  readonly checkpoint: QuorateCheckpoint;
  /** tlog-proof bytes, verifiable offline with `verifyProof`. */
  readonly proof: Uint8Array;
}

export class LogReader {
  readonly #options: LogReaderOptions;
  #pinned: TreeHead | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #tiles: TileReader | undefined;

  constructor(options: LogReaderOptions) {
    this.#options = options;
    this.#pinned = options.pinned;
  }

  /** The newest verified head; keep it and give it to the next reader. */
  get pinned(): TreeHead | undefined {
    return this.#pinned;
  }

  /** Fetches, verifies and pins the newest checkpoint. One at a time: two answers must also fit each other. */
  latest(): Promise<QuorateCheckpoint> {
    const next = this.#queue.then(() => this.#advance());
    this.#queue = next.catch(() => undefined);
    return next;
  }

  async #advance(): Promise<QuorateCheckpoint> {
    const checkpoint = this.open(await this.#fetchCheckpoint());
    await this.#requireGrowth(checkpoint);
    this.#pinned = { size: checkpoint.size, root: checkpoint.root };
    return checkpoint;
  }

  async #fetchCheckpoint(): Promise<Uint8Array> {
    const bytes = await this.#options.fetchFile('checkpoint');
    if (bytes === undefined) throw new LogUnverified();
    return bytes;
  }

  /** Verifies checkpoint bytes from anywhere: log signature, quorum, freshness. Does not pin. */
  open(bytes: Uint8Array): QuorateCheckpoint {
    const { trust } = this.#options;
    const opened: OpenedCheckpoint = openCheckpoint(bytes, trust);
    return requireQuorum(opened, trust, this.#freshness());
  }

  #freshness(): Freshness | undefined {
    const { now, cosignatureAgeSecondsMax } = this.#options;
    if (now === undefined || cosignatureAgeSecondsMax === undefined) return undefined;
    return { now: now(), ageSecondsMax: cosignatureAgeSecondsMax };
  }

  async #requireGrowth(newer: TreeHead): Promise<void> {
    const older = this.#pinned;
    if (older === undefined) return;
    if (newer.size < older.size || !(await this.isPrefix(older, newer))) throw new LogUnverified();
  }

  /** Whether the tree of `older` is the beginning of the tree of the verified `newer`. */
  async isPrefix(older: TreeHead, newer: TreeHead): Promise<boolean> {
    if (older.size > newer.size) return false;
    return sameBytes(await this.tiles(newer).rootAt(older.size), older.root);
  }

  /** Authenticated hashes and entries of a verified head. */
  tiles(head: TreeHead): TileReader {
    const held = this.#tiles;
    if (held !== undefined && held.head.size === head.size && sameBytes(held.head.root, head.root))
      return held;
    this.#tiles = new TileReader(this.#options.fetchFile, head);
    return this.#tiles;
  }

  /** The entry at `index` with its proof in `checkpoint` (by default the newest, fetched now). */
  async included(index: number, checkpoint?: QuorateCheckpoint): Promise<IncludedEntry> {
    const within = checkpoint ?? (await this.latest());
    if (!Number.isSafeInteger(index) || index < 0 || index >= within.size) throw new LogUnverified();
    const tiles = this.tiles(within);
    const [entry, hashes] = await Promise.all([tiles.entry(index), tiles.inclusionProof(index)]);
    const proof = formatProof({ index, hashes, checkpoint: formatNote(within.note) });
    return { index, entry, checkpoint: within, proof };
  }

  /** Proves that exactly these bytes stand at `index`; for callers who hold the entry already. */
  async requireIncluded(index: number, entry: Uint8Array, checkpoint?: QuorateCheckpoint) {
    const found = await this.included(index, checkpoint);
    if (!sameBytes(leafHash(found.entry), leafHash(entry))) throw new LogUnverified();
    return found;
  }
}
