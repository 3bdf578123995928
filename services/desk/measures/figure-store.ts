/** What the desk asks about its figures: sums of days, what waits now, and whether a day is what its events say. */
import type { Clock } from '@answerable/kit/clock';
import { type Kysely, sql } from 'kysely';
import { queues } from '../casework/queue.ts';
import type { DeskTables } from '../schema.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { Period } from './periods.ts';
import { recountOpenDays, tallyDay } from './recount.ts';
import type { Tally } from './tally.ts';
import { keepTallies, sumsByDay, sumsOf, waitingNow } from './tally-store.ts';

export interface QueueCount {
  queue: string;
  count: number;
  /** when the case that has waited longest was opened */
  oldest: string | null;
}

export type FigureStore = ReturnType<typeof createFigureStore>;

export function createFigureStore(db: Kysely<DeskTables>, clock: Clock) {
  return {
    /** `from` and `to` are days, `YYYY-MM-DD` in UTC, both included; today counts as far as it has come. */
    async between(from: string, to: string): Promise<Figures> {
      return figuresOf(from, to, await sumsOf(db, from, to));
    },

    /** The figures of each of these periods, which follow one another. */
    async of(periods: readonly Period[]): Promise<Figures[]> {
      const [first, last] = [periods[0], periods.at(-1)];
      if (!first || !last) return [];
      const sums = await sumsByDay(db, first.from, last.to);
      return periods.map(({ from, to }) =>
        figuresOf(
          from,
          to,
          sums.filter(({ day }) => day >= from && day <= to),
        ),
      );
    },

    /** The first and the last day whose figures stay as they are. */
    async closedDays(): Promise<{ first: string; last: string } | undefined> {
      const { rows } = await sql<{ first: string | null; last: string | null }>`
        select min(day) as first, max(day) as last from tally_closed`.execute(db);
      const { first, last } = rows[0] ?? { first: null, last: null };
      return first === null || last === null ? undefined : { first, last };
    },

    /** Every queue, also an empty one; no case is looked at but the oldest of each. */
    async waiting(): Promise<QueueCount[]> {
      const [waiting, oldest] = await Promise.all([waitingNow(db), oldestOf(db)]);
      return queues.map((queue) => ({
        queue,
        count: waiting.get(queue) ?? 0,
        oldest: oldest.get(queue) ?? null,
      }));
    },

    /** Folds and closes what is ready for it. */
    look: () => keepTallies(db, clock.now()),

    /** Counts the open days and what waits again, from events and cases. */
    recount: () => recountOpenDays(db),

    /** What the events of a day add up to; undefined where some were erased. */
    countAgain: (day: string): Promise<Tally[] | undefined> => tallyDay(db, day),
  };
}

async function oldestOf(db: Kysely<DeskTables>): Promise<Map<string, string>> {
  const { rows } = await sql<{ queue: string; oldest: string }>`
    select queue, oldest from unnest(${[...queues]}::text[]) as named(queue) cross join lateral (
      select opened_at as oldest from case_file
      where case_file.queue = named.queue and case_file.queue <> 'closed'
      order by opened_at limit 1
    ) first`.execute(db);
  return new Map(rows.map(({ queue, oldest }) => [queue, oldest]));
}
