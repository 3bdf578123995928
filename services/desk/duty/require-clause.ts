/**
 * Where the terms are kept here, a decision against somebody's conduct cites a clause that stands on its day
 * (Online Safety Act s.71; DSA Art. 17(3)(e)): nobody is judged by words that were not there.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { dayOfInstant } from '../casework/deadline.ts';
import type { DeskParts } from '../parts.ts';
import { citesClause } from './record.ts';

interface Choice {
  path: string;
  reasons?: { clause: string };
}

/** Throws Refusal `reasons_missing`. */
export async function requireClause(
  { duty, clock }: Pick<DeskParts, 'duty' | 'clock'>,
  choice: Choice | undefined,
): Promise<void> {
  if (choice?.path !== 'conduct' || !choice.reasons) return;
  const { record } = await duty.read();
  if (!citesClause(record, choice.reasons.clause, dayOfInstant(clock.now().toISOString())))
    throw new Refusal('reasons_missing', 'decision.reasons.clause');
}
