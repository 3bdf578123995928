/**
 * A network for the tour's own tests: three real databases with invented tables, one small app that plays
 * Commons and the desk, and a log of real files. Everybody else is only a name.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { withConnection } from '@answerable/kit/database';
import { serve } from '@answerable/kit/serve';
import { testDatabase } from '@answerable/kit/testing/test-database';
import { EMPTY_EDGE, grow } from '@answerable/log/append/edge';
import { formatCheckpoint } from '@answerable/log/verify/checkpoint';
import { encodeEntry, type LogEntry } from '@answerable/log/verify/entry';
import { formatNote, signNote } from '@answerable/log/verify/note';
import { formatVerifierKey, noteKey } from '@answerable/log/verify/note-key';
import { cosign } from '@answerable/log/verify/note-signature';
import {
  type Network,
  type Role,
  type RoleName,
  roleNames,
} from '@answerable/practice-constellation/network';
import { Hono } from 'hono';

const logKey = noteKey('log.practice', 0x01, new Uint8Array(32).fill(1));
const witnessKeys = [2, 3].map((n) => noteKey(`guardian-${n - 1}`, 0x04, new Uint8Array(32).fill(n)));

export interface InventedNetwork {
  network: Network;
  /** what the operator's address and the switches were called with */
  calls: { address: string; token: string | undefined; body: unknown }[];
  urls: Record<'registrar' | 'commons' | 'ban', string>;
  /** Writes the log again, with these entries and the ones before. */
  log(...more: LogEntry[]): void;
  /** Writes the head again as it is when no witness answered in time; `log` writes it whole. */
  loseWitnesses(): void;
  close(): Promise<void>;
}

export async function inventedNetwork(): Promise<InventedNetwork> {
  const dataDir = mkdtempSync(join(tmpdir(), 'answerable-tour-'));
  const [registrar, commons, ban] = await Promise.all(
    ['registrar', 'commons', 'ban'].map((name) => testDatabase(`tour-${name}`)),
  );
  if (!registrar || !commons || !ban) throw new Error('three databases are needed');
  await run(
    registrar.url,
    'create table record (id text primary key, record_key bytea, sealed_identity bytea)',
  );
  await run(registrar.url, 'create table migration (name text)');
  await run(registrar.url, 'create table sealed_recall (id int)');
  await run(commons.url, 'create table account (sub text primary key, handle text, made timestamptz)');
  await run(ban.url, 'create table account (handle text primary key, legal_name text)');
  const stand = standIn();
  const served = await serve(stand.app, { port: 0, publicHost: 'localhost' });
  const databases: Partial<Record<RoleName, string>> = {
    registrar: registrar.url,
    commons: commons.url,
    'commons-of-the-ban': ban.url,
  };
  const roles = Object.fromEntries(
    roleNames.map((name): [RoleName, Role] => [
      name,
      {
        name,
        domain: name,
        origin: served.origin,
        dataDir: join(dataDir, 'roles', name),
        databaseUrl: databases[name] ?? null,
      },
    ]),
  ) as Network['roles'];
  const logDir = join(dataDir, 'log');
  const policyPath = join(dataDir, 'practice-1.policy');
  writeFileSync(policyPath, JSON.stringify(policyFile));
  const entries: LogEntry[] = [];
  const network: Network = {
    dataDir,
    roles,
    policyPath,
    logDir,
    tourOrigin: 'http://localhost:4600',
    tourPort: 4600,
    tokens: { operator: 'operator', domain: 'domain', connector: 'connector', platformAdmin: 'admin' },
    close: async () => undefined,
  };
  return {
    network,
    calls: stand.calls,
    urls: { registrar: registrar.url, commons: commons.url, ban: ban.url },
    log(...more) {
      entries.push(...more);
      writeLog(logDir, entries, witnessKeys);
    },
    loseWitnesses: () => writeLog(logDir, entries, []),
    async close() {
      await served.close();
      await Promise.all([registrar.drop(), commons.drop(), ban.drop()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What the tour reads of a trust policy. */
const policyFile = {
  policy: {
    log: { verifierKey: formatVerifierKey(logKey) },
    witnesses: {
      quorum: 2,
      list: witnessKeys.map((key) => ({ verifierKey: formatVerifierKey(key) })),
    },
    opening: { threshold: 2 },
  },
};

export const commitment = (n: number): LogEntry => ({
  v: 1,
  kind: 'commitment',
  commitment: Buffer.alloc(32, n).toString('base64url'),
});

export const notice = (filing: number, approvals: number[]): LogEntry => ({
  v: 1,
  kind: 'disclosure-notice',
  platform: 'commons',
  authority: 'county-court',
  ground: 'threat-to-life',
  guardian: 'guardian-1',
  handle: Buffer.alloc(32, 7).toString('base64url'),
  opening: Buffer.alloc(32, 8).toString('base64url'),
  filing,
  approvals,
});

export function run(url: string, text: string, values?: unknown[]) {
  return withConnection(url, (query) => query(text, values));
}

function writeLog(logDir: string, entries: readonly LogEntry[], seenBy: typeof witnessKeys): void {
  const { head, files } = grow(EMPTY_EDGE, entries.map(encodeEntry));
  const text = formatCheckpoint(logKey.name, head);
  const signatures = [signNote(text, logKey), ...seenBy.map((key) => cosign(text, 1_700_000_000, key))];
  for (const { path, bytes } of [...files, { path: 'checkpoint', bytes: formatNote({ text, signatures }) }]) {
    mkdirSync(dirname(join(logDir, path)), { recursive: true });
    writeFileSync(join(logDir, path), bytes);
  }
}

/** Commons and the desk in one: settings, sign-in links, and a page that says where one is. */
function standIn() {
  const app = new Hono();
  const calls: InventedNetwork['calls'] = [];
  let settings: object = { rule: 'answerable', forUk: false };
  app.get('/', (c) =>
    c.html('<!doctype html><html lang="en"><title>Real</title><main><h1>A real screen</h1></main>'),
  );
  app.get('/sign-in', (c) =>
    c.html(
      `<!doctype html><html lang="en"><title>In</title><main><h1>Signed in: ${c.req.query('token')}</h1></main>`,
    ),
  );
  app.get('/join', (c) => c.redirect('/'));
  app.get('/settings', (c) => c.json(settings));
  app.post('*', async (c) => {
    const body: unknown = await c.req.json();
    calls.push({ address: c.req.path, token: c.req.header('authorization')?.slice('Bearer '.length), body });
    if (c.req.path !== '/admin/settings') return c.json({ path: '/sign-in?token=once' });
    settings = { ...settings, ...(body as object) };
    return c.json(settings);
  });
  return { app, calls };
}
