/**
 * Counts of a day, for the census that must reconcile between parties (PROTOCOL §3.9). Whoever can modify this
 * table can make the own census wrong, which shows against everybody else's.
 * Assumes: `dailyCountTable` is in one of the service's migrations.
 * Must never: count by a finer time than a day.
 */
import type { LogEntry } from '@answerable/protocol/log/entries';
import { type Kysely, sql, type Transaction } from 'kysely';
import { putInOutbox } from './log-outbox.ts';

export const dailyCountTable = `
      create table daily_count (
        day date not null,
        kind text not null,
        count bigint not null,
        primary key (day, kind)
      );`;

/** Counts, in the caller's transaction if there is one. */
export async function addCount<DB>(db: Kysely<DB>, day: string, kind: string, by = 1): Promise<void> {
  await sql`insert into daily_count (day, kind, count) values (${day}, ${kind}, ${by})
    on conflict (day, kind) do update set count = daily_count.count + excluded.count`.execute(db);
}

export interface Closing<DB> {
  party: string;
  /** days before this one are over */
  today: string;
  /** what else ends with the day, in its transaction; what it returns is counted too, as of now */
  also?: (trx: Transaction<DB>, day: string) => Promise<Record<string, number>>;
}

/** Hands the counts of every day that is over to the log's outbox and forgets them, a day a transaction. */
export async function closeDays<DB>(db: Kysely<DB>, { party, today, also }: Closing<DB>): Promise<void> {
  const { rows } = await sql<{ day: string }>`
    select distinct day from daily_count where day < ${today} order by day`.execute(db);
  for (const { day } of rows)
    await db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ kind: string; count: number }>`
        delete from daily_count where day = ${day} returning kind, count`.execute(trx);
      const more = (await also?.(trx, day)) ?? {};
      if (rows.length > 0) await putInOutbox<DB>(trx, censusOf(party, day, rows, more));
    });
}

function censusOf(
  party: string,
  day: string,
  counted: readonly { kind: string; count: number }[],
  more: Record<string, number>,
): LogEntry {
  const counts = Object.fromEntries(counted.map(({ kind, count }) => [kind, count]));
  return { v: 1, kind: 'census', party, day, counts: { ...counts, ...more } };
}
