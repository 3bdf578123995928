/** Days in the life of a record: the wait before an end, and how long what is kept for after it. Pure. */
import { endConfirmDays, type PendingEnd } from '@answerable/protocol/enrolment/record-life';
import { Refusal } from '@answerable/protocol/refusal';
import type { RecordRow } from './store.ts';

const msPerDay = 86_400_000;

export interface RecordDays {
  /** Between asking for an end and saying it again. */
  endWaitDays: number;
  /** After an end: the sealed identity, for what was done before it. */
  retentionDays: number;
  /** After an end: what finds the person again, until the last bar can have expired. */
  tagsKeptDays: number;
}

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * msPerDay).toISOString().slice(0, 10);

/** The end that is asked for, if it has not lapsed. */
export function pendingEndOf(
  { standing, end_asked: asked }: Pick<RecordRow, 'standing' | 'end_asked'>,
  { endWaitDays }: RecordDays,
  today: string,
): PendingEnd | null {
  if (asked === null || standing === 'ended') return null;
  const confirmable = addDays(asked, endWaitDays);
  const lapses = addDays(confirmable, endConfirmDays);
  return today < lapses ? { asked, confirmable, lapses } : null;
}

/** Refuses `end_unasked` and `end_waiting`. */
export function requireConfirmable(pending: PendingEnd | null, today: string): void {
  if (!pending) throw new Refusal('end_unasked');
  if (today < pending.confirmable) throw new Refusal('end_waiting');
}

/** Until when what is kept of an ended record; null while it is not ended. */
export function keptUntil(
  { standing, standing_day: since }: Pick<RecordRow, 'standing' | 'standing_day'>,
  { retentionDays, tagsKeptDays }: RecordDays,
): { identityUntil: string | null; recordUntil: string | null } {
  if (standing !== 'ended' || since === null) return { identityUntil: null, recordUntil: null };
  return {
    identityUntil: addDays(since, retentionDays),
    recordUntil: addDays(since, Math.max(retentionDays, tagsKeptDays)),
  };
}
