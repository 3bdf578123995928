/**
 * Everything a keeper keeps; of recall in recall-store.ts. Whoever can modify these tables can make the day's
 * totals wrong, which shows against the registrar's; and cannot learn which name a tag is for.
 */
import { closeDays } from '@answerable/kit/daily-count';
import { inTransaction } from '@answerable/kit/database';
import type { Kysely } from 'kysely';
import { count } from './count.ts';
import { recallQueries } from './recall-store.ts';
import { closeRefereeDay } from './referee-store.ts';
import type { KeeperTables } from './schema.ts';

export type KeeperStore = ReturnType<typeof keeperStore>;

export function keeperStore(db: Kysely<KeeperTables>) {
  return {
    ...recallQueries(db),

    /** Counts a batch for its session. `repeated`: the very same batch again, counted once. */
    countTagBatch(session: string, batch: string, evaluations: number, day: string) {
      return inTransaction(db, async (trx) => {
        const inserted = await trx
          .insertInto('tag_session')
          .values({ session, batch, evaluations, day })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (inserted.numInsertedOrUpdatedRows === 0n) {
          const kept = await trx
            .selectFrom('tag_session')
            .select('batch')
            .where('session', '=', session)
            .executeTakeFirstOrThrow();
          return kept.batch === batch ? ('repeated' as const) : ('refused' as const);
        }
        await count(trx, day, 'tag-sessions', 1);
        await count(trx, day, 'tag-evaluations', evaluations);
        return 'counted' as const;
      });
    },

    /**
     * The totals of days that are over, for the log; and with them goes what was kept to refuse repetitions,
     * which by then are refused for their age.
     */
    closeDays: (party: string, today: string): Promise<void> =>
      closeDays(db, {
        party,
        today,
        also: async (trx, day) => {
          await trx.deleteFrom('spent_token').where('day', '<', day).execute();
          await trx.deleteFrom('tag_session').where('day', '<', day).execute();
          return closeRefereeDay(trx, day);
        },
      }),
  };
}
