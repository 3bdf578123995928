import { toBase64url } from '@answerable/core/bytes';
import { messageLabels } from '@answerable/protocol/labels';
import type { LogEntry } from '@answerable/protocol/log/entries';
import { openSigned } from '@answerable/protocol/signed';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, inTransaction, openDatabase } from './database.ts';
import { silentJournal } from './journal.ts';
import { deliverOutbox, logOutboxMigration, placeInLog, putInOutbox } from './log-outbox.ts';
import { createMetrics } from './metrics.ts';
import { type Served, serve } from './serve.ts';
import { createServiceApp } from './service.ts';
import { type TestDatabase, testDatabase } from './testing/test-database.ts';

const seed = new Uint8Array(32).fill(3);
const signingKey = {
  seed,
  publicKey: ed25519.getPublicKey(seed),
  sign: (message: Uint8Array) => ed25519.sign(message, seed),
};
const entry = (i: number): LogEntry => ({
  v: 1,
  kind: 'commitment',
  commitment: toBase64url(new Uint8Array(32).fill(i)),
});

let place: TestDatabase;
let database: Database<unknown>;
let logbook: Served;
/** keys in the order in which the logbook took them */
let taken: string[];
let behaviour: { sequenced: boolean; loseAnswers: boolean };

beforeAll(async () => {
  place = await testDatabase('outbox');
  database = await openDatabase({ url: place.url, migrations: [logOutboxMigration] });
  const app = createServiceApp({ name: 'log', journal: silentJournal, metrics: createMetrics('log') });
  app.post('/entries', async (c) => {
    const signed = (await c.req.json()) as { message: { party: string; key: string }; signature: string };
    const { party, key } = openSigned(toBase64url(signingKey.publicKey), messageLabels.logSubmission, signed);
    expect(party).toBe('guardian-1');
    if (!taken.includes(key)) taken.push(key);
    return behaviour.loseAnswers ? c.text('lost', 502) : c.json({ key }, 202);
  });
  app.get('/entries/by-key/:key', (c) => {
    const index = taken.indexOf(c.req.param('key'));
    return index < 0 || !behaviour.sequenced ? c.notFound() : c.json({ index });
  });
  logbook = await serve(app, { port: 0 });
});
afterAll(async () => {
  await logbook.close();
  await database.close();
  await place.drop();
});
beforeEach(async () => {
  taken = [];
  behaviour = { sequenced: true, loseAnswers: false };
  await sql`delete from log_outbox`.execute(database.db);
});

const deliver = () => deliverOutbox(database.db, { party: 'guardian-1', signingKey, origin: logbook.origin });

describe('the outbox', () => {
  it('delivers what was recorded, and knows its place', async () => {
    const key = await putInOutbox(database.db, entry(1));
    expect(await placeInLog(database.db, key)).toBeUndefined();
    expect(await deliver()).toBe(true);
    expect(await placeInLog(database.db, key)).toBe(0);
  });

  it('keeps of a placed entry the day, and no finer time', async () => {
    const key = await putInOutbox(database.db, entry(1));
    const atMidnight = async () => {
      const { rows } = await sql<{ midnight: boolean }>`
        select since = date_trunc('day', since, 'UTC') as midnight from log_outbox where key = ${key}`.execute(
        database.db,
      );
      return rows[0]?.midnight;
    };
    expect(await atMidnight()).toBe(false);
    await deliver();
    expect(await atMidnight()).toBe(true);
  });

  it('waits until the entry is sequenced', async () => {
    behaviour.sequenced = false;
    const key = await putInOutbox(database.db, entry(2));
    expect(await deliver()).toBe(false);
    expect(await placeInLog(database.db, key)).toBeUndefined();
    behaviour.sequenced = true;
    expect(await deliver()).toBe(true);
    expect(await placeInLog(database.db, key)).toBe(0);
  });

  it('after a lost answer delivers under the same key, and nothing twice', async () => {
    behaviour.loseAnswers = true;
    const key = await putInOutbox(database.db, entry(3));
    await expect(deliver()).rejects.toMatchObject({ code: 'unavailable' });
    behaviour.loseAnswers = false;
    expect(await deliver()).toBe(true);
    await deliver();
    expect(taken).toEqual([key]);
  });

  it('holds nothing of a change that was rolled back', async () => {
    const undone = inTransaction(database.db, async (trx) => {
      await putInOutbox(trx, entry(4));
      throw new Error('the change failed');
    });
    await expect(undone).rejects.toThrow('the change failed');
    expect(await deliver()).toBe(true);
    expect(taken).toEqual([]);
  });
});
