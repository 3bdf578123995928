/**
 * Which steps may be taken against an account (spec/platform-policy.md, "Which ladder counts"): those of the policy
 * in force at its platform that its holder has also agreed to, for the shorter of the two times. So a step that is
 * taken out is gone for everybody at once, and one that is new, or lasts longer, waits for the holder's consent.
 * Pure.
 */
import type { PlatformPolicy } from '../platform-policy.ts';
import { Refusal } from '../refusal.ts';
import { type LadderStep, ladder } from '../report/sanction.ts';

const msPerDay = 86_400_000;

export interface StepHere {
  step: LadderStep;
  /** null: a warning, or a policy that names no longest time */
  daysMax: number | null;
  /** it holds one account and never its person; said only where that is so */
  accountOnly?: true | undefined;
}

/** What a policy says of sanctions; one that is silent takes all four steps, however long, for the person too. */
export type SaysSteps = Partial<Pick<PlatformPolicy, 'ladder' | 'sanctionsHoldThePerson'>>;

export function stepsOf(policy: SaysSteps): StepHere[] {
  const steps = policy.ladder ?? ladder.map((step) => ({ step, daysMax: null }));
  if (policy.sanctionsHoldThePerson !== false) return steps;
  return steps.map((one) => ({ ...one, accountOnly: true }));
}

/** `agreed`: the policy of the account's newest presentation. */
export function stepsAgainst(inForce: SaysSteps, agreed: SaysSteps): StepHere[] {
  const known = new Map(stepsOf(agreed).map((one) => [one.step, one]));
  return stepsOf(inForce).flatMap(({ step, daysMax, accountOnly }) => {
    const before = known.get(step);
    if (!before) return [];
    const only = accountOnly || before.accountOnly ? { accountOnly: true as const } : {};
    return [{ step, daysMax: shorter(daysMax, before.daysMax), ...only }];
  });
}

const shorter = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

export interface StepWanted {
  step: LadderStep;
  holds: 'person' | 'account';
  until: string | null;
}

/**
 * Throws Refusal `step_not_taken` for a step that may not begin on the day `from` and last until the day `until` (a
 * bar: be looked at again by then), and `person_not_held` for one that may hold the account only.
 */
export function requireTaken(
  steps: readonly StepHere[],
  { step, holds, until }: StepWanted,
  from: string,
  pointer?: string,
): void {
  const found = steps.find((one) => one.step === step);
  if (!found || !isShortEnough(found, until, from)) throw new Refusal('step_not_taken', pointer);
  if (found.accountOnly && holds === 'person') throw new Refusal('person_not_held', pointer);
}

const isShortEnough = ({ daysMax }: StepHere, until: string | null, from: string): boolean =>
  daysMax === null || until === null || (Date.parse(until) - Date.parse(from)) / msPerDay <= daysMax;
