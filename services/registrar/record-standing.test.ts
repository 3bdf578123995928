import { type Database, openDatabase } from '@answerable/kit/database';
import { type TestDatabase, testDatabase } from '@answerable/kit/testing/test-database';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { suspensionStore } from './console/suspension-store.ts';
import { countQueries } from './count-store.ts';
import { lifeQueries } from './life-store.ts';
import { end, lift, requireLive, revive, suspend } from './record-standing.ts';
import { migrations, type RegistrarTables } from './schema.ts';

const day = '2026-11-27';
let database: TestDatabase;
let opened: Database<RegistrarTables>;
beforeAll(async () => {
  database = await testDatabase('standing');
  opened = await openDatabase<RegistrarTables>({ url: database.url, migrations });
});
afterAll(async () => {
  await opened?.close();
  await database?.drop();
});

const record = { id: 'one', flags: '{}', enrolled: day, recall_id: 'recall' };
const defaults = { resets: 0, recall_opened: 0, recall_version: 0, refill_told: true } as const;
beforeEach(async () => {
  await opened.db.deleteFrom('record').execute();
  await opened.db
    .insertInto('record')
    .values({ ...record, ...defaults, standing: 'live' })
    .execute();
});

type Act = Parameters<typeof inOne>[0];
const inOne = (act: (trx: Parameters<typeof lift>[0]) => Promise<void>) =>
  opened.db.transaction().execute(act);
const now = () =>
  opened.db.selectFrom('record').select(['standing', 'standing_reason']).executeTakeFirstOrThrow();

const dead: Act = (trx) => suspend(trx, 'one', { reason: 'death', day });
const lifted: Act = (trx) => lift(trx, 'one', day);
const ended: Act = (trx) => end(trx, 'one', { reason: 'own-wish', day });

describe('the census', () => {
  it('says how many records stand how, and what was done, by day; nothing of whom', async () => {
    await inOne(dead);
    await opened.db
      .insertInto('record')
      .values({ ...record, ...defaults, id: 'two', recall_id: 'another', standing: 'live' })
      .execute();
    await countQueries(opened.db).closeDays('registrar', '2026-11-28');
    const { rows } = await sql<{
      entry: unknown;
    }>`select to_jsonb(o)::text as entry from log_outbox o`.execute(opened.db);
    const text = rows.map(({ entry }) => String(entry)).join();
    for (const line of ['live-records', 'suspended-records', 'ended-records', 'suspensions'])
      expect(text).toContain(line);
    expect(text).toMatch(/live-records[\\": ]+1\b/);
    expect(text).toMatch(/suspended-records[\\": ]+1\b/);
    expect(text).toMatch(/ended-records[\\": ]+0\b/);
    expect(text).not.toContain('two');
  });
});

describe('a record', () => {
  it('is suspended, lifted, suspended and ended', async () => {
    requireLive(await now());
    await inOne(dead);
    expect(await now()).toEqual({ standing: 'suspended', standing_reason: 'death' });
    const suspended = await now();
    expect(() => requireLive(suspended)).toThrow(expect.objectContaining({ code: 'record_suspended' }));
    await inOne(lifted);
    requireLive(await now());
    await inOne(dead);
    await inOne(ended);
    const over = await now();
    expect(() => requireLive(over)).toThrow(expect.objectContaining({ code: 'record_ended' }));
  });

  it('refuses what does not come next', async () => {
    await expect(inOne(lifted)).rejects.toMatchObject({ code: 'session_state' });
    await inOne(dead);
    await expect(inOne(dead)).rejects.toMatchObject({ code: 'session_state' });
    await inOne(ended);
    for (const act of [dead, lifted, ended])
      await expect(inOne(act)).rejects.toMatchObject({ code: 'session_state' });
    await expect(inOne((trx) => lift(trx, 'another', day))).rejects.toMatchObject({ code: 'session_state' });
  });
});

describe('what is erased', () => {
  const later = '2040-01-01';
  const days = { retentionDays: 1, tagsKeptDays: 2 };
  const eraseEnded: ReturnType<typeof lifeQueries>['eraseEnded'] = (...asked) =>
    lifeQueries(opened.db).eraseEnded(...asked);

  it('is nothing of who comes back in that very moment', async () => {
    await inOne(ended);
    let going: Promise<void> | undefined;
    await inOne(async (trx) => {
      await revive(trx, 'one', day);
      going = eraseEnded(later, days);
      await new Promise((wait) => setTimeout(wait, 300));
    });
    await going;
    const kept = await opened.db.selectFrom('record').select(['standing', 'identity_erased']).execute();
    expect(kept).toEqual([{ standing: 'live', identity_erased: null }]);
  });

  it('is also a wish to suspend it that nobody answered', async () => {
    const { db } = opened;
    await db
      .insertInto('record_key')
      .values({ record_point: 'R', record_id: 'one', resets: 0, entropy: 'e', current: true })
      .execute();
    const admin = { id: 'a', name: 'A' };
    await db
      .insertInto('staff')
      .values({
        id: 'a',
        name: 'A',
        name_key: 'a',
        roles: '["admin"]',
        organisation_id: null,
        invited: day,
        joined: day,
        removed: null,
      })
      .execute();
    await suspensionStore(db).say('R', { wish: 'suspend', reason: 'fraud' }, admin, day);
    await inOne(ended);
    await eraseEnded(later, days);
    expect(await db.selectFrom('record').select('id').execute()).toEqual([]);
  });
});
