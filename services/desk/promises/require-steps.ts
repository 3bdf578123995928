/**
 * A decision takes no step that the policy does not have for that account (spec/platform-policy.md, "Which ladder
 * counts"). Asked before anything is recorded, so that nobody is told of a sanction that the gateway then refuses.
 */
import { dayOf } from '@answerable/kit/clock';
import { requireTaken, type StepHere, type StepWanted } from '@answerable/protocol/platform/steps';
import type { DeskParts } from '../parts.ts';

type Parts = Pick<DeskParts, 'promises' | 'clock'>;
type Measure = { kind: string } | ({ kind: 'sanction'; sub: string } & StepWanted);
type Sanction = Extract<Measure, { step: unknown }>;

/** Throws Refusal `step_not_taken` or `person_not_held`. */
export async function requireSteps(
  parts: Parts,
  decision: { path?: string; measures?: readonly Measure[] } | null | undefined,
): Promise<void> {
  const sanctions = (decision?.measures ?? []).filter((one): one is Sanction => one.kind === 'sanction');
  const steps = await parts.promises.stepsFor(sanctions.map(({ sub }) => sub));
  requireEach(sanctions, steps, dayOf(parts.clock.now()));
}

/** The same with the steps at hand. */
export function requireEach(
  measures: readonly Measure[],
  steps: ReadonlyMap<string, readonly StepHere[]>,
  today: string,
): void {
  for (const measure of measures) {
    if (!('step' in measure)) continue;
    const known = steps.get(measure.sub);
    if (known) requireTaken(known, measure, today, 'decision.measures');
  }
}
