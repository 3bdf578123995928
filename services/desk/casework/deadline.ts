/**
 * Times of a case, as ISO 8601 texts in UTC that compare as texts do; and by when something is due. Periods
 * that a law sets name it; the others are targets of this desk (SAFETY, "Duties that give the desk its clocks").
 */
import { isWelfareOpen, isWelfareWaiting, openAlarms } from './care.ts';
import { type Clocks, deskClocks } from './clocks.ts';
import type { AppealTrack } from './event.ts';
import { type CaseState, isHoldInForce, pendingAppeals } from './state.ts';

const msPerHour = 3_600_000;
const hoursPerDay = 24;

/** DSA Art. 20(1): a complaint is possible for at least six months. */
const appealDays = 183;
/** `at` plus some hours, in the same form. */
export const after = (at: string, hours: number): string =>
  new Date(Date.parse(at) + hours * msPerHour).toISOString();

export const dayOfInstant = (at: string): string => at.slice(0, 10);
export const appealUntil = (at: string): string => dayOfInstant(after(at, appealDays * hoursPerDay));

/** The clocks that the case was opened under. */
const clocksOf = ({ rules }: CaseState): Clocks => rules.clocks ?? deskClocks;

/** By when somebody should have acted; null when nothing is waiting. */
export function dueAt(state: CaseState): string | null {
  const [alarm] = openAlarms(state);
  if (alarm) return alarm.at;
  const appeals = pendingAppeals(state);
  if (appeals.length > 0) return earliest(appeals.map((one) => after(one.at, appealHours(state, one.track))));
  if (state.phase === 'closed') return null;
  const { decide } = clocksOf(state);
  if (isWelfareWaiting(state) && state.welfare?.due)
    return after(state.welfare.due, decide.care ?? decide.other);
  const applying = [state.kind, ...state.reasons].flatMap((word) => decide[word] ?? []);
  return after(state.opened, Math.min(decide.other, ...applying));
}

function appealHours(state: CaseState, track: AppealTrack): number {
  const { appeal } = clocksOf(state);
  return state.kind === 'page' ? Math.min(appeal[track], appeal.page) : appeal[track];
}

/** When the clock itself next changes something here: a hold or a sanction ends, somebody is to be looked in on. */
export function nextClock(state: CaseState): string | null {
  const holds = state.holds.flatMap((hold) => (isHoldInForce(hold, state.at) ? [hold.until] : []));
  const ends = state.measures.flatMap(({ measure, inForce }) =>
    inForce && measure.kind === 'sanction' && isTimed(measure.step) && measure.until
      ? [`${measure.until}T00:00:00.000Z`]
      : [],
  );
  const looks = state.phase === 'closed' && isWelfareOpen(state) ? [state.welfare?.due ?? ''] : [];
  return earliest([...holds, ...ends, ...looks]);
}

/** Restrictions and suspensions end on their day; the date of a bar is one of review. */
export const isTimed = (step: string): boolean => step === 'restrict' || step === 'suspend';

function earliest(times: readonly string[]): string | null {
  return [...times].sort()[0] ?? null;
}
