/** What a keeper decides, without looking anything up. */
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { Budget } from './recall-store.ts';

/** Refuses a try that is one too many: `recallBudget` since the last success, `recallPerDay` a day. */
export function requireBudget(limits: TrustPolicy['limits'], budget: Budget): void {
  if (budget.tries >= limits.recallBudget) throw new Refusal('budget_spent');
  if (budget.triesToday >= limits.recallPerDay) throw new Refusal('budget_today_spent');
}

export function triesLeft(limits: TrustPolicy['limits'], budget: Budget) {
  return {
    triesLeft: Math.max(0, limits.recallBudget - budget.tries),
    triesLeftToday: Math.max(
      0,
      Math.min(limits.recallPerDay - budget.triesToday, limits.recallBudget - budget.tries),
    ),
  };
}
