/**
 * What the desk does besides cases (settings, notices, duties, …) and must be able to show later: append-only
 * records, each bound to the one before in its chain by a hash. Whoever can modify this table can lose or invent
 * a record, and the chain then breaks or ends early; the day's head in the log shows where it ended.
 * Must never: hold anything about a person besides the working name of who did it.
 */
import { hashOf } from '@answerable/protocol/canonical';
import { messageLabels } from '@answerable/protocol/labels';
import { type Kysely, sql } from 'kysely';
import type { DeskTables } from './schema.ts';

export interface LedgerEntry {
  /** ISO 8601 in UTC, with milliseconds */
  at: string;
  /** working name of a member of staff, or `desk` */
  who: string;
  body: object;
}
export interface LedgerRecord extends LedgerEntry {
  seq: number;
  previous: string | null;
  hash: string;
}

const recordsMax = 1_000;

/**
 * Adds to `chain` in the caller's transaction and returns the record. Two at once come one after the other. A
 * clock that went back does not stop it: time in a chain only goes forward.
 */
export async function appendRecord(
  trx: Kysely<DeskTables>,
  chain: string,
  entry: LedgerEntry,
): Promise<LedgerRecord> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`ledger ${chain}`}, 0))`.execute(trx);
  const { rows } = await sql<{ seq: number; hash: string; at: string }>`
    select seq, hash, at from ledger where chain = ${chain} order by seq desc limit 1`.execute(trx);
  const last = rows[0];
  const at = last && last.at > entry.at ? last.at : entry.at;
  const seq = (last?.seq ?? 0) + 1;
  const previous = last?.hash ?? null;
  const placed = { ...entry, at, seq, previous };
  const record = { ...placed, hash: recordHash(chain, placed) };
  await sql`insert into ledger (chain, seq, previous, hash, at, who, body) values
    (${chain}, ${seq}, ${previous}, ${record.hash}, ${at}, ${entry.who}, ${JSON.stringify(entry.body)}::jsonb)`.execute(
    trx,
  );
  return record;
}

/** The newest records of `chain`, oldest first; at most `max`. */
export async function readRecords(
  db: Kysely<DeskTables>,
  chain: string,
  max = recordsMax,
): Promise<LedgerRecord[]> {
  const { rows } = await sql<LedgerRecord>`
    select seq, previous, hash, at, who, body from ledger where chain = ${chain}
    order by seq desc limit ${max}`.execute(db);
  return rows.reverse();
}

/** The number of the first record that does not fit; undefined if the whole chain holds. */
export function firstLedgerBreak(chain: string, records: readonly LedgerRecord[]): number | undefined {
  let previous: string | null = null;
  for (const [index, record] of records.entries()) {
    const fits = record.seq === index + 1 && record.previous === previous;
    if (!fits || record.hash !== recordHash(chain, record)) return index + 1;
    previous = record.hash;
  }
  return undefined;
}

function recordHash(chain: string, { seq, previous, at, who, body }: Omit<LedgerRecord, 'hash'>): string {
  return hashOf(messageLabels.deskRecord, { chain, seq, previous, at, who, body });
}
