/**
 * How a record stands (PROTOCOL §3.8): live; suspended, so that nothing is renewed until it is lifted; or ended.
 * Whoever can modify it can stop somebody's renewals, or let a suspended one go on; accounts and pseudonyms are
 * nothing this says anything about. A suspension takes effect where credentials lapse: epoch and grace.
 * Must never: say more of the reason than its category, or keep a finer time than a day.
 */
import { addCount } from '@answerable/kit/daily-count';
import { Refusal } from '@answerable/protocol/refusal';
import type { Transaction } from 'kysely';
import type { RegistrarTables } from './schema.ts';

type InTransaction = Transaction<RegistrarTables>;
type Standing = Pick<RegistrarTables['record'], 'standing'>;

export type SuspensionReason = 'death' | 'fraud';
export type EndReason = 'death' | 'own-wish';

/** Stops renewals. Refuses `session_state` for a record that is not live. */
export async function suspend(
  trx: InTransaction,
  recordId: string,
  { reason, day }: { reason: SuspensionReason; day: string },
): Promise<void> {
  await move(trx, recordId, ['live'], { standing: 'suspended', standing_reason: reason, standing_day: day });
  await addCount<RegistrarTables>(trx, day, 'suspensions');
}

/** Ends a suspension: the next renewal works again. Refuses `session_state` for a record that is not suspended. */
export async function lift(trx: InTransaction, recordId: string, day: string): Promise<void> {
  await move(trx, recordId, ['suspended'], { standing: 'live', standing_reason: null, standing_day: day });
  await addCount<RegistrarTables>(trx, day, 'suspensions-lifted');
}

/** Ends a record; what is kept of it, and until when, is life-store.ts. */
export async function end(
  trx: InTransaction,
  recordId: string,
  { reason, day }: { reason: EndReason; day: string },
): Promise<void> {
  await move(trx, recordId, ['live', 'suspended'], {
    standing: 'ended',
    standing_reason: reason,
    standing_day: day,
  });
  await addCount<RegistrarTables>(trx, day, 'ends');
}

/** Who ended their own record is back, with evidence and secret. Refuses `session_state` for any other. */
export async function revive(trx: InTransaction, recordId: string, day: string): Promise<void> {
  await move(
    trx,
    recordId,
    ['ended'],
    { standing: 'live', standing_reason: null, standing_day: day },
    'own-wish',
  );
  await trx.updateTable('record').set({ end_asked: null }).where('id', '=', recordId).execute();
  await addCount<RegistrarTables>(trx, day, 'revivals');
}

/** Live, or ended by its own person, who may come back. Refuses `record_suspended` and `record_ended`. */
export function requireRevivable(
  record: Standing & Pick<RegistrarTables['record'], 'standing_reason'>,
): void {
  if (record.standing !== 'ended' || record.standing_reason !== 'own-wish') requireLive(record);
}

/** Refuses `record_suspended` and `record_ended`. */
export function requireLive({ standing }: Standing): void {
  if (standing === 'suspended') throw new Refusal('record_suspended');
  if (standing === 'ended') throw new Refusal('record_ended');
}

async function move(
  trx: InTransaction,
  recordId: string,
  from: readonly Standing['standing'][],
  to: Pick<RegistrarTables['record'], 'standing' | 'standing_reason' | 'standing_day'>,
  reason?: EndReason,
): Promise<void> {
  const asked = trx.updateTable('record').set(to).where('id', '=', recordId).where('standing', 'in', from);
  const moved = await (reason ? asked.where('standing_reason', '=', reason) : asked).executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new Refusal('session_state');
}
