/**
 * Record, then act, once: a request with a key that was seen before gets the answer that was recorded with
 * it. The key row and what `work` records stand or fall together, in one transaction.
 * Assumes: `idempotencyMigration` is among the service's migrations; keys are random and say nothing.
 */
import { sql, type Transaction } from 'kysely';
import type { Migration } from './database.ts';

export const idempotencyMigration: Migration = {
  name: 'kit-idempotency',
  up: 'create table idempotency (key text primary key, reply jsonb)',
};

/**
 * The reply recorded under `key`, or that of `work`, which then is recorded. Two at the same instant: the
 * second waits for the first. `work` must return something that JSON can carry.
 */
export async function withIdempotency<DB, T>(
  trx: Transaction<DB>,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  const claim = await sql`insert into idempotency (key) values (${key}) on conflict do nothing`.execute(trx);
  if (claim.numAffectedRows === 0n) {
    const seen = await sql<{ reply: { value: T } }>`select reply from idempotency where key = ${key}`.execute(
      trx,
    );
    const row = seen.rows[0];
    if (!row) throw new Error('bug: an idempotency key was refused and is not there');
    return row.reply.value;
  }
  const value = await work();
  const reply = JSON.stringify({ value });
  await sql`update idempotency set reply = ${reply}::jsonb where key = ${key}`.execute(trx);
  return value;
}
