/**
 * How often who vouched, by the day: all that is kept of it. Whoever can modify this table can let a referee vouch
 * more often than allowed; the day's total in the census is counted apart.
 */
import { addCount } from '@answerable/kit/daily-count';
import { Refusal } from '@answerable/protocol/refusal';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { RegistrarTables } from '../schema.ts';

const daysOf = { day: 1, week: 7, year: 365 } as const;
type Span = keyof typeof daysOf;

const spans = (day: number, week: number, year: number) =>
  z.strictObject({
    day: z.int().min(0).default(day),
    week: z.int().min(0).default(week),
    year: z.int().min(0).default(year),
  });
/** How many people may be vouched for in a day, in seven days, in 365. */
export const refereeLimits = z.strictObject({
  perReferee: spans(5, 15, 150).prefault({}),
  perOrganisation: spans(20, 60, 1_000).prefault({}),
});
export type RefereeLimits = z.infer<typeof refereeLimits>;

export type VouchStore = ReturnType<typeof vouchStore>;

export function vouchStore(db: Kysely<RegistrarTables>, limits: RefereeLimits) {
  const requireRoom = async (
    trx: Kysely<RegistrarTables>,
    who: { staffId: string; organisation: string },
    today: string,
  ): Promise<void> => {
    const counted = async (column: 'staff_id' | 'organisation_id', id: string, span: Span) => {
      const row = await trx
        .selectFrom('vouching')
        .select((is) => is.fn.sum<string | null>('count').as('count'))
        .where(column, '=', id)
        .where(sql<boolean>`day > ${today}::date - ${daysOf[span]}::integer`)
        .executeTakeFirstOrThrow();
      return Number(row.count ?? 0);
    };
    for (const span of Object.keys(daysOf) as Span[]) {
      const own = await counted('staff_id', who.staffId, span);
      const all = await counted('organisation_id', who.organisation, span);
      if (own >= limits.perReferee[span] || all >= limits.perOrganisation[span])
        throw new Refusal('referee_limit');
    }
  };

  return {
    /** Refuses `referee_limit`, and counts that somebody came to it. */
    async requireRoom(who: { staffId: string; organisation: string }, today: string): Promise<void> {
      await requireRoom(db, who, today).catch(async (error) => {
        await addCount<RegistrarTables>(db, today, 'referee-limit-met');
        throw error;
      });
    },

    /** Counts one more. Refuses `referee_limit`: two at once are one after the other. */
    count: (who: { staffId: string; organisation: string }, today: string): Promise<void> =>
      db.transaction().execute(async (trx) => {
        await sql`select pg_advisory_xact_lock(hashtextextended(${`vouch ${who.organisation}`}, 0))`.execute(
          trx,
        );
        await requireRoom(trx, who, today);
        await sql`insert into vouching (day, staff_id, organisation_id, count)
          values (${today}, ${who.staffId}, ${who.organisation}, 1)
          on conflict (day, staff_id) do update set count = vouching.count + 1`.execute(trx);
        await addCount<RegistrarTables>(trx, today, 'vouched');
      }),

    anomaly: (today: string, kind: 'referee-code-unknown' | 'referee-own-word'): Promise<void> =>
      addCount<RegistrarTables>(db, today, kind),
  };
}
