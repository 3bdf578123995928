/**
 * What a service does and must be able to show later: append-only records, each bound to the one before in its
 * chain by a hash. Whoever can modify the table can lose or invent a record, and the chain then breaks or ends
 * early. Each service hashes under a label of its own.
 * Assumes: `ledgerTable` is in one of the service's migrations.
 * Must never: hold anything about a person besides the working name of who did it.
 */
import { hashOf } from '@answerable/protocol/canonical';
import type { MessageLabel } from '@answerable/protocol/labels';
import { type Kysely, sql } from 'kysely';

export interface LedgerEntry {
  /** ISO 8601 in UTC, all of one service's of one length */
  at: string;
  /** working name of who did it, or the service's own word for itself */
  who: string;
  body: object;
}
export interface LedgerRecord extends LedgerEntry {
  seq: number;
  previous: string | null;
  hash: string;
}

const recordsMax = 1_000;

export const ledgerTable = `
      create table ledger (
        chain text not null,
        seq integer not null,
        previous text,
        hash text not null unique,
        at text not null,
        who text not null,
        body jsonb not null,
        primary key (chain, seq)
      );`;

export interface Ledger<DB> {
  /**
   * Adds to `chain` in the caller's transaction and returns the record. Two at once come one after the other. A
   * clock that went back does not stop it: time in a chain only goes forward.
   */
  append(trx: Kysely<DB>, chain: string, entry: LedgerEntry): Promise<LedgerRecord>;
  /** The newest records of `chain`, oldest first; at most `max`. */
  read(db: Kysely<DB>, chain: string, max?: number): Promise<LedgerRecord[]>;
  /** The number of the first record that does not fit; undefined if the whole chain holds. */
  firstBreak(chain: string, records: readonly LedgerRecord[]): number | undefined;
}

export function ledgerUnder<DB>(label: MessageLabel): Ledger<DB> {
  const hashIn = (chain: string, { seq, previous, at, who, body }: Omit<LedgerRecord, 'hash'>): string =>
    hashOf(label, { chain, seq, previous, at, who, body });
  return {
    async append(trx, chain, entry) {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`ledger ${chain}`}, 0))`.execute(trx);
      const { rows } = await sql<{ seq: number; hash: string; at: string }>`
        select seq, hash, at from ledger where chain = ${chain} order by seq desc limit 1`.execute(trx);
      const last = rows[0];
      const at = last && last.at > entry.at ? last.at : entry.at;
      const seq = (last?.seq ?? 0) + 1;
      const previous = last?.hash ?? null;
      const placed = { ...entry, at, seq, previous };
      const record = { ...placed, hash: hashIn(chain, placed) };
      await sql`insert into ledger (chain, seq, previous, hash, at, who, body) values
        (${chain}, ${seq}, ${previous}, ${record.hash}, ${at}, ${entry.who}, ${JSON.stringify(entry.body)}::jsonb)`.execute(
        trx,
      );
      return record;
    },

    async read(db, chain, max = recordsMax) {
      const { rows } = await sql<LedgerRecord>`
        select seq, previous, hash, at, who, body from ledger where chain = ${chain}
        order by seq desc limit ${max}`.execute(db);
      return rows.reverse();
    },

    firstBreak(chain, records) {
      let previous: string | null = null;
      for (const [index, record] of records.entries()) {
        const fits = record.seq === index + 1 && record.previous === previous;
        if (!fits || record.hash !== hashIn(chain, record)) return index + 1;
        previous = record.hash;
      }
      return undefined;
    },
  };
}
