/**
 * The one hand that makes the log longer (PROTOCOL §7). Four steps, and the world between them:
 *
 *   append   entries get their indices and the head row moves, in one transaction
 *   settle   tiles, bundles and the unsigned head are durable as files
 *   sign     inside the lock: compare with the last signed checkpoint and with what witnesses hold, sign,
 *            write the signed checkpoint durably
 *   publish  last, the checkpoint that readers see
 *
 * Dying between any two is repaired by `recover`, which is the ordinary start. Two sequencers on one store
 * continue one history: each step begins from the locked row, and signing the same head gives the same bytes.
 * Must never sign a head that does not extend every head signed before. Any error leaves memory in doubt:
 * the caller throws this object away and starts a new one, or ends the process.
 */
import {
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from '../verify/checkpoint.ts';
import { sameBytes } from '../verify/encoding.ts';
import { LogUnverified, MalformedLogData } from '../verify/errors.ts';
import type { TreeHead } from '../verify/merkle.ts';
import { parseNote } from '../verify/note.ts';
import type { NoteKey } from '../verify/note-key.ts';
import { TileReader } from '../verify/tile-reader.ts';
import { type Edge, EMPTY_EDGE, grow, headOf, loadEdge, partialsMadeUnnecessary } from './edge.ts';
import { fillBatch, type RandomBytes } from './filler.ts';
import { type HeadTransaction, type LogFiles, LogHalt, type LogStore } from './log-store.ts';

/** Entries turned into files in one go; bounds memory when a lost folder is rebuilt. */
const SETTLE_ENTRIES_MAX = 4096;
export const ENTRIES_PER_BATCH_MAX = 256;

export interface SequencerOptions {
  readonly store: LogStore;
  readonly files: LogFiles;
  readonly key: NoteKey;
  /** Every batch has exactly this many entries. */
  readonly entriesPerBatch: number;
  readonly cadenceMilliseconds: number;
  readonly random: RandomBytes;
}

export class Sequencer {
  readonly #options: SequencerOptions;
  #edge: Edge = EMPTY_EDGE;
  #signedElsewhere: TreeHead | undefined;
  #unnecessary: string[] = [];

  constructor(options: SequencerOptions) {
    const { entriesPerBatch } = options;
    if (!Number.isInteger(entriesPerBatch) || entriesPerBatch < 1 || entriesPerBatch > ENTRIES_PER_BATCH_MAX)
      throw new MalformedLogData('entriesPerBatch', `1 to ${ENTRIES_PER_BATCH_MAX}`);
    this.#options = options;
  }

  /** The ordinary start: brings store, files and signature to one head, and returns the signed checkpoint. */
  async recover(): Promise<Uint8Array> {
    const { store } = this.#options;
    await store.withHead((transaction) => this.#restoreStore(transaction));
    try {
      await store.withHead(async ({ head }) => {
        this.#edge = await this.#findEdge(head);
      });
      return await this.sign();
    } catch (error) {
      if (!isDamage(error)) throw error;
      // A damaged file in the middle: the store has every entry, so all files are written anew and compared.
      this.#edge = EMPTY_EDGE;
      return await this.sign();
    }
  }

  /** Appends one batch if the cadence says so; answers whether it did. `now` in milliseconds. */
  append(now: number): Promise<boolean> {
    const { store, entriesPerBatch, cadenceMilliseconds, random } = this.#options;
    return store.withHead(async (transaction) => {
      const { appendedAt } = transaction.head;
      // A clock that went back must not silence the log until it has caught up.
      if (now >= appendedAt && now < appendedAt + cadenceMilliseconds) return false;
      await this.#settle(transaction);
      const batch = fillBatch(await transaction.waiting(entriesPerBatch), entriesPerBatch, random);
      await transaction.append(batch, { ...grow(this.#edge, batch).head, appendedAt: now });
      return true;
      // When the lock opens the entries have their indices for ever; no file knows of them yet.
    });
  }

  /** Settles and signs the current head; the same head gives the same bytes. */
  sign(): Promise<Uint8Array> {
    const { store, files, key } = this.#options;
    return store.withHead(async (transaction) => {
      await this.#settle(transaction);
      // From here on every file of this head is durable, and nobody has been promised anything about it.
      const { head } = transaction;
      const signed = await this.#readSigned();
      if (signed !== undefined) await this.#requireExtends(head, signed, 'store-behind-signature');
      if (this.#signedElsewhere !== undefined)
        await this.#requireExtends(head, this.#signedElsewhere, 'store-behind-witness');
      if (signed?.size === head.size) return (await files.readSigned())!;
      const checkpoint = signCheckpoint(head, key);
      await files.writeSigned(checkpoint);
      // From here on this head may never be taken back; a crash now is completed by recover().
      return checkpoint;
    });
  }

  /** Shows `checkpoint` (ours, perhaps cosigned) to readers; a smaller one never replaces a larger. */
  async publish(checkpoint: Uint8Array): Promise<void> {
    const { store, files } = this.#options;
    const { size } = this.#open(checkpoint);
    await store.withHead(async () => {
      const published = await files.read('checkpoint');
      if (published !== undefined && sizeOf(published) > size) return;
      await files.write('checkpoint', checkpoint);
    });
    for (const folder of this.#unnecessary.splice(0)) await files.removeFolder(folder);
  }

  /** Takes note of a checkpoint that somebody else holds and that bears our signature; throws if it does not. */
  noticeSignedElsewhere(checkpoint: Uint8Array): void {
    const { size, root } = this.#open(checkpoint);
    if (size >= (this.#signedElsewhere?.size ?? 0)) this.#signedElsewhere = { size, root };
  }

  /** Hashes and entries of a settled head, from files. */
  tiles(head: TreeHead): TileReader {
    return new TileReader(this.#options.files.read, head);
  }

  #open(checkpoint: Uint8Array): OpenedCheckpoint {
    return openCheckpoint(checkpoint, { log: this.#options.key, witnesses: [] });
  }

  async #readSigned(): Promise<OpenedCheckpoint | undefined> {
    const bytes = await this.#options.files.readSigned();
    return bytes === undefined ? undefined : this.#open(bytes);
  }

  async #requireExtends(head: TreeHead, older: TreeHead, behind: LogHalt['reason']): Promise<void> {
    if (older.size > head.size) throw new LogHalt(behind);
    if (!sameBytes(await this.tiles(head).rootAt(older.size), older.root)) throw new LogHalt('two-histories');
  }

  /** Writes the files of every entry that the store has and the files lack. */
  async #settle(transaction: HeadTransaction): Promise<void> {
    const { head } = transaction;
    if (this.#edge.size > head.size) throw new LogHalt('store-behind-signature');
    while (this.#edge.size < head.size) {
      const end = Math.min(head.size, this.#edge.size + SETTLE_ENTRIES_MAX);
      const entries = await transaction.entries(this.#edge.size, end);
      const { edge, files } = grow(this.#edge, entries);
      if (end === head.size) requireHead(edge, head);
      for (const file of files) await this.#options.files.write(file.path, file.bytes);
      this.#unnecessary.push(...files.map(partialsMadeUnnecessary).filter((path) => path !== undefined));
      this.#edge = edge;
    }
    requireHead(this.#edge, head);
  }

  /** A store older than the last signature (a restored backup) is brought forward from the signed files. */
  async #restoreStore(transaction: HeadTransaction): Promise<void> {
    const { head } = transaction;
    const signed = await this.#readSigned();
    if (signed === undefined || signed.size <= head.size) return;
    const tiles = this.tiles(signed);
    try {
      if (!sameBytes(await tiles.rootAt(head.size), head.root)) throw new LogHalt('two-histories');
      const entries = await tiles.entries(head.size, signed.size);
      const { size, root } = signed;
      await transaction.append(entries, { size, root, appendedAt: head.appendedAt });
    } catch (error) {
      throw isDamage(error) ? new LogHalt('store-behind-signature') : error;
    }
  }

  /** The furthest edge that files can prove; the rest is settled from the store. */
  async #findEdge(head: TreeHead): Promise<Edge> {
    const signed = await this.#readSigned();
    for (const candidate of signed === undefined ? [head] : [head, signed]) {
      try {
        return await loadEdge(this.#options.files.read, candidate);
      } catch (error) {
        if (!isDamage(error)) throw error;
      }
    }
    return EMPTY_EDGE;
  }
}

function requireHead(edge: Edge, head: TreeHead): void {
  if (edge.size !== head.size || !sameBytes(headOf(edge).root, head.root)) throw new LogHalt('store-damaged');
}

const isDamage = (error: unknown): boolean =>
  error instanceof LogUnverified || error instanceof MalformedLogData;

const sizeOf = (checkpoint: Uint8Array): number => parseCheckpoint(parseNote(checkpoint).text).size;
