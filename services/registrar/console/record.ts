/**
 * The console's own record: every change, by whom, in an append-only chain (kit/ledger.ts). With days only: a
 * finer time beside a referee's name would say when somebody enrolled.
 * Must never: name, number or describe a person who enrols.
 */
import { type LedgerRecord, ledgerUnder } from '@answerable/kit/ledger';
import { messageLabels } from '@answerable/protocol/labels';
import type { Kysely } from 'kysely';
import type { RegistrarTables } from '../schema.ts';

const chain = 'console';
const ledger = ledgerUnder<RegistrarTables>(messageLabels.registrarRecord);

export type Change = { kind: string } & Record<string, unknown>;

/** Adds what `who` did on `day`, in the caller's transaction. */
export async function record(
  trx: Kysely<RegistrarTables>,
  day: string,
  who: string,
  body: Change,
): Promise<void> {
  await ledger.append(trx, chain, { at: day, who, body });
}

/** The newest changes, oldest first. */
export const readRecord = (db: Kysely<RegistrarTables>, max?: number): Promise<LedgerRecord[]> =>
  ledger.read(db, chain, max);

/** The number of the first record that does not fit; undefined if the whole chain holds. */
export const firstBreak = (records: readonly LedgerRecord[]): number | undefined =>
  ledger.firstBreak(chain, records);
