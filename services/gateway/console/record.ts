/**
 * The console's own record: everything that anybody did here or at /admin, by whom, in an append-only chain
 * (kit/ledger.ts). Looks at one account are in it too.
 * Must never: hold a `sub`, a handle, a pseudonym or a token.
 */
import { type LedgerRecord, ledgerUnder } from '@answerable/kit/ledger';
import { messageLabels } from '@answerable/protocol/labels';
import type { Kysely } from 'kysely';
import type { GatewayTables } from '../schema.ts';

const chain = 'console';
/** More than this are not read at once; a gateway's people do a few things a day. */
const recordsMax = 100_000;
const ledger = ledgerUnder<GatewayTables>(messageLabels.gatewayRecord);

export type Change = { kind: string } & Record<string, string | number | boolean | null>;

/** Adds what `who` did, in the caller's transaction. */
export async function record(
  trx: Kysely<GatewayTables>,
  now: Date,
  who: string,
  body: Change,
): Promise<void> {
  await ledger.append(trx, chain, { at: now.toISOString(), who, body });
}

/** The same by itself: two at once come one after the other, which needs a transaction. */
export const recordAlone = (db: Kysely<GatewayTables>, now: Date, who: string, body: Change): Promise<void> =>
  db.transaction().execute((trx) => record(trx, now, who, body));

/** All of it, oldest first. */
export const readRecord = (db: Kysely<GatewayTables>): Promise<LedgerRecord[]> =>
  ledger.read(db, chain, recordsMax);

/** The number of the first line that does not fit; undefined if the whole chain holds. */
export const firstBreak = (records: readonly LedgerRecord[]): number | undefined =>
  ledger.firstBreak(chain, records);
