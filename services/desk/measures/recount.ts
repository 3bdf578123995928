/**
 * The figures counted again from the events: by whoever doubts them, and where a table was lost. A day is counted
 * from the cases in which something happened on it, each folded from its beginning.
 * Assumes: no event of these cases was erased yet; where one was, the figures that were published stand.
 */

import { Refusal } from '@answerable/protocol/refusal';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { CaseEvent } from '../casework/event.ts';
import type { CaseState } from '../casework/state.ts';
import { transition } from '../casework/transition.ts';
import type { DeskTables } from '../schema.ts';
import { goldenTallies } from './golden-store.ts';
import { always, type Tally, talliesBetween } from './tally.ts';
import { dayAt, putTallies, tallyLock } from './tally-store.ts';

/** Cases that are read at once. */
const casesAtOnce = 200;
const msPerDay = 86_400_000;

/** What the events of `day` add up to; undefined if one of them was erased. */
export async function tallyDay(db: Kysely<DeskTables>, day: string): Promise<Tally[] | undefined> {
  const next = dayAt(Date.parse(day) + msPerDay);
  const tallies: Tally[] = [];
  let after = '';
  for (;;) {
    const { rows } = await sql<{ case_id: string }>`
      select distinct case_id from event where at >= ${day} and at < ${next} and case_id > ${after}
      order by case_id limit ${casesAtOnce}`.execute(db);
    if (rows.length === 0) return tallies;
    after = rows.at(-1)!.case_id;
    const counted = await tallyCases(
      db,
      rows.map((row) => row.case_id),
    );
    if (!counted) return undefined;
    tallies.push(...counted.filter((tally) => tally.day === day));
  }
}

async function tallyCases(db: Kysely<DeskTables>, caseIds: string[]): Promise<Tally[] | undefined> {
  const rows = await db
    .selectFrom('event')
    .select(['case_id', 'actor', 'tool', 'at', 'body'])
    .where('case_id', 'in', caseIds)
    .orderBy('case_id')
    .orderBy('seq')
    .execute();
  const tallies: Tally[] = [];
  let [caseId, state]: [string, CaseState | undefined] = ['', undefined];
  for (const { case_id, actor, tool, at, body } of rows) {
    if (body === null) return undefined;
    if (case_id !== caseId) [caseId, state] = [case_id, undefined];
    const event: CaseEvent = { actor, tool, at, body };
    const next: CaseState | Refusal = transition(state, event);
    if (next instanceof Refusal) throw new Error(`bug: a recorded event is refused: ${next.code}`);
    tallies.push(...talliesBetween(state, next, event));
    state = next;
  }
  return tallies;
}

/** Counts what waits, and every day that is still open, again; the desk goes on meanwhile. */
export async function recountOpenDays(db: Kysely<DeskTables>): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${tallyLock})`.execute(connection);
    try {
      await connection.transaction().setIsolationLevel('repeatable read').execute(recount);
    } finally {
      await sql`select pg_advisory_unlock(${tallyLock})`.execute(connection);
    }
  });
}

// Everything here sees one instant: what comes meanwhile is neither deleted nor counted, and adds to it afterwards.
async function recount(trx: Transaction<DeskTables>): Promise<void> {
  const { rows } = await sql<{ day: string }>`
    select distinct left(at, 10) as day from event
    where at >= coalesce((select to_char(max(day)::date + 1, 'YYYY-MM-DD') from tally_closed), '')`.execute(
    trx,
  );
  const counted: Tally[] = [];
  for (const { day } of rows) counted.push(...((await tallyDay(trx, day)) ?? []));
  const practised = await sql<{ day: string }>`
    select distinct day from golden_answer where day not in (select day from tally_closed)`.execute(trx);
  for (const { day } of practised.rows) counted.push(...(await goldenTallies(trx, day)));
  await sql`delete from tally where day not in (select day from tally_closed)`.execute(trx);
  await sql`delete from tally_change`.execute(trx);
  await putTallies(trx, [...counted, ...(await waiting(trx))]);
}

async function waiting(trx: Kysely<DeskTables>): Promise<Tally[]> {
  const { rows } = await sql<{ queue: string; n: number }>`
    select queue, count(*) as n from case_file where queue <> 'closed' group by queue`.execute(trx);
  return rows.map(({ queue, n }) => ({ day: always, figure: 'waiting', part: queue, value: 0, n }));
}
