// What the sequencer needs of the world: one row that says how long the log is, locked while it is changed,
// and a folder of files. The service gives PostgreSQL and a disk, tests give memory.
import type { TreeHead } from '../verify/merkle.ts';
import type { FetchFile } from '../verify/tile-reader.ts';

export interface HeadRow extends TreeHead {
  /** When the last batch was appended, in milliseconds of the store's clock; paces the next. */
  readonly appendedAt: number;
}

/** Inside the lock on the head row. Everything happens, or nothing, when the work returns. */
export interface HeadTransaction {
  readonly head: HeadRow;
  /** The oldest waiting entries, at most `countMax`; `append` settles those it contains. */
  waiting(countMax: number): Promise<Uint8Array[]>;
  /** Gives `entries` the indices from head.size on, without gaps, and moves the head. */
  append(entries: readonly Uint8Array[], head: HeadRow): Promise<void>;
  /** Entries `start` to `end` (exclusive), in order. */
  entries(start: number, end: number): Promise<Uint8Array[]>;
}

export interface LogStore {
  withHead<T>(work: (transaction: HeadTransaction) => Promise<T>): Promise<T>;
}

export interface LogFiles {
  read: FetchFile;
  /** Durable when it resolves, and never seen half written. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes a folder with everything in it; it may be absent. */
  removeFolder(path: string): Promise<void>;
  /** The last checkpoint that this log signed, kept apart from what is published; same promises. */
  readSigned(): Promise<Uint8Array | undefined>;
  writeSigned(checkpoint: Uint8Array): Promise<void>;
}

/**
 * Why a log must not go on without a human: going on could sign a second history. `store-damaged`: the entries
 * in the store do not lead from what was signed to the store's own head.
 */
export type HaltReason =
  | 'store-behind-signature'
  | 'store-behind-witness'
  | 'two-histories'
  | 'store-damaged';

export class LogHalt extends Error {
  override readonly name = 'LogHalt';
  readonly reason: HaltReason;

  constructor(reason: HaltReason) {
    super(`the log is halted: ${reason}`);
    this.reason = reason;
  }
}
