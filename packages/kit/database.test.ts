import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Database, inTransaction, openDatabase, uniqueViolation, withConnection } from './database.ts';
import { problemOf } from './problem.ts';
import { type TestDatabase, testDatabase } from './testing/test-database.ts';

interface Shelf {
  book: { title: string; copies: number; arrived: string | null };
}
const migrations = [
  {
    name: '001-books',
    up: 'create table book (title text primary key, copies bigint not null, arrived date)',
  },
];

describe('openDatabase', () => {
  let place: TestDatabase;
  let shelf: Database<Shelf>;
  beforeAll(async () => {
    place = await testDatabase('shelf');
    shelf = await openDatabase<Shelf>({ url: place.url, migrations });
  });
  afterAll(async () => {
    await shelf.close();
    await place.drop();
  });

  it('gives counters as numbers and days as text', async () => {
    await shelf.db.insertInto('book').values({ title: 'a', copies: 3, arrived: '2026-11-23' }).execute();
    const row = await shelf.db
      .selectFrom('book')
      .selectAll()
      .where('title', '=', 'a')
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ title: 'a', copies: 3, arrived: '2026-11-23' });
  });

  it('runs migrations once when two processes start at the same instant', async () => {
    const both = await Promise.all([1, 2].map(() => openDatabase<Shelf>({ url: place.url, migrations })));
    await Promise.all(both.map((one) => one.close()));
    await expect(
      openDatabase({ url: place.url, migrations: [{ name: '001-books', up: 'select 1' }] }),
    ).rejects.toThrow('Migration 001-books was changed');
  });

  it('prepares a statement once; a column that comes later breaks none that is open', async () => {
    const own = await openDatabase<Shelf>({ url: place.url, migrations, poolMax: 1 });
    const titles = () => own.db.selectFrom('book').select('title').where('title', '=', 'a').execute();
    const whole = () => own.db.selectFrom('book').selectAll().where('title', '=', 'a').execute();
    const listed = () =>
      own.db.selectFrom('book').select('copies').where('title', 'in', ['a', 'b']).execute();
    const all = () => Promise.all([titles(), whole(), listed()]);
    const before = await all();
    await all();
    const { rows } = await sql<{
      statement: string;
    }>`select statement from pg_prepared_statements where statement like '%book%'`.execute(own.db);
    expect(rows.map(({ statement }) => statement)).toEqual(['select "title" from "book" where "title" = $1']);
    await withConnection(place.url, (run) => run('alter table book add column lent boolean'));
    const [names, wholes] = await all();
    expect(names).toEqual(before[0]);
    expect(wholes).toEqual(before[1].map((row) => ({ ...row, lent: null })));
    await withConnection(place.url, (run) => run('alter table book drop column lent'));
    await own.close();
  });

  it('names the violated index', async () => {
    const insert = () =>
      shelf.db.insertInto('book').values({ title: 'twice', copies: 1, arrived: null }).execute();
    await insert();
    const error = await insert().catch((problem: unknown) => problem);
    expect(uniqueViolation(error)).toBe('book_pkey');
    expect(uniqueViolation(new Error('book_pkey'))).toBeUndefined();
  });

  it('loses no update when transactions run across each other', async () => {
    await shelf.db.insertInto('book').values({ title: 'busy', copies: 0, arrived: null }).execute();
    const buy = () =>
      inTransaction(shelf.db, async (trx) => {
        const { copies } = await trx
          .selectFrom('book')
          .select('copies')
          .where('title', '=', 'busy')
          .executeTakeFirstOrThrow();
        await trx
          .updateTable('book')
          .set({ copies: copies + 1 })
          .where('title', '=', 'busy')
          .execute();
      });
    await Promise.all([buy(), buy(), buy()]);
    const row = await shelf.db
      .selectFrom('book')
      .select('copies')
      .where('title', '=', 'busy')
      .executeTakeFirstOrThrow();
    expect(row.copies).toBe(3);
  });

  it('outlives a server that ends its connections, in the middle of a transaction too', async () => {
    const ended = inTransaction(shelf.db, async (trx) => {
      await trx.insertInto('book').values({ title: 'half', copies: 1, arrived: null }).execute();
      await withConnection(inject('postgresAdminUrl'), (run) =>
        run('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
          new URL(place.url).pathname.slice(1),
        ]),
      );
      // Long enough for the word of the server to arrive while no query waits for it.
      await new Promise((resolve) => setTimeout(resolve, 200));
      await trx.insertInto('book').values({ title: 'other half', copies: 1, arrived: null }).execute();
    });
    expect(problemOf(await ended.catch((error: unknown) => error)).code).toBe('unavailable');
    const rows = await shelf.db.selectFrom('book').selectAll().where('title', 'like', '%half').execute();
    expect(rows).toEqual([]);
  });

  it.each(['postgresql://nobody@127.0.0.1:9/none', 'postgresql://nobody@no-such-host.invalid/none'])(
    'one that cannot be reached is away: %s',
    async (url) => {
      const error = await openDatabase({ url, migrations: [] }).catch((problem: unknown) => problem);
      expect(problemOf(error).code).toBe('unavailable');
    },
  );

  it.each([
    ['a NUL', 'a\0b', null],
    ['a day that is none', 'february', '2026-02-31'],
  ])('what PostgreSQL cannot keep was malformed: %s', async (_name, title, arrived) => {
    const kept = shelf.db.insertInto('book').values({ title, copies: 1, arrived }).execute();
    const problem = problemOf(await kept.catch((error: unknown) => error));
    expect(problem).toMatchObject({ code: 'malformed', status: 400 });
    expect(JSON.stringify(problem)).not.toMatch(/a\\u0000b|february/);
  });
});
