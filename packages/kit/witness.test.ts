import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { originHashOf } from '@answerable/log/monitor/witness';
import { encodeAddCheckpoint } from '@answerable/log/verify/add-checkpoint';
import { openCheckpoint, signCheckpoint } from '@answerable/log/verify/checkpoint';
import { leafHash, rootOfHashes } from '@answerable/log/verify/merkle';
import { formatNote, parseNote, parseSignatureLines } from '@answerable/log/verify/note';
import { formatVerifierKey, noteKey, parseVerifierKey } from '@answerable/log/verify/note-key';
import { consistencyProof } from '@answerable/log/verify/prove';
import { logTrust, requireQuorum } from '@answerable/log/verify/trust';
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { practiceClock } from './clock.ts';
import { type Database, openDatabase } from './database.ts';
import { silentJournal } from './journal.ts';
import { createMetrics } from './metrics.ts';
import { createServiceApp, type ServiceApp } from './service.ts';
import { type TestDatabase, testDatabase } from './testing/test-database.ts';
import { createWitness, type Witness, witnessMigration } from './witness.ts';

const logKey = noteKey('log.example/trial', 0x01, new Uint8Array(32).fill(1));
const leaves = (count: number, seed = 0) =>
  Array.from({ length: count }, (_, i) => leafHash(Uint8Array.of(seed, i)));

let place: TestDatabase;
let database: Database<unknown>;
let folder: string;
let clock: ReturnType<typeof practiceClock>;
let ready: boolean;
let witness: Witness;
let app: ServiceApp;

beforeAll(async () => {
  place = await testDatabase('witness');
  database = await openDatabase({ url: place.url, migrations: [witnessMigration] });
  folder = mkdtempSync(join(tmpdir(), 'witness-'));
});
afterAll(async () => {
  await database.close();
  await place.drop();
  rmSync(folder, { recursive: true });
});

let trial = 0;
beforeEach(() => {
  trial += 1;
  ready = true;
  clock = practiceClock();
  const log = noteKey(`log.example/trial-${trial}`, 0x01, logKey.secret);
  const policy = () => {
    if (!ready) throw new Refusal('not_ready');
    return { log: { verifierKey: formatVerifierKey(log) } } as TrustPolicy;
  };
  witness = createWitness({
    keyName: 'guardian.example/one',
    keyPath: join(folder, 'witness.key'),
    db: database.db,
    clock,
    policy,
  });
  app = createServiceApp({ name: 'trial', journal: silentJournal, metrics: createMetrics('trial') });
  witness.mount(app);
});

const ownLog = () => noteKey(`log.example/trial-${trial}`, 0x01, logKey.secret);

async function body(tree: Uint8Array[], oldSize: number, key = ownLog()): Promise<Uint8Array> {
  const proof = await consistencyProof(
    async ([start, end]) => rootOfHashes(tree.slice(start, end)),
    oldSize,
    tree.length,
  );
  return encodeAddCheckpoint(
    oldSize,
    proof,
    signCheckpoint({ size: tree.length, root: rootOfHashes(tree) }, key),
  );
}

const post = (bytes: Uint8Array) =>
  app.request('/add-checkpoint', { method: 'POST', body: new TextDecoder().decode(bytes) });

it('cosigns growth, remembers it, and its cosignature makes a quorum', async () => {
  expect((await post(await body(leaves(3), 0))).status).toBe(200);
  const answer = await post(await body(leaves(8), 3));
  expect(answer.status).toBe(200);
  const signed = signCheckpoint({ size: 8, root: rootOfHashes(leaves(8)) }, ownLog());
  const note = parseNote(signed);
  const cosigned = formatNote({
    ...note,
    signatures: [...note.signatures, ...parseSignatureLines(await answer.text())],
  });
  const key = parseVerifierKey(witness.verifierKey);
  const trust = logTrust(ownLog(), { atLeast: 1, of: [key] });
  const now = Math.floor(clock.now().getTime() / 1000);
  requireQuorum(openCheckpoint(cosigned, trust), trust, { now, ageSecondsMax: 5 });
  expect((await witness.seen())?.size).toBe(8);
  const shown = await app.request(`/${originHashOf(ownLog().name)}/checkpoint`);
  expect(openCheckpoint(new TextEncoder().encode(await shown.text()), trust).size).toBe(8);
});

it('never speaks for two histories, one after the other or at the same instant', async () => {
  expect((await post(await body(leaves(4), 0))).status).toBe(200);
  expect((await post(await body(leaves(4, 9), 4))).status).toBe(422);
  expect((await post(await body(leaves(6, 9), 4))).status).toBe(422);
  expect((await post(await body(leaves(2), 0))).status).toBe(409);
  const forks = await Promise.all([
    ...Array.from({ length: 8 }, async (_, i) => post(await body([...leaves(4), ...leaves(3, 20 + i)], 4))),
  ]);
  expect(forks.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
});

it('two first checkpoints at the same instant: one is cosigned', async () => {
  const both = await Promise.all([post(await body(leaves(4), 0)), post(await body(leaves(4, 5), 0))]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});

it.each([
  ['a body that is none', async () => new TextEncoder().encode('old 0\n'), 400],
  [
    'the signature of another key',
    () => body(leaves(3), 0, noteKey(ownLog().name, 0x01, new Uint8Array(32).fill(2))),
    403,
  ],
  ['another log', () => body(leaves(3), 0, noteKey('other.example/log', 0x01, logKey.secret)), 404],
  ['an old size it never saw', () => body(leaves(3), 2), 409],
])('refuses %s', async (_name, make, status) => {
  expect((await post(await make())).status).toBe(status);
  expect(await witness.seen()).toBeUndefined();
});

it('waits for the trust policy', async () => {
  ready = false;
  expect((await post(await body(leaves(3), 0))).status).toBe(503);
});
