/**
 * The duty record as it is kept, and what is counted beside the figures. Whoever can modify these tables can lose
 * a record or invent one, and the chain of the ledger then breaks; and cannot change what a case was decided on,
 * which stands in its own chain.
 */

import type { Clock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import { statementOfReasons } from '@answerable/protocol/report/statement-of-reasons';
import {
  type DatabaseStatement,
  statementsPerCall,
  toTransparencyDatabase,
} from '@answerable/protocol/report/transparency-database';
import { type Kysely, sql } from 'kysely';
import { dayOfInstant } from '../casework/deadline.ts';
import { appendRecord, firstLedgerBreak, type LedgerRecord, readRecords } from '../ledger.ts';
import { type Distribution, distribution } from '../measures/distribution.ts';
import type { DeskTables } from '../schema.ts';
import { type DutyBody, type DutyRecord, dutyBody, recordOf, whyNot } from './record.ts';

export const dutyChain = 'duties';
const recordsMax = 10_000;

export interface Beside {
  /** reported intimate images: how many cases, and the minutes to their decision */
  intimateImages: { cases: number; waiting: number; decided: Distribution; late: number };
  /** requests to open an account */
  disclosures: number;
  /** people who worked on cases */
  staff: number;
  statements: number;
}

export type DutyStore = ReturnType<typeof createDutyStore>;

export function createDutyStore(db: Kysely<DeskTables>, clock: Clock) {
  const read = async (trx: Kysely<DeskTables>) => {
    const records = await readRecords(trx, dutyChain, recordsMax);
    const entries = records.map(({ seq, at, who, body }) => ({ seq, at, who, body: dutyBody.parse(body) }));
    return { records, record: recordOf(entries) };
  };
  return {
    read: (): Promise<{ records: LedgerRecord[]; record: DutyRecord }> => read(db),

    /** The number of the first record that does not fit its chain; undefined if all do. */
    async brokenAt(): Promise<number | undefined> {
      return firstLedgerBreak(dutyChain, (await read(db)).records);
    },

    /** Throws Refusal `move_not_allowed` with the field that does not go. */
    async add(who: string, body: DutyBody): Promise<void> {
      const at = clock.now().toISOString();
      await db.transaction().execute(async (trx) => {
        // One at a time: what may come next depends on what is there.
        await sql`select pg_advisory_xact_lock(hashtextextended('ledger duties', 0))`.execute(trx);
        const field = whyNot((await read(trx)).record, body, dayOfInstant(at));
        if (field) throw new Refusal('move_not_allowed', field);
        await appendRecord(trx, dutyChain, { at, who, body });
      });
    },

    /** What the figures do not count; days, both included. */
    async beside(from: string, to: string): Promise<Beside> {
      const [images, counts] = await Promise.all([imagesBetween(db, from, to), countsBetween(db, from, to)]);
      const decided = images.filter((one) => one.minutes !== null);
      return {
        intimateImages: {
          cases: images.length,
          waiting: images.length - decided.length,
          decided: distribution(decided.map((one) => ({ value: one.minutes ?? 0, n: 1 }))),
          late: images.filter((one) => one.late).length,
        },
        ...counts,
      };
    },

    /** The n-th call's worth of statements for the EU database, from 1, oldest first. */
    async statements(from: string, to: string, n: number): Promise<DatabaseStatement[]> {
      const { rows } = await sql<{ statement: unknown }>`
        select statement from (${statementsBetween(from, to)}) given order by at, puid
        limit ${statementsPerCall} offset ${(n - 1) * statementsPerCall}`.execute(db);
      return rows.flatMap(
        ({ statement }) => toTransparencyDatabase(statementOfReasons.parse(statement)) ?? [],
      );
    },
  };
}

/** Decisions as they were made, and those that took an appealed one's place. */
const statementsBetween = (from: string, to: string) => sql`
  select state->'decided'->'decision'->'statement' as statement, state->'decided'->>'at' as at,
    state->'decided'->'decision'->'statement'->>'puid' as puid
  from case_file where state->'decided'->'decision'->>'path' = 'conduct'
    and left(state->'decided'->>'at', 10) between ${from} and ${to}
  union all
  select body->'instead'->'statement', at, body->'instead'->'statement'->>'puid'
  from event where body->>'kind' = 'heard' and body->'instead' <> 'null'::jsonb
    and left(at, 10) between ${from} and ${to}`;

const lateMinutes = 48 * 60;

async function imagesBetween(db: Kysely<DeskTables>, from: string, to: string) {
  const { rows } = await sql<{ opened: string; decided: string | null }>`
    select opened_at as opened, state->'decided'->>'at' as decided from case_file
    where state->'reasons' ? 'intimate-image' and left(opened_at, 10) between ${from} and ${to}`.execute(db);
  return rows.map(({ opened, decided }) => {
    const minutes = decided === null ? null : Math.ceil((Date.parse(decided) - Date.parse(opened)) / 60_000);
    return { minutes, late: minutes !== null && minutes > lateMinutes };
  });
}

async function countsBetween(db: Kysely<DeskTables>, from: string, to: string) {
  const { rows } = await sql<{ disclosures: number; staff: number; statements: number }>`select
    (select count(*)::int from disclosure where day::text between ${from} and ${to}) as disclosures,
    (select count(distinct actor->>'name')::int from event
      where actor->>'role' in ('triage', 'moderator', 'appeals', 'admin') and left(at, 10) between ${from} and ${to}) as staff,
    (select count(*)::int from (${statementsBetween(from, to)}) given) as statements`.execute(db);
  return rows[0] ?? { disclosures: 0, staff: 0, statements: 0 };
}
