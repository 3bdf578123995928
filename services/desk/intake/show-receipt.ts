/**
 * GET /receipts/:receipt: the reporter follows the outcome without an account. Says what was done about the
 * report, and nothing about the person it was about.
 */
import { dayOf } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import type { receiptStatus } from '@answerable/protocol/report/report';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { ComplaintDecision } from '../casework/decision.ts';
import type { CaseState } from '../casework/state.ts';
import type { DeskParts } from '../parts.ts';

type Status = z.infer<typeof receiptStatus>;

async function receiptOf({ store, clock }: DeskParts, receipt: string): Promise<Status> {
  const row = await store.receipt(receipt);
  if (!row) throw new Refusal('not_found');
  const { decided } = row.state;
  if (!decided) return { state: row.state.assignee ? 'in-hand' : 'received', outcome: null, day: row.day };
  const day = dayOf(new Date(decided.at));
  if (!row.wishes) return { state: 'decided', outcome: null, day };
  await store.markTold(receipt, clock.now().toISOString());
  return { state: 'decided', outcome: outcomeFor(row.state), day };
}

export const showReceipt = (parts: DeskParts) => async (c: Context) => {
  c.header('cache-control', 'no-store');
  return c.json(await receiptOf(parts, c.req.param('receipt') ?? ''));
};

/** The outcome in words for whoever reported. */
function outcomeFor({ decided, appeals, measures }: CaseState): string {
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
