/**
 * Times of a case, as ISO 8601 texts in UTC that compare as texts do; and by when something is due. Periods
 * that a law sets name it; the others are targets of this desk (SAFETY, "Duties that give the desk its clocks").
 */
import { type CaseState, isHoldInForce, pendingAppeals } from './state.ts';

const msPerHour = 3_600_000;
const hoursPerDay = 24;

/** DSA Art. 20(1): a complaint is possible for at least six months. */
const appealDays = 183;
/** Online Safety Act s.20A. */
const intimateImageHours = 48;
const targetHours = { care: 4, page: 24, threat: 24, 'promotes-suicide': 24, 'pile-on': 24, other: 72 };
const appealTargetHours = {
  normal: 14 * hoursPerDay,
  /** s.19: expedited. */
  journalism: 72,
  'intimate-image': intimateImageHours,
  page: 72,
};

/** `at` plus some hours, in the same form. */
export const after = (at: string, hours: number): string =>
  new Date(Date.parse(at) + hours * msPerHour).toISOString();

export const dayOfInstant = (at: string): string => at.slice(0, 10);
export const appealUntil = (at: string): string => dayOfInstant(after(at, appealDays * hoursPerDay));

/** By when somebody should have acted; null when nothing is waiting. */
export function dueAt(state: CaseState): string | null {
  const appeals = pendingAppeals(state);
  if (appeals.length > 0) return earliest(appeals.map((one) => after(one.at, appealHours(state, one.track))));
  if (state.phase === 'closed') return null;
  const hours = [targetHours.other];
  if (state.kind === 'care' || state.kind === 'page' || state.kind === 'pile-on')
    hours.push(targetHours[state.kind]);
  for (const reason of ['threat', 'promotes-suicide', 'pile-on'] as const)
    if (state.reasons.includes(reason)) hours.push(targetHours[reason]);
  if (state.reasons.includes('worried-about-them')) hours.push(targetHours.care);
  if (state.reasons.includes('intimate-image')) hours.push(intimateImageHours);
  return after(state.opened, Math.min(...hours));
}

function appealHours(state: CaseState, track: 'normal' | 'journalism' | 'intimate-image'): number {
  const base = appealTargetHours[track];
  return state.kind === 'page' ? Math.min(base, appealTargetHours.page) : base;
}

/** When the clock itself next changes something here: a hold or a sanction ends. */
export function nextClock(state: CaseState): string | null {
  const holds = state.holds.flatMap((hold) => (isHoldInForce(hold, state.at) ? [hold.until] : []));
  const ends = state.measures.flatMap(({ measure, inForce }) =>
    inForce && measure.kind === 'sanction' && isTimed(measure.step) && measure.until
      ? [`${measure.until}T00:00:00.000Z`]
      : [],
  );
  return earliest([...holds, ...ends]);
}

/** Restrictions and suspensions end on their day; the date of a bar is one of review. */
export const isTimed = (step: string): boolean => step === 'restrict' || step === 'suspend';

function earliest(times: readonly string[]): string | null {
  return [...times].sort()[0] ?? null;
}
