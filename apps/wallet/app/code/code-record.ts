/**
 * What is kept on this device about the wallet's own code: which release runs, where it stands in the log, whom
 * that was believed on, and the files. It is public, and lies open in the browser's cache storage, where the
 * guard (public/guard.js) reads it. The record is put last, in one step: it never names a file that is not there.
 * Must never: hold anything about the person.
 */
import type { Pinned } from '../boundary/trust.ts';
import type { CodeDoubt } from './code-view.ts';

/** As in the guard. */
const shelfName = 'wallet-code';
const recordPath = '/kept/record';

/** Whoever looks at the code, keeps it or drops it holds this lock: one at a time over all tabs. */
export const codeLock = 'wallet-code';

export interface KeptRelease {
  release: string;
  version: string;
  /** Of its entry in the log. */
  index: number;
  files: Record<string, { sha256: string; type: string }>;
}

export interface CodeRecord {
  v: 1;
  /** The one that runs, and the one before it, for pages that are still open. */
  releases: [KeptRelease, ...KeptRelease[]];
  /** What the guard says with every file. */
  headers: Record<string, string>;
  /** The trust policy that the log's keys were taken from. */
  pinned: Pinned;
  /** The newest head of the log that was verified here. */
  seen: { size: number; root: string };
  /** When the running release was last found in the log, and was what the host serves. */
  checked: string;
  /** What the host served last, and why it was not taken. */
  refused?: { why: CodeDoubt; at: string };
  /** When somebody tried to put another guard in place. */
  alarm?: string;
}

/** Where the code is kept: the browser's cache storage, or a Map in tests. */
export interface CodeShelf {
  record(): Promise<CodeRecord | undefined>;
  keepRecord(record: CodeRecord): Promise<void>;
  keepFile(release: string, path: string, body: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Drops the files of every release but these. */
  dropAllBut(releases: readonly string[]): Promise<void>;
}

/** The shelf of this browser; undefined where it has none (some private windows, Tor Browser). */
export function cacheShelf(): CodeShelf | undefined {
  if (!('caches' in globalThis)) return undefined;
  const open = () => caches.open(shelfName);
  return {
    async record() {
      const kept = await (await open()).match(recordPath);
      return kept && ((await kept.json()) as CodeRecord);
    },
    keepRecord: async (record) => (await open()).put(recordPath, Response.json(record)),
    keepFile: async (release, path, body) =>
      (await open()).put(`/kept/${release}${path}`, new Response(body)),
    async dropAllBut(releases) {
      const shelf = await open();
      for (const request of await shelf.keys()) {
        const [, , release = ''] = new URL(request.url).pathname.split('/');
        if (!['record', 'last', ...releases].includes(release)) await shelf.delete(request);
      }
    },
  };
}

/** Everything of it. */
export const dropCode = async (): Promise<void> => {
  if ('caches' in globalThis) await caches.delete(shelfName);
};
