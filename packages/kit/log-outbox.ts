/**
 * What a service has to say in the log: recorded with the business change in one transaction, delivered after,
 * as often as it takes. The logbook takes a key once, so a lost answer does no harm (PROTOCOL §7).
 * Assumes: `logOutboxMigration` is among the service's migrations.
 * Must never: forget an entry, or draw a new key for an entry that was recorded.
 */
import { randomBytes } from 'node:crypto';
import { messageLabels } from '@answerable/protocol/labels';
import { type LogEntry, type LogSubmission, logAccepted, logPlaced } from '@answerable/protocol/log/entries';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import { type Kysely, sql } from 'kysely';
import type { Migration } from './database.ts';
import { callJson } from './http-client.ts';
import type { SigningKey } from './keys.ts';

const keyBytes = 16;
const deliveriesMax = 50;

export const logOutboxMigration: Migration = {
  name: 'kit-log-outbox',
  up: `create table log_outbox (
    key text primary key,
    entry jsonb not null,
    place int8,
    since timestamptz not null default now()
  )`,
};

/** Records `entry` for the log, in the caller's transaction; returns its key. */
export async function putInOutbox<DB>(trx: Kysely<DB>, entry: LogEntry): Promise<string> {
  const key = randomBytes(keyBytes).toString('base64url');
  await sql`insert into log_outbox (key, entry) values (${key}, ${JSON.stringify(entry)}::jsonb)`.execute(
    trx,
  );
  return key;
}

/** The entry's index in the log, once it is known. */
export async function placeInLog<DB>(db: Kysely<DB>, key: string): Promise<number | undefined> {
  const { rows } = await sql<{ place: number | null }>`
    select place from log_outbox where key = ${key}`.execute(db);
  return rows[0]?.place ?? undefined;
}

export interface OutboxOptions {
  party: string;
  signingKey: SigningKey;
  /** of the logbook */
  origin: string;
}

/**
 * Sends what is waiting and asks where it stands. True when nothing waits any more. Throws `unavailable` when
 * the logbook does not answer; calling again is always right.
 */
export async function deliverOutbox<DB>(db: Kysely<DB>, options: OutboxOptions): Promise<boolean> {
  const { rows } = await sql<{ key: string; entry: LogEntry }>`
    select key, entry from log_outbox where place is null order by since limit ${deliveriesMax}`.execute(db);
  let waiting = rows.length === deliveriesMax;
  for (const { key, entry } of rows) {
    const place = (await placeAt(options.origin, key)) ?? (await submit(options, key, entry));
    if (place === undefined) waiting = true;
    // Once it is placed its order no longer matters: only the day stays.
    else
      await sql`update log_outbox set place = ${place}, since = date_trunc('day', since, 'UTC')
        where key = ${key}`.execute(db);
  }
  return !waiting;
}

async function submit(options: OutboxOptions, key: string, entry: LogEntry): Promise<number | undefined> {
  const message: LogSubmission = { party: options.party, key, entry };
  const body = signMessage(options.signingKey.seed, messageLabels.logSubmission, message);
  await callJson(`${options.origin}/entries`, { body, schema: logAccepted });
  return placeAt(options.origin, key);
}

async function placeAt(origin: string, key: string): Promise<number | undefined> {
  try {
    return (await callJson(`${origin}/entries/by-key/${key}`, { schema: logPlaced })).index;
  } catch (error) {
    if (error instanceof Refusal && (error.code === 'not_found' || error.code === 'not_ready'))
      return undefined;
    throw error;
  }
}
