/**
 * Alarms, and looking in on somebody again. Whoever is at risk is under no measure for it: while an alarm about
 * the author of an item is open, nothing may be decided or held against them in this case; when it ends, and was
 * no mistake, the item is marked as distress for good.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { distressMarked } from './apply-finding.ts';
import { type Alarm, isWelfareOpen, lookAgainHoursDefault, lookAgainHoursMax, openAlarms } from './care.ts';
import { after } from './deadline.ts';
import type { CareDecision, ConductDecision, Decision } from './decision.ts';
import { type CaseState, itemOf, sameHolder } from './state.ts';
import type { Applied } from './transition.ts';

/** Alarms of one case, ended ones included; a bound, not a rule. */
const alarmsMax = 50;
const stepsMax = 200;

export function alarmRaised(state: CaseState, { actor, at, body }: Applied<'alarm-raised'>): CaseState {
  const alarms = state.alarms ?? [];
  const { alarm, about, risk, why } = body;
  if (about !== null && !itemOf(state, about)) throw new Refusal('move_not_allowed', 'about');
  if (why.trim() === '') throw new Refusal('reasons_missing', 'why');
  if (alarms.some((one) => one.alarm === alarm) || openAlarms(state).length > 0)
    throw new Refusal('already_decided');
  if (alarms.length >= alarmsMax) throw new Refusal('move_not_allowed');
  const raised: Alarm = { alarm, by: actor.name, at, about, risk, why, steps: [], ended: null };
  return { ...state, alarms: [...alarms, raised] };
}

export function alarmStep(state: CaseState, { actor, at, body }: Applied<'alarm-step'>): CaseState {
  const known = openAlarm(state, body.alarm);
  if (known.steps.length >= stepsMax) throw new Refusal('move_not_allowed');
  const step = { step: body.step, by: actor.name, at, note: body.note };
  return replace(state, { ...known, steps: [...known.steps, step] });
}

export function alarmEnded(state: CaseState, { actor, at, body }: Applied<'alarm-ended'>): CaseState {
  const known = openAlarm(state, body.alarm);
  const { outcome, note } = body;
  if (note.trim() === '') throw new Refusal('reasons_missing', 'note');
  const next = replace(state, { ...known, ended: { by: actor.name, at, outcome, note } });
  if (known.risk === 'somebody-else' || outcome === 'mistaken') return next;
  const items = known.about === null ? concerned(state, body.items) : [known.about];
  if (items.length === 0) return next;
  return distressMarked(next, { actor, at, body: { kind: 'distress-marked', items } });
}

/**
 * An alarm that pointed at nothing must not be forgotten: before anything else can be decided, whoever ends it says
 * what in the case is by that person.
 */
function concerned(state: CaseState, said: string[] | undefined): string[] {
  if (said?.some((locator) => !itemOf(state, locator))) throw new Refusal('move_not_allowed', 'items');
  if (said === undefined && state.items.length > 0 && !state.decided)
    throw new Refusal('reasons_missing', 'items');
  return said ?? [];
}

/** Refuses `distress_no_sanction` while somebody whom `decision` would reach may be about to die. */
export function requireNoAlarm(state: CaseState, decision: ConductDecision): void {
  const targets = decision.measures.flatMap((one) => ('target' in one ? [one.target] : []));
  const subs = decision.measures.flatMap((one) => (one.kind === 'sanction' ? [one.sub] : []));
  const reached = [...decision.rests, ...targets].some((target) => isUnderAlarm(state, target));
  if (reached || subs.some((sub) => isAtRisk(state, sub))) throw new Refusal('distress_no_sanction');
}

/** Whether `target` is something by a person about whom an alarm is open. */
export function isUnderAlarm(state: CaseState, target: string): boolean {
  const author = itemOf(state, target)?.author ?? null;
  const named = aboutTheAuthor(state).some(({ about }) => about === null || about === target);
  return named || (author !== null && isAtRisk(state, author));
}

function isAtRisk(state: CaseState, sub: string): boolean {
  return aboutTheAuthor(state).some(({ about }) => {
    if (about === null) return true;
    const author = itemOf(state, about)?.author ?? null;
    return author !== null && sameHolder(state, author).has(sub);
  });
}

const aboutTheAuthor = (state: CaseState) => openAlarms(state).filter((one) => one.risk !== 'somebody-else');

/** A decision of care that asks for it begins the looking in. */
export function withWelfare(state: CaseState, decision: Decision, at: string): CaseState {
  if (decision.path !== 'care' || !asksToLookAgain(decision)) return state;
  const due = after(at, decision.lookAgainHours ?? lookAgainHoursDefault);
  const welfare = { offered: decision.offerContact, due, waiting: false, wish: null, checks: [] };
  return { ...state, welfare };
}

const asksToLookAgain = (decision: CareDecision): boolean =>
  decision.offerContact || decision.welfareFlag || decision.lookAgainHours !== undefined;

export function welfareDue(state: CaseState, { at }: Applied<'welfare-due'>): CaseState {
  const { welfare } = state;
  if (!welfare?.due || welfare.waiting || at < welfare.due) throw new Refusal('move_not_allowed');
  return { ...state, welfare: { ...welfare, waiting: true } };
}

/** The holder says what they want. Whoever wants to be left alone is not written to again. */
export function welfareWished(state: CaseState, { at, body }: Applied<'welfare-wished'>): CaseState {
  const { welfare } = state;
  const holder = sameHolder(state, body.sub);
  const theirs = state.measures.some(
    ({ measure, concerns }) => measure.kind === 'show-help' && concerns !== null && holder.has(concerns),
  );
  // Whoever is not concerned is told the same as for a case that does not exist.
  if (!theirs) throw new Refusal('case_unknown');
  const kept = welfare ?? { offered: false, due: null, waiting: false, wish: null, checks: [] };
  const wish = { wish: body.wish, at };
  if (body.wish === 'leave-alone') return { ...state, welfare: { ...kept, wish } };
  const phase = state.phase === 'closed' ? ('queued' as const) : state.phase;
  return { ...state, phase, welfare: { ...kept, wish, due: at, waiting: true } };
}

export function welfareChecked(state: CaseState, { actor, at, body }: Applied<'welfare-checked'>): CaseState {
  const { welfare, assignee } = state;
  if (!welfare || !isWelfareOpen(state)) throw new Refusal('move_not_allowed');
  if (assignee && assignee.name !== actor.name) throw new Refusal('already_claimed');
  if (body.note.trim() === '') throw new Refusal('reasons_missing', 'note');
  const leftAlone = welfare.wish?.wish === 'leave-alone';
  if (leftAlone && (body.words !== null || body.next !== null)) throw new Refusal('move_not_allowed', 'wish');
  if (body.next !== null && (body.next <= at || body.next > after(at, lookAgainHoursMax)))
    throw new Refusal('move_not_allowed', 'next');
  const check = { by: actor.name, at, seen: body.seen, wrote: body.words !== null };
  const checks = [...welfare.checks, check];
  return {
    ...state,
    phase: 'closed',
    assignee: null,
    welfare: { ...welfare, checks, due: body.next, waiting: false },
  };
}

export function askedAfterDeath(state: CaseState, { body }: Applied<'asked-after-death'>): CaseState {
  if (state.kind !== 'care' || state.afterDeath) throw new Refusal('move_not_allowed');
  return { ...state, afterDeath: { by: body.by, asks: body.asks } };
}

export function preserved(state: CaseState, { at }: Applied<'preserved'>): CaseState {
  if (state.preserved) throw new Refusal('already_decided');
  return { ...state, preserved: { since: at } };
}

export function preservationEnded(state: CaseState): CaseState {
  const { preserved: was, ...rest } = state;
  if (!was) throw new Refusal('move_not_allowed');
  return rest;
}

function openAlarm(state: CaseState, id: string): Alarm {
  const found = state.alarms?.find((one) => one.alarm === id);
  if (!found) throw new Refusal('not_found');
  if (found.ended) throw new Refusal('already_decided');
  return found;
}

function replace(state: CaseState, alarm: Alarm): CaseState {
  const alarms = (state.alarms ?? []).map((one) => (one.alarm === alarm.alarm ? alarm : one));
  return { ...state, alarms };
}
