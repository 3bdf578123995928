/** The desk's append-only records: order, locks, and what a change to one of them shows. */
import { openDatabase } from '@answerable/kit/database';
import { testDatabase } from '@answerable/kit/testing/test-database';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendRecord, firstLedgerBreak, readRecords } from './ledger.ts';
import { type DeskTables, migrations } from './schema.ts';

describe('the ledger', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let opened: Awaited<ReturnType<typeof openDatabase<DeskTables>>>;
  beforeAll(async () => {
    database = await testDatabase('ledger');
    opened = await openDatabase<DeskTables>({ url: database.url, migrations, poolMax: 6 });
  });
  afterAll(async () => {
    await opened.close();
    await database.drop();
  });
  const add = (chain: string, body: object, at = '2026-11-27T10:00:00.000Z') =>
    opened.db.transaction().execute((trx) => appendRecord(trx, chain, { at, who: 'Robin', body }));

  it('keeps twenty records written at once, one after the other', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => add('at-once', { n })));
    const records = await readRecords(opened.db, 'at-once');
    expect(records.map((one) => one.seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(firstLedgerBreak('at-once', records)).toBeUndefined();
  });

  it('goes forward when the clock goes back', async () => {
    await add('clock', { n: 1 }, '2026-11-27T10:00:00.000Z');
    const later = await add('clock', { n: 2 }, '2026-11-20T10:00:00.000Z');
    expect(later.at).toBe('2026-11-27T10:00:00.000Z');
  });

  it.each([
    ['a changed body', sql`update ledger set body = '{"n":9}' where chain = 'kept' and seq = 2`, 2],
    ['another name', sql`update ledger set who = 'Sam' where chain = 'kept' and seq = 2`, 2],
    ['a record left out', sql`delete from ledger where chain = 'kept' and seq = 2`, 2],
  ])('shows %s', async (_sin, change, place) => {
    await sql`delete from ledger where chain = 'kept'`.execute(opened.db);
    for (const n of [1, 2, 3]) await add('kept', { n });
    await change.execute(opened.db);
    expect(firstLedgerBreak('kept', await readRecords(opened.db, 'kept'))).toBe(place);
  });

  it('does not take a record for one of another chain', async () => {
    await add('mine', { n: 1 });
    expect(firstLedgerBreak('yours', await readRecords(opened.db, 'mine'))).toBe(1);
  });
});
