/**
 * The figures as they are kept. Whoever can modify these tables can publish false numbers, which shows when a
 * day is counted again from its events; and cannot change a case, or learn who anybody is.
 * Changes are only added and folded later, so that two cases never wait for each other; what is read is always
 * the sum of both, in one statement, and so never drifts.
 */
import { hashOf } from '@answerable/protocol/canonical';
import { messageLabels } from '@answerable/protocol/labels';
import { type Kysely, sql } from 'kysely';
import { appendRecord } from '../ledger.ts';
import type { DeskTables } from '../schema.ts';
import { always, type FigureName, type Tally } from './tally.ts';

/** Changes that are folded in one statement. */
const foldMax = 5_000;
/** Days that are closed in one look; a desk that slept longer needs a few looks. */
const closeMax = 60;
const msPerDay = 86_400_000;
/** After midnight, before the day is closed: what was begun on it is long written. */
const closeDelayMs = 3_600_000;
/** Held by the one desk that folds, closes or counts again. */
export const tallyLock = 7_214_407;

export interface Summed {
  figure: FigureName;
  part: string;
  value: number;
  n: number;
}

/** Adds in the caller's transaction. */
export async function putTallies(trx: Kysely<DeskTables>, tallies: readonly Tally[]): Promise<void> {
  if (tallies.length === 0) return;
  const merged = new Map<string, Tally>();
  for (const tally of tallies) {
    const key = [tally.day, tally.figure, tally.part, tally.value].join(' ');
    merged.set(key, { ...tally, n: tally.n + (merged.get(key)?.n ?? 0) });
  }
  const rows = [...merged.values()].filter((one) => one.n !== 0);
  if (rows.length === 0) return;
  const columns = ['day', 'figure', 'part', 'value', 'n'] as const;
  const lists = columns.map((name) => rows.map((row) => row[name]));
  await sql`insert into tally_change (day, figure, part, value, n)
    select * from unnest(${lists[0]}::text[], ${lists[1]}::text[], ${lists[2]}::text[], ${lists[3]}::integer[], ${lists[4]}::bigint[])`.execute(
    trx,
  );
}

/** Folds what came, and closes the days that are over. Stands back where another desk does, or all is counted again. */
export async function keepTallies(db: Kysely<DeskTables>, now: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ free: boolean }>`
      select pg_try_advisory_xact_lock(${tallyLock}) as free`.execute(trx);
    if (!rows[0]?.free) return;
    await foldTallies(trx);
    await closeDays(trx, now);
  });
}

// What comes for a day that is closed, because a clock went back, counts for the first that is open.
async function foldTallies(db: Kysely<DeskTables>): Promise<void> {
  let folded = foldMax;
  while (folded >= foldMax) {
    const { rows } = await sql<{ folded: number }>`
      with gone as (
        delete from tally_change where id in (
          select id from tally_change order by id limit ${foldMax}
        ) returning day, figure, part, value, n
      ), counted as (
        select case when day = ${always} then day
            else greatest(day, (select to_char(max(day)::date + 1, 'YYYY-MM-DD') from tally_closed)) end as day,
          figure, part, value, sum(n) as n
        from gone group by 1, 2, 3, 4
      ), kept as (
        insert into tally (day, figure, part, value, n)
          select day, figure, part, value, n from counted order by day, figure, part, value
        on conflict (day, figure, part, value) do update set n = tally.n + excluded.n
      )
      select count(*) as folded from gone`.execute(db);
    folded = rows[0]?.folded ?? 0;
  }
}

// Every day that is over: its figures are as they are from now on, and the ledger has their hash.
async function closeDays(db: Kysely<DeskTables>, now: Date): Promise<void> {
  const last = dayAt(now.getTime() - closeDelayMs - msPerDay);
  const { rows } = await sql<{ day: string | null }>`
    select coalesce(
      (select to_char(max(day)::date + 1, 'YYYY-MM-DD') from tally_closed),
      (select min(day) from tally where day <> ${always})
    ) as day`.execute(db);
  let day = rows[0]?.day ?? null;
  for (let closed = 0; day !== null && day <= last && closed < closeMax; closed += 1) {
    await closeDay(db, day, now.toISOString());
    day = dayAt(Date.parse(day) + msPerDay);
  }
}

async function closeDay(trx: Kysely<DeskTables>, day: string, at: string): Promise<void> {
  const hash = hashOf(messageLabels.dayFigures, await keptOf(trx, day));
  await trx.insertInto('tally_closed').values({ day, hash }).execute();
  await appendRecord(trx, 'figures', { at, who: 'desk', body: { day, hash } });
}

/** What is folded into a day, in order: what its hash is over. */
async function keptOf(db: Kysely<DeskTables>, day: string): Promise<Summed[]> {
  const { rows } = await sql<Summed>`
    select figure, part, value, n from tally where day = ${day} and n <> 0 order by 1, 2, 3`.execute(db);
  return rows;
}

/** Sums over the days from `from` to `to`, both included. */
export async function sumsOf(db: Kysely<DeskTables>, from: string, to: string): Promise<Summed[]> {
  const { rows } = await sql<Summed>`
    select figure, part, value, sum(n)::bigint as n from (
      select figure, part, value, n from tally where day between ${from} and ${to}
      union all
      select figure, part, value, n from tally_change where day between ${from} and ${to}
    ) both_of_them group by 1, 2, 3 having sum(n) <> 0 order by 1, 2, 3`.execute(db);
  return rows;
}

/** The same day by day. */
export async function sumsByDay(
  db: Kysely<DeskTables>,
  from: string,
  to: string,
): Promise<(Summed & { day: string })[]> {
  const { rows } = await sql<Summed & { day: string }>`
    select day, figure, part, value, sum(n)::bigint as n from (
      select day, figure, part, value, n from tally where day between ${from} and ${to}
      union all
      select day, figure, part, value, n from tally_change where day between ${from} and ${to}
    ) both_of_them group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4`.execute(db);
  return rows;
}

/** How many cases wait in each queue, without looking at a case. */
export async function waitingNow(db: Kysely<DeskTables>): Promise<Map<string, number>> {
  const { rows } = await sql<{ part: string; n: number }>`
    select part, sum(n)::bigint as n from (
      select part, n from tally where day = ${always} and figure = 'waiting'
      union all
      select part, n from tally_change where day = ${always} and figure = 'waiting'
    ) both_of_them group by part`.execute(db);
  return new Map(rows.map(({ part, n }) => [part, n]));
}

export const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
