/**
 * Which cases somebody may see and work on. Work can be divided by queue: a case is theirs while it waits in one
 * of their queues, while they hold it, and afterwards if its kind belongs to one of their queues.
 * Assumes: it is asked at every door (lists, cases, verbs), and inside the lock where something is changed.
 */
import type { Staff } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import { homeQueueOf, type Queue, queueOf, queues } from '../casework/queue.ts';
import type { CaseState } from '../casework/state.ts';
import type { DeskParts } from '../parts.ts';

/** The queues that somebody works in. */
export function queuesOf({ queues: given }: Staff): readonly Queue[] {
  return given === undefined ? queues : queues.filter((one) => given.includes(one));
}

export function isTheirs(staff: Staff, state: CaseState): boolean {
  if (staff.queues === undefined || state.assignee?.name === staff.name) return true;
  const queue = queueOf(state);
  const theirs = queuesOf(staff);
  return theirs.includes(queue === 'closed' ? homeQueueOf(state) : queue);
}

/** Throws Refusal `other_queue`. */
export function requireTheirs(staff: Staff, state: CaseState): void {
  if (!isTheirs(staff, state)) throw new Refusal('other_queue');
}

/** Of rows about cases, those whose case is theirs. */
export async function onlyTheirs<T extends { case_id: string }>(
  { store }: Pick<DeskParts, 'store'>,
  staff: Staff,
  rows: readonly T[],
): Promise<readonly T[]> {
  if (staff.queues === undefined) return rows;
  const ids = [...new Set(rows.map((row) => row.case_id))];
  const states = await Promise.all(ids.map((id) => store.state(id)));
  const theirs = new Set(states.flatMap((one) => (one && isTheirs(staff, one) ? [one.caseId] : [])));
  return rows.filter((row) => theirs.has(row.case_id));
}
