/** A logbook on a free port with its own database and folder, and witnesses beside it. For tests only. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import type { Journal } from '@answerable/kit/journal';
import { silentJournal } from '@answerable/kit/journal';
import type { Running } from '@answerable/kit/run';
import { type Served, serve } from '@answerable/kit/serve';
import { testDatabase } from '@answerable/kit/testing/test-database';
import {
  addCheckpoint,
  monitorCheckpoint,
  originHashOf,
  type WitnessedHead,
  type WitnessOptions,
} from '@answerable/log/monitor/witness';
import { formatVerifierKey, type NoteKey, noteKey, parseVerifierKey } from '@answerable/log/verify/note-key';
import { messageLabels } from '@answerable/protocol/labels';
import type { LogEntry } from '@answerable/protocol/log/entries';
import { signMessage } from '@answerable/protocol/signed';
import { Hono } from 'hono';
import type { LogbookConfig } from '../config.ts';
import { start } from '../start.ts';

export const logName = 'log.example/trial';
const secondsTried = 60;

/** A party that the logbook knows, with its key. */
export const submitter = (name: string, byte: number) => {
  const secret = new Uint8Array(32).fill(byte);
  return { name, secret, signingKey: toBase64url(noteKey(name, 0x01, secret).publicKey) };
};
export type Submitter = ReturnType<typeof submitter>;
export const clerk = submitter('clerk', 7);

let drawn = 0;
export const newKey = (): string => {
  drawn += 1;
  return toBase64url(new Uint8Array(16).map((_, i) => (i < 4 ? drawn >> (8 * i) : 5)));
};
export const commitment = (byte: number, more = 0): LogEntry => ({
  v: 1,
  kind: 'commitment',
  commitment: toBase64url(new Uint8Array(32).map((_, i) => (i === 0 ? more : byte))),
});

export function submission(
  entry: unknown,
  { by = clerk, key = newKey(), secret }: { by?: Submitter; key?: string; secret?: Uint8Array } = {},
) {
  return signMessage(secret ?? by.secret, messageLabels.logSubmission, { party: by.name, key, entry });
}

export interface Place {
  config: LogbookConfig;
  databaseUrl: string;
  folder: string;
  clear(): Promise<void>;
}

/** Database and folder of one logbook, which outlive its starts. */
export async function place(more: Partial<LogbookConfig> = {}): Promise<Place> {
  const database = await testDatabase('logbook');
  const folder = mkdtempSync(join(tmpdir(), 'logbook-'));
  const config: LogbookConfig = {
    name: 'logbook',
    title: 'Logbook',
    mode: 'practice',
    host: '127.0.0.1',
    port: 0,
    origin: 'http://localhost:1',
    dataDir: folder,
    databaseUrl: database.url,
    policyPath: join(folder, 'absent.policy'),
    logName,
    cadenceSeconds: 0.1,
    entriesPerBatch: 4,
    witnessSeconds: 1,
    submitters: [{ name: clerk.name, signingKey: clerk.signingKey }],
    ...more,
  };
  const clear = async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { config, databaseUrl: database.url, folder, clear };
}

export interface Logbook extends Running {
  post(body: unknown): Promise<Response>;
  get(path: string): Promise<Response>;
  /** The log key, from what the logbook says of itself. */
  logKey(): Promise<string>;
  /** Submits and waits for the index. */
  log(entry: LogEntry): Promise<number>;
}

export async function startLogbook(
  config: LogbookConfig,
  journal: Journal = silentJournal,
): Promise<Logbook> {
  const started = await start(config, { journal });
  const get = (path: string) => fetch(`${started.origin}${path}`);
  const post = (body: unknown) =>
    fetch(`${started.origin}/entries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    ...started,
    get,
    post,
    logKey: async () => ((await (await get('/ceremony/identity')).json()) as { logKey: string }).logKey,
    async log(entry) {
      const key = newKey();
      await post(submission(entry, { key }));
      const found = await until(async () => {
        const response = await get(`/entries/by-key/${key}`);
        return response.ok ? ((await response.json()) as { index: number }) : undefined;
      });
      return found.index;
    },
  };
}

/** Asks until there is an answer. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + secondsTried * 1000; Date.now() < end; ) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not come to pass');
}

export interface TestWitness extends Served {
  key: NoteKey;
  heads: Map<string, WitnessedHead>;
}

/** A witness on its own port, which follows the log of `logKey` (asked when it is needed). */
export async function startWitness(
  byte: number,
  logKey: () => string,
  more: Pick<WitnessOptions, 'approve'> = {},
): Promise<TestWitness> {
  const key = noteKey(`witness-${byte}.example`, 0x04, new Uint8Array(32).fill(byte));
  const heads = new Map<string, WitnessedHead>();
  const options = (): WitnessOptions => ({
    key,
    logs: [parseVerifierKey(logKey())],
    now: () => Math.floor(Date.now() / 1000),
    ...more,
    store: {
      latest: async (origin) => heads.get(origin),
      advance: async (origin, oldSize, next) => {
        if ((heads.get(origin)?.size ?? 0) !== oldSize) return false;
        heads.set(origin, next);
        return true;
      },
    },
  });
  const app = new Hono();
  app.post('/add-checkpoint', async (c) => {
    const answer = await addCheckpoint(new Uint8Array(await c.req.arrayBuffer()), options());
    return c.body(answer.body, answer.status, { 'content-type': answer.contentType });
  });
  app.get(`/${originHashOf(logName)}/checkpoint`, async (c) => {
    const checkpoint = await monitorCheckpoint(originHashOf(logName), options());
    return checkpoint ? c.body(checkpoint.slice().buffer) : c.notFound();
  });
  const served = await serve(app, { port: 0 });
  return { ...served, key, heads };
}

export const addressOf = ({ key, origin }: TestWitness) => ({ verifierKey: formatVerifierKey(key), origin });
