/**
 * What the desk does besides cases (settings, notices, duties, …) and must be able to show later: append-only
 * records, each bound to the one before in its chain by a hash. Whoever can modify this table can lose or invent
 * a record, and the chain then breaks or ends early; the day's head in the log shows where it ended.
 * Must never: hold anything about a person besides the working name of who did it.
 */
import { ledgerUnder } from '@answerable/kit/ledger';
import { messageLabels } from '@answerable/protocol/labels';
import type { DeskTables } from './schema.ts';

export type { LedgerRecord } from '@answerable/kit/ledger';

const ledger = ledgerUnder<DeskTables>(messageLabels.deskRecord);

/** `who`: working name of a member of staff, or `desk`; `at` with milliseconds. */
export const appendRecord = ledger.append;
export const readRecords = ledger.read;
export const firstLedgerBreak = ledger.firstBreak;
