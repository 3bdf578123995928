/**
 * Counts of a day, for the census. Whoever can modify this table can make the census wrong, which shows when it
 * does not reconcile with keepers, gateways and leaves.
 */
import { putInOutbox } from '@answerable/kit/log-outbox';
import type { LogEntry } from '@answerable/protocol/log/entries';
import { type Kysely, sql } from 'kysely';
import type { RegistrarTables } from './schema.ts';

export function countQueries(db: Kysely<RegistrarTables>) {
  return {
    async count(day: string, kind: string, by = 1): Promise<void> {
      await addCount(db, day, kind, by);
    },

    async liveRecords(): Promise<number> {
      const row = await db
        .selectFrom('record')
        .select((column) => column.fn.countAll<number>().as('count'))
        .where('closed', '=', false)
        .executeTakeFirstOrThrow();
      return row.count;
    },

    /** Days before `today` whose census is not in the log yet. */
    async openDays(today: string): Promise<string[]> {
      const days = await db
        .selectFrom('daily_count')
        .select('day')
        .distinct()
        .where('day', '<', today)
        .orderBy('day')
        .execute();
      return days.map(({ day }) => day);
    },

    /** Hands a day's counts to the log's outbox and forgets them, in one transaction. */
    async closeDay(day: string, entryOf: (counts: Record<string, number>) => LogEntry): Promise<void> {
      await db.transaction().execute(async (trx) => {
        const rows = await trx.deleteFrom('daily_count').where('day', '=', day).returningAll().execute();
        if (rows.length > 0)
          await putInOutbox<RegistrarTables>(
            trx,
            entryOf(Object.fromEntries(rows.map((row) => [row.kind, row.count]))),
          );
      });
    },
  };
}

/** Counts in the caller's transaction. */
export async function addCount(
  db: Kysely<RegistrarTables>,
  day: string,
  kind: string,
  by: number,
): Promise<void> {
  await db
    .insertInto('daily_count')
    .values({ day, kind, count: by })
    .onConflict((conflict) =>
      conflict.columns(['day', 'kind']).doUpdateSet({ count: sql<number>`daily_count.count + ${by}` }),
    )
    .execute();
}
