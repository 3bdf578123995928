/**
 * Queries about the shift: minutes, limits, breaks, notes, and who has which cases in hand. Trust: see
 * shift-schema.ts.
 */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { DeskTables } from '../schema.ts';

const daysKept = 31;
const notesMax = 50;
const noteDaysKept = 14;
const casesMax = 100;
const msPerDay = 86_400_000;

export type ShiftStore = ReturnType<typeof createShiftStore>;

export function createShiftStore(db: Kysely<DeskTables>) {
  const daysBefore = (at: Date, days: number) => new Date(at.getTime() - days * msPerDay);
  return {
    async addMinutes(name: string, now: Date, minutes: number): Promise<void> {
      const day = now.toISOString().slice(0, 10);
      await db
        .insertInto('exposure_day')
        .values({ name, day, minutes })
        .onConflict((conflict) =>
          conflict
            .columns(['name', 'day'])
            .doUpdateSet({ minutes: sql`exposure_day.minutes + excluded.minutes` }),
        )
        .execute();
      const first = daysBefore(now, daysKept).toISOString().slice(0, 10);
      await db.deleteFrom('exposure_day').where('day', '<', first).execute();
    },

    async minutes(name: string, day: string): Promise<number> {
      const row = db
        .selectFrom('exposure_day')
        .select('minutes')
        .where('name', '=', name)
        .where('day', '=', day);
      return (await row.executeTakeFirst())?.minutes ?? 0;
    },

    ownDays: (name: string) =>
      db
        .selectFrom('exposure_day')
        .select(['day', 'minutes'])
        .where('name', '=', name)
        .orderBy('day', 'desc')
        .limit(7)
        .execute(),

    /** Everybody's together; never whose. */
    totals: () =>
      db
        .selectFrom('exposure_day')
        .select((is) => [
          'day',
          is.fn.sum<number>('minutes').as('minutes'),
          is.fn.countAll<number>().as('people'),
        ])
        .groupBy('day')
        .orderBy('day', 'desc')
        .limit(7)
        .execute(),

    choice: (name: string) =>
      db.selectFrom('rest_choice').selectAll().where('name', '=', name).executeTakeFirst(),

    async choose(
      name: string,
      change: Partial<{ minutes: number | null; break_after: number | null; break_until: string | null }>,
    ): Promise<void> {
      await db
        .insertInto('rest_choice')
        .values({ name, minutes: null, break_after: null, break_until: null, ...change })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(change))
        .execute();
    },

    notes: () => db.selectFrom('shift_note').selectAll().orderBy('at', 'desc').limit(notesMax).execute(),

    async keepNote(row: { note: string; by_name: string; at: string; words: string }): Promise<void> {
      await db.insertInto('shift_note').values(row).execute();
      const first = daysBefore(new Date(row.at), noteDaysKept).toISOString();
      await db.deleteFrom('shift_note').where('at', '<', first).execute();
    },

    takeDownNote: (note: string) => db.deleteFrom('shift_note').where('note', '=', note).execute(),

    casesOf: (name: string) =>
      db
        .selectFrom('case_file')
        .select(['case_id', 'kind', 'reports', 'due_at', 'state'])
        .where('assigned_to', '=', name)
        .where('queue', '<>', 'closed')
        .orderBy('due_at')
        .limit(casesMax)
        .execute(),

    /** Working names of those who can take a case now. */
    async colleagues(name: string): Promise<string[]> {
      const rows = await db
        .selectFrom('staff')
        .select(['name', 'roles'])
        .where('removed_at', 'is', null)
        .where('joined_at', 'is not', null)
        .where('name', '<>', name)
        .orderBy('name')
        .execute();
      return rows.filter(({ roles }) => roles.some((role) => role !== 'observer')).map((row) => row.name);
    },
  };
}
