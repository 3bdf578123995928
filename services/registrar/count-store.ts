/**
 * Counts of a day, for the census, and how many records live. Whoever can modify these rows can make the census
 * wrong, which shows when it does not reconcile with keepers, gateways and leaves.
 */
import { addCount, closeDays } from '@answerable/kit/daily-count';
import type { Kysely } from 'kysely';
import { censusOfRoutes } from './figures.ts';
import type { RegistrarTables } from './schema.ts';

export function countQueries(db: Kysely<RegistrarTables>) {
  return {
    count: (day: string, kind: string, by = 1): Promise<void> => addCount(db, day, kind, by),

    /** The counts of days that are over, for the log; `live-records` and its like are as of now. */
    closeDays: (party: string, today: string): Promise<void> =>
      closeDays(db, {
        party,
        today,
        also: async (trx, day) => {
          const rows = await trx
            .selectFrom('record')
            .select((column) => ['standing', column.fn.countAll<number>().as('count')])
            .groupBy('standing')
            .execute();
          const none = { 'live-records': 0, 'suspended-records': 0, 'ended-records': 0 };
          const counted = rows.map(({ standing, count }) => [`${standing}-records`, count]);
          const taken = await trx.selectFrom('route_count').selectAll().where('day', '=', day).execute();
          return { ...censusOfRoutes(taken), ...none, ...Object.fromEntries(counted) };
        },
      }),
  };
}
