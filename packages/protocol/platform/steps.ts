/**
 * Which steps may be taken against an account (spec/platform-policy.md, "Which ladder counts"): those of the policy
 * in force at its platform that its holder has also agreed to, for the shorter of the two times. So a step that is
 * taken out is gone for everybody at once, and one that is new, or lasts longer, waits for the holder's consent.
 * Pure.
 */
import type { PlatformPolicy } from '../platform-policy.ts';
import { type LadderStep, ladder } from '../report/sanction.ts';

const msPerDay = 86_400_000;

export interface StepHere {
  step: LadderStep;
  /** null: a warning, or a policy that names no longest time */
  daysMax: number | null;
}

/** A policy without a ladder takes all four, however long. */
export const stepsOf = (policy: Pick<PlatformPolicy, 'ladder'>): StepHere[] =>
  policy.ladder ?? ladder.map((step) => ({ step, daysMax: null }));

/** `agreed`: the policy of the account's newest presentation. */
export function stepsAgainst(
  inForce: Pick<PlatformPolicy, 'ladder'>,
  agreed: Pick<PlatformPolicy, 'ladder'>,
): StepHere[] {
  const known = new Map(stepsOf(agreed).map(({ step, daysMax }) => [step, daysMax]));
  return stepsOf(inForce).flatMap(({ step, daysMax }) => {
    const before = known.get(step);
    return before === undefined ? [] : [{ step, daysMax: shorter(daysMax, before) }];
  });
}

const shorter = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

/** Whether a step may begin on the day `from` and last until the day `until` (a bar: be looked at again by then). */
export function isTaken(
  steps: readonly StepHere[],
  { step, until }: { step: LadderStep; until: string | null },
  from: string,
): boolean {
  const found = steps.find((one) => one.step === step);
  if (!found) return false;
  if (found.daysMax === null || until === null) return true;
  return (Date.parse(until) - Date.parse(from)) / msPerDay <= found.daysMax;
}
