/**
 * The published log as files in a folder: what the log's card shows, and the files for the audit in the
 * visitor's browser. Verifies nothing: that is the audit's work.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCheckpoint } from '@answerable/log/verify/checkpoint';
import { decodeEntry } from '@answerable/log/verify/entry';
import { parseNote } from '@answerable/log/verify/note';
import { bundleAt, parseTilePath, readBundle, TILE_WIDTH, tilePath } from '@answerable/log/verify/tile';
import type { LogTrustText } from '@answerable/log/verify/trust';
import { z } from 'zod';

/** Kinds that say something, in the order of the card; commitments come last. */
const shownOfKind: Record<string, number> = {
  'disclosure-notice': 4,
  'trust-policy': 1,
  'platform-policy': 1,
  census: 1,
  'record-root': 1,
  commitment: 1,
};

export interface EntryView {
  index: number;
  kind: string;
  says: string;
}

export interface LogView {
  size: number;
  root: string;
  /** names of those who signed the checkpoint: the log first, then witnesses */
  signers: string[];
  /** the newest of each kind, newest first */
  entries: EntryView[];
  /** entries of each kind in the whole log; a commitment may be a filler, nobody can tell */
  counts: Record<string, number>;
}

export interface LogReader {
  /** What the log's files say now; undefined while there is no checkpoint. */
  read(): LogView | undefined;
}

/** Reads only what is new since the last time: a log grows by fillers even when nothing happens. */
export function createLogReader(logDir: string): LogReader {
  let seen = 0;
  let counts: Record<string, number> = {};
  let newest: EntryView[] = [];

  function see(entry: EntryView): void {
    counts[entry.kind] = (counts[entry.kind] ?? 0) + 1;
    const same = newest.filter(({ kind }) => kind === entry.kind);
    const kept = [entry, ...same].slice(0, shownOfKind[entry.kind] ?? 1);
    newest = [...newest.filter(({ kind }) => kind !== entry.kind), ...kept];
  }

  function catchUp(size: number): void {
    if (size < seen) [seen, counts, newest] = [0, {}, []];
    while (seen < size) {
      const bundle = Math.floor(seen / TILE_WIDTH);
      const bytes = readLogFile(logDir, tilePath(bundleAt(bundle, size)));
      const entries = bytes ? readBundle(bytes).entries : [];
      if (bundle * TILE_WIDTH + entries.length <= seen) return; // not there yet: the next round looks again
      for (const { bytes: entry } of entries.slice(seen % TILE_WIDTH)) {
        see(viewOf(seen, entry));
        seen += 1;
      }
    }
  }

  return {
    read() {
      try {
        const note = parseNote(readFileSync(join(logDir, 'checkpoint')));
        const { size, root } = parseCheckpoint(note.text);
        catchUp(size);
        const signers = [...new Set(note.signatures.map(({ name }) => name))];
        const entries = Object.keys(shownOfKind).flatMap((kind) => newest.filter((one) => one.kind === kind));
        return { size, root: Buffer.from(root).toString('hex'), signers, entries, counts: { ...counts } };
      } catch {
        return undefined;
      }
    },
  };
}

/** The bytes of one file of the log by its address, `checkpoint` or `tile/…`; undefined for any other. */
export function readLogFile(logDir: string, path: string): Buffer | undefined {
  try {
    if (path !== 'checkpoint') parseTilePath(path);
    return readFileSync(join(logDir, path));
  } catch {
    return undefined;
  }
}

/** Where the entry `index` stands now: every file that holds it, and its place in them. */
export function filesOfEntry(logDir: string, index: number): { path: string; offset: number }[] {
  const bundle = Math.floor(index / TILE_WIDTH);
  const full = tilePath({ level: 'entries', index: bundle, width: TILE_WIDTH });
  const parts = namesIn(join(logDir, `${full}.p`)).map((name) => `${full}.p/${name}`);
  return [full, ...parts].flatMap((path) => {
    const bytes = readLogFile(logDir, path);
    const place = bytes && readBundle(bytes).entries[index % TILE_WIDTH];
    // Two bytes of length stand before the entry.
    return place ? [{ path, offset: place.offset + 2 }] : [];
  });
}

// Of the policy file only what an audit believes; its signatures are the business of who relies on it.
const believedPart = z.object({
  policy: z.object({
    log: z.object({ verifierKey: z.string() }),
    witnesses: z.object({ quorum: z.int(), list: z.array(z.object({ verifierKey: z.string() })) }),
    opening: z.object({ threshold: z.int() }),
  }),
});

/** Keys, quorum and threshold as the trust policy has them, for the audit. Throws if there is no policy yet. */
export function readLogTrust(policyPath: string): LogTrustText & { threshold: number } {
  const { policy } = believedPart.parse(JSON.parse(readFileSync(policyPath, 'utf8')));
  return {
    log: policy.log.verifierKey,
    witnesses: policy.witnesses.list.map(({ verifierKey }) => verifierKey),
    quorum: policy.witnesses.quorum,
    threshold: policy.opening.threshold,
  };
}

function viewOf(index: number, bytes: Uint8Array): EntryView {
  try {
    const entry = decodeEntry(bytes);
    return { index, kind: entry.kind, says: whatItSays(entry) };
  } catch {
    return { index, kind: 'unreadable', says: 'These bytes are no entry.' };
  }
}

function whatItSays(entry: Record<string, unknown>): string {
  const said = (name: string) => String(entry[name] ?? '');
  if (entry.kind === 'commitment')
    return `${said('commitment').slice(0, 14)}… – who made it, and whether it means anything, nobody else can tell`;
  if (entry.kind === 'record-root') return `${said('leaves')} records, as one root`;
  if (entry.kind === 'trust-policy') return `policy ${said('serial')} of ${said('network')}`;
  if (entry.kind === 'platform-policy') return `policy ${said('serial')} of ${said('platform')}`;
  if (entry.kind === 'census') return `counts of ${said('party')}`;
  if (entry.kind === 'disclosure-notice')
    return `one account at ${said('platform')} was opened for ${said('authority')}: ${said('ground')}`;
  return '';
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
