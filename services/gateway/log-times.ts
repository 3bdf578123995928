/**
 * When a head of the log was first seen by any gateway on this database: so two of them say the same of a checkpoint's
 * age, and one that was started again has not forgotten it. Whoever can modify this table can have an old checkpoint
 * taken, or a fresh one refused; and cannot have one believed that the log never had.
 */
import { after } from '@answerable/kit/clock';
import type { Migration } from '@answerable/kit/database';
import type { Kysely } from 'kysely';

/** Longer than any policy lets a checkpoint be shown. */
const keptDays = 2;

export interface LogTimesTables {
  log_head: { size: number; seen_at: Date };
}

export const logTimesMigration: Migration = {
  name: 'log-001-head-times',
  up: `
    create table log_head (size bigint primary key, seen_at timestamptz not null);
    create index log_head_seen on log_head (seen_at);
  `,
};

export type LogTimes = ReturnType<typeof logTimes>;

export function logTimes<T extends LogTimesTables>(given: Kysely<T>) {
  const db = given as unknown as Kysely<LogTimesTables>;
  return {
    /** The first who saw it counts. */
    async keep(size: number, seen_at: Date): Promise<void> {
      await db
        .insertInto('log_head')
        .values({ size, seen_at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /** When the first head that is larger was seen; undefined if none was. */
    async overtaken(size: number): Promise<Date | undefined> {
      const larger = db.selectFrom('log_head').select('seen_at').where('size', '>', size);
      return (await larger.orderBy('size').limit(1).executeTakeFirst())?.seen_at;
    },

    /** Drops what is old; never the newest, which says of all before it that they were overtaken. */
    async sweep(now: Date): Promise<void> {
      await db
        .deleteFrom('log_head')
        .where('seen_at', '<', after(now, { days: -keptDays }))
        .where('size', '<', (newest) =>
          newest.selectFrom('log_head').select((eb) => eb.fn.max('size').as('size')),
        )
        .execute();
    },
  };
}
