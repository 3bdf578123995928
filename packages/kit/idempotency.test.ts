import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { idempotencyMigration, withIdempotency } from './idempotency.ts';
import { type TestDatabase, testDatabase } from './testing/test-database.ts';

interface Ledger {
  act: { id: number };
}
let place: TestDatabase;
let ledger: Database<Ledger>;
beforeAll(async () => {
  place = await testDatabase('ledger');
  const up = 'create table act (id bigint generated always as identity)';
  ledger = await openDatabase<Ledger>({
    url: place.url,
    migrations: [idempotencyMigration, { name: '001-act', up }],
  });
});
afterAll(async () => {
  await ledger.close();
  await place.drop();
});

const act = (key: string, fail = false) =>
  ledger.db.transaction().execute((trx) =>
    withIdempotency(trx, key, async () => {
      const row = await trx.insertInto('act').defaultValues().returning('id').executeTakeFirstOrThrow();
      if (fail) throw new Error('power cut');
      return { number: row.id };
    }),
  );
const acts = async () => (await ledger.db.selectFrom('act').selectAll().execute()).length;

it('acts once, also when two come at the same instant', async () => {
  const [a, b] = await Promise.all([act('k1'), act('k1')]);
  expect(a).toEqual(b);
  expect(await act('k1')).toEqual(a);
  expect(await acts()).toBe(1);
});

it('leaves no key behind when the work failed', async () => {
  const before = await acts();
  await expect(act('k2', true)).rejects.toThrow('power cut');
  expect(await acts()).toBe(before);
  await act('k2');
  expect(await acts()).toBe(before + 1);
});
