/**
 * Where a report stands, for whoever has its receipt: what was done about it, by when something is to be done,
 * and nothing about the person it was about or about anybody else who reported.
 */
import { dayOf } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import type { receiptStatus } from '@answerable/protocol/report/report';
import type { z } from 'zod';
import { dueAt } from '../casework/deadline.ts';
import type { ComplaintDecision } from '../casework/decision.ts';
import type { CaseState } from '../casework/state.ts';
import type { DeskParts } from '../parts.ts';

export type ReceiptStatus = z.infer<typeof receiptStatus>;

export interface Followed {
  status: ReceiptStatus;
  day: string;
  wishes: boolean;
  complaint: boolean;
  /** words and pictures can still be added */
  open: boolean;
}

/** Throws Refusal not_found. */
export async function followReceipt({ store, clock }: DeskParts, receipt: string): Promise<Followed> {
  const row = await store.receipt(receipt);
  if (!row) throw new Refusal('not_found');
  const { state, wishes, day } = row;
  const frame = { day, wishes, complaint: state.kind === 'complaint', open: state.decided === null };
  if (!state.decided) {
    const expected = dueAt(state);
    const stage = state.assignee ? ('in-hand' as const) : ('received' as const);
    return { ...frame, status: { state: stage, outcome: null, day, ...(expected ? { expected } : {}) } };
  }
  if (wishes) await store.markTold(receipt, clock.now().toISOString());
  const outcome = wishes ? outcomeFor(state) : null;
  return { ...frame, status: { state: 'decided', outcome, day: dayOf(new Date(state.decided.at)) } };
}

/** The outcome in words for whoever reported. */
export function outcomeFor({ decided, appeals, measures }: CaseState): string {
  if (decided?.decision.path === 'care')
    return 'Thank you for looking out for somebody. We have looked at this with care. We do not tell more about other people.';
  if (decided?.decision.path === 'complaint') return complaintWords(decided.decision);
  if (decided?.decision.path !== 'conduct')
    return 'We looked at what you reported and found that it does not break our rules. If you see it otherwise, you can report it again and say why.';
  const undone = appeals.some((one) => one.outcome === 'overturned') && !measures.some((one) => one.inForce);
  if (undone)
    return 'We had acted on what you reported. After an appeal somebody else looked at it again, and the decision was undone.';
  return 'We found that what you reported breaks our rules, and we have acted on it. Thank you.';
}

const complaintOutcomes = {
  upheld: 'You were right to complain.',
  partly: 'You were partly right to complain.',
  'not-upheld': 'We looked at your complaint and see it differently.',
};

/** At most as long as a receipt tells. */
function complaintWords({ outcome, reply, remedy }: ComplaintDecision): string {
  const done = remedy.trim() === '' ? '' : ` What we do about it: ${remedy}`;
  return `${complaintOutcomes[outcome]} ${reply}${done}`;
}
