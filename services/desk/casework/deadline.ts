/**
 * Times of a case, as ISO 8601 texts in UTC that compare as texts do; and by when something is due. Periods
 * that a law sets name it; the others are targets of this desk (SAFETY, "Duties that give the desk its clocks").
 */
import { erasableFrom } from './apply-erasure.ts';
import { isWelfareOpen, isWelfareWaiting, openAlarms } from './care.ts';
import { type Clocks, deskClocks } from './clocks.ts';
import type { AppealTrack } from './event.ts';
import { type Appeal, type CaseState, isHoldInForce, pendingAppeals } from './state.ts';

const msPerHour = 3_600_000;
const hoursPerDay = 24;

/** Half a year, as DSA Art. 20(1) asks of larger platforms; where it binds, the case's clocks may say more. */
const appealDaysLeast = 183;
/** `at` plus some hours, in the same form. */
export const after = (at: string, hours: number): string =>
  new Date(Date.parse(at) + hours * msPerHour).toISOString();

export const dayOfInstant = (at: string): string => at.slice(0, 10);

/** The clocks that the case was opened under. */
const clocksOf = ({ rules }: Pick<CaseState, 'rules'>): Clocks => rules.clocks ?? deskClocks;

/** The last day on which what is decided at `at` can be appealed. */
export function appealUntil(at: string, state: Pick<CaseState, 'rules'>): string {
  const days = Math.max(appealDaysLeast, clocksOf(state).appealDays ?? 0);
  return dayOfInstant(after(at, days * hoursPerDay));
}

/** By when somebody should have acted; null when nothing is waiting. */
export const dueAt = (state: CaseState): string | null => firstDue(state)?.at ?? null;

/** Which law sets the clock that runs out first; null where it is the desk's own. */
export const dueUnder = (state: CaseState): string | null => firstDue(state)?.under ?? null;

interface Due {
  at: string;
  under: string | null;
}

function firstDue(state: CaseState): Due | undefined {
  const { decide } = clocksOf(state);
  const due = (from: string, hours: number, clock: string) => dueAfter(state, from, hours, clock);
  const [alarm] = openAlarms(state);
  if (alarm) return { at: alarm.at, under: null };
  const appeals = pendingAppeals(state);
  if (appeals.length > 0) return earliestOf(appeals.flatMap((one) => appealDues(state, one)));
  if (state.phase === 'closed') return undefined;
  if (isWelfareWaiting(state) && state.welfare?.due)
    return due(state.welfare.due, decide.care ?? decide.other, 'decision/care');
  const words = [state.kind, ...state.reasons].filter((word) => decide[word] !== undefined);
  return earliestOf(
    [...words, 'other'].map((word) => due(state.opened, decide[word] ?? decide.other, `decision/${word}`)),
  );
}

function dueAfter(state: CaseState, from: string, hours: number, clock: string): Due {
  return { at: after(from, hours), under: clocksOf(state).named?.[clock] ?? null };
}

type Waiting = Pick<Appeal, 'at' | 'track'>;

/** By when an appeal should have its answer. */
export const appealDue = (state: CaseState, appeal: Waiting): string =>
  earliestOf(appealDues(state, appeal))?.at ?? appeal.at;

function appealDues(state: CaseState, { at, track }: Waiting): Due[] {
  const { appeal } = clocksOf(state);
  const tracks: (AppealTrack | 'page')[] = state.kind === 'page' ? [track, 'page'] : [track];
  return tracks.map((one) => dueAfter(state, at, appeal[one], `appeal-heard/${one}`));
}

/** Of two at the same time the one that a law names. */
const earliestOf = (all: readonly Due[]): Due | undefined =>
  [...all].sort((a, b) => a.at.localeCompare(b.at) || Number(b.under !== null) - Number(a.under !== null))[0];

/** When the clock itself next changes something here: a hold or a sanction ends, somebody is to be looked in on. */
export function nextClock(state: CaseState): string | null {
  const holds = state.holds.flatMap((hold) => (isHoldInForce(hold, state.at) ? [hold.until] : []));
  const ends = state.measures.flatMap(({ measure, inForce }) =>
    inForce && measure.kind === 'sanction' && isTimed(measure.step) && measure.until
      ? [`${measure.until}T00:00:00.000Z`]
      : [],
  );
  const looks = state.phase === 'closed' && isWelfareOpen(state) ? [state.welfare?.due ?? ''] : [];
  const asked = (state.panel ?? []).flatMap((one) => (one.state === 'asked' ? [one.due] : []));
  const erasable = erasableFrom(state);
  return earliest([...holds, ...ends, ...looks, ...asked, ...(erasable ? [erasable] : [])]);
}

/** Restrictions and suspensions end on their day; the date of a bar is one of review. */
export const isTimed = (step: string): boolean => step === 'restrict' || step === 'suspend';

function earliest(times: readonly string[]): string | null {
  return [...times].sort()[0] ?? null;
}
