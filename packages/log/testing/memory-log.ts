// A log store and files in memory, with the same promises as the real ones, for trying and for tests.

import type { HeadRow, HeadTransaction, LogFiles, LogStore } from '../append/log-store.ts';
import { sameBytes } from '../verify/encoding.ts';
import { EMPTY_ROOT } from '../verify/merkle.ts';

export class MemoryStore implements LogStore {
  head: HeadRow = { size: 0, root: EMPTY_ROOT, appendedAt: 0 };
  log: Uint8Array[] = [];
  queue: Uint8Array[] = [];
  #lock: Promise<unknown> = Promise.resolve();

  /** Adds an entry to the waiting ones, once. */
  submit(entry: Uint8Array): void {
    if (![...this.queue, ...this.log].some((known) => sameBytes(known, entry))) this.queue.push(entry);
  }

  /** One at a time; a work that throws changes nothing. */
  withHead<T>(work: (transaction: HeadTransaction) => Promise<T>): Promise<T> {
    const done = this.#lock.then(() => this.#transact(work));
    this.#lock = done.catch(() => undefined);
    return done;
  }

  async #transact<T>(work: (transaction: HeadTransaction) => Promise<T>): Promise<T> {
    let { head, log, queue } = this;
    const result = await work({
      head,
      waiting: async (countMax) => queue.slice(0, countMax),
      append: async (entries, next) => {
        log = [...log, ...entries];
        queue = queue.filter((waiting) => !entries.some((entry) => sameBytes(entry, waiting)));
        head = next;
      },
      entries: async (start, end) => this.log.slice(start, end),
    });
    Object.assign(this, { head, log, queue });
    return result;
  }
}

export class MemoryFiles implements LogFiles {
  readonly files = new Map<string, Uint8Array>();
  signed: Uint8Array | undefined;

  readonly read = async (path: string): Promise<Uint8Array | undefined> => this.files.get(path);

  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.files.set(path, bytes.slice());
  }

  async removeFolder(path: string): Promise<void> {
    for (const file of this.files.keys()) if (file.startsWith(`${path}/`)) this.files.delete(file);
  }

  async readSigned(): Promise<Uint8Array | undefined> {
    return this.signed;
  }

  async writeSigned(checkpoint: Uint8Array): Promise<void> {
    this.signed = checkpoint.slice();
  }
}
