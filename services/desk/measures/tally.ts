/**
 * What one event adds to the figures (SAFETY, "Measures to publish"): the difference between the state before
 * and after it, in numbers. Pure, so that every figure can be counted again from the events of its day.
 * Must never: count by a finer time than a day, or name anybody: not a case, an account or a moderator.
 */
import { dayOfInstant, dueAt } from '../casework/deadline.ts';
import type { Decision } from '../casework/decision.ts';
import type { CaseEvent } from '../casework/event.ts';
import { queueOf } from '../casework/queue.ts';
import { type Appeal, type CaseState, headcount } from '../casework/state.ts';

const msPerMinute = 60_000;
const minutesPerHour = 60;
/** Waits up to this are kept to the minute, longer ones to the hour; always rounded up, never flattering. */
const exactMinutesMax = 180;

/** The day of what is no sum over a day: how many wait now. */
export const always = 'always';

export type FigureName =
  | 'waiting'
  | 'entered'
  | 'left'
  | 'opened'
  | 'reports'
  | 'report-reason'
  | 'report-capacity'
  | 'report-characteristic'
  | 'complaints'
  | 'complaint-outcome'
  | 'acted-minutes'
  | 'decided'
  | 'decided-minutes'
  | 'decided-in-time'
  | 'decided-by-two'
  | 'ground'
  | 'category'
  | 'measure'
  | 'measure-ended'
  | 'hold'
  | 'appealed'
  | 'heard'
  | 'heard-minutes'
  | 'heard-in-time'
  | 'pile-on-messages'
  | 'pile-on-accounts'
  | 'pile-on-persons'
  | 'care'
  | 'distress'
  | 'golden-asked'
  | 'golden-agreed';

export interface Tally {
  /** `YYYY-MM-DD` in UTC, or `always` */
  day: string;
  figure: FigureName;
  part: string;
  /** minutes or persons where a figure is a distribution; else 0 */
  value: number;
  n: number;
}

/** `before` is undefined for the first event of a case. */
export function talliesBetween(before: CaseState | undefined, after: CaseState, event: CaseEvent): Tally[] {
  const day = dayOfInstant(event.at);
  const on = (figure: FigureName, part: string, more: { value?: number; n?: number } = {}): Tally => ({
    day,
    figure,
    part,
    value: more.value ?? 0,
    n: more.n ?? 1,
  });
  return [
    ...queueMoves(before, after, on),
    ...cameIn(event, on),
    ...(before ? acted(before, after, event.at, on) : []),
    ...(before && !before.decided && after.decided ? decided(before, after, event.at, on) : []),
    ...(before ? ended(before, after, on) : []),
    ...(before ? appeals(before, after, on) : []),
    ...care(before, after, event, on),
  ].filter((tally) => tally.n !== 0);
}

type On = (figure: FigureName, part: string, more?: { value?: number; n?: number }) => Tally;

function queueMoves(before: CaseState | undefined, after: CaseState, on: On): Tally[] {
  const [from, to] = [before ? queueOf(before) : 'closed', queueOf(after)];
  if (from === to) return [];
  const left = [{ ...on('waiting', from, { n: -1 }), day: always }, on('left', from)];
  const entered = [{ ...on('waiting', to), day: always }, on('entered', to)];
  return [...(from === 'closed' ? [] : left), ...(to === 'closed' ? [] : entered)];
}

function cameIn({ body }: CaseEvent, on: On): Tally[] {
  if (body.kind === 'opened') return [on('opened', body.caseKind)];
  if (body.kind === 'complained') return [on('complaints', body.about), on('report-capacity', body.capacity)];
  if (body.kind === 'reported-again')
    return [on('reports', 'of what was decided'), on('report-capacity', body.capacity)];
  if (body.kind === 'alarm-raised') return [on('care', 'alarms')];
  if (body.kind !== 'reported') return [];
  return [
    on('reports', 'to look into'),
    ...[...new Set(body.reasons)].map((reason) => on('report-reason', reason)),
    on('report-capacity', body.capacity),
    ...[...new Set(body.characteristics)].map((one) => on('report-characteristic', one)),
  ];
}

// Aware: the first report is acknowledged and the case is open. Acted: something is hidden, decided against, or help is shown.
function acted(before: CaseState, after: CaseState, at: string, on: On): Tally[] {
  const holds = after.holds.slice(before.holds.length).map(() => on('hold', 'placed'));
  const path = after.decided?.decision.path;
  const now = after.holds.length > 0 || path === 'conduct' || path === 'care';
  if (!now || before.holds.length > 0 || before.decided) return holds;
  return [...holds, on('acted-minutes', after.kind, { value: minutesBetween(after.opened, at) })];
}

function decided(before: CaseState, after: CaseState, at: string, on: On): Tally[] {
  const { decision, deciders } = after.decided!;
  const { messages, accounts, persons } = headcount(after);
  const due = dueAt(before);
  return [
    on('decided', decision.path),
    on('decided-minutes', after.kind, { value: minutesBetween(after.opened, at) }),
    on('decided-in-time', after.kind, { n: due === null || at <= due ? 1 : 0 }),
    on('decided-by-two', 'all', { n: deciders.length > 1 ? 1 : 0 }),
    ...(decision.path === 'conduct' ? conduct(decision, on) : []),
    ...(decision.path === 'complaint' ? [on('complaint-outcome', decision.outcome)] : []),
    ...(after.kind === 'pile-on'
      ? [
          on('pile-on-messages', 'all', { value: messages }),
          on('pile-on-accounts', 'all', { value: accounts }),
          ...(persons === null ? [] : [on('pile-on-persons', 'all', { value: persons })]),
        ]
      : []),
  ];
}

function conduct({ statement, measures }: Extract<Decision, { path: 'conduct' }>, on: On): Tally[] {
  const illegal = statement.decision_ground === 'DECISION_GROUND_ILLEGAL_CONTENT';
  return [
    on('ground', illegal ? 'illegal' : 'terms'),
    on('category', statement.category),
    ...measures.map((one) => on('measure', one.kind === 'sanction' ? one.step : one.kind)),
  ];
}

function ended(before: CaseState, after: CaseState, on: On): Tally[] {
  const stood = new Set(before.measures.filter((one) => one.inForce).map((one) => one.measure.measure));
  const measures = after.measures.filter((one) => !one.inForce && stood.has(one.measure.measure));
  const active = new Set(before.holds.filter((one) => one.state === 'active').map((one) => one.hold));
  const holds = after.holds.filter((one) => active.has(one.hold) && one.state !== 'active');
  const unconfirmed = new Set(before.holds.filter((one) => one.confirmedBy === null).map((one) => one.hold));
  const confirmed = after.holds.filter((one) => one.confirmedBy !== null && unconfirmed.has(one.hold));
  return [
    ...measures.map((one) => on('measure-ended', one.endedBy ?? 'other')),
    ...holds.map((one) => on('hold', one.state)),
    ...confirmed.map(() => on('hold', 'confirmed')),
  ];
}

function appeals(before: CaseState, after: CaseState, on: On): Tally[] {
  const known = new Map(before.appeals.map((one) => [one.appeal, one]));
  return after.appeals.flatMap((appeal) => {
    const was = known.get(appeal.appeal);
    if (!was) return [on('appealed', appeal.track)];
    return was.outcome === null && appeal.outcome !== null ? heard(before, was, appeal, on) : [];
  });
}

function heard(before: CaseState, was: Appeal, { outcome, heardAt, track, at }: Appeal, on: On): Tally[] {
  const end = heardAt ?? before.at;
  const due = dueAt({ ...before, appeals: [was] });
  return [
    on('heard', outcome ?? 'other'),
    on('heard-minutes', track, { value: minutesBetween(at, end) }),
    on('heard-in-time', track, { n: due === null || end <= due ? 1 : 0 }),
  ];
}

// Found: by the moderator who assessed it. Wrongly sanctioned: a sanction stood on it until then, in this case or another.
function care(before: CaseState | undefined, after: CaseState, { body }: CaseEvent, on: On): Tally[] {
  const opened = after.kind === 'care' && before?.kind !== 'care' ? [on('care', 'opened')] : [];
  if (!before) return opened;
  const unmarked = new Set(before.items.filter((one) => !one.distress).map((one) => one.locator));
  const marked = after.items.filter((one) => one.distress && unmarked.has(one.locator));
  const stood = new Set(before.measures.filter((one) => one.inForce).map((one) => one.measure.measure));
  const wronged = (sanction: boolean) =>
    marked.filter(({ locator }) =>
      after.measures.some(
        ({ measure, rests, endedBy }) =>
          endedBy === 'distress' &&
          stood.has(measure.measure) &&
          rests.includes(locator) &&
          (measure.kind === 'sanction') === sanction,
      ),
    ).length;
  const decision = before.decided ? undefined : after.decided?.decision;
  return [
    ...opened,
    on('distress', 'found', { n: body.kind === 'assessed' ? marked.length : 0 }),
    on('distress', 'sanctioned', { n: wronged(true) }),
    on('distress', 'taken-down', { n: wronged(false) }),
    ...(decision?.path === 'care' ? helped(decision, on) : []),
  ];
}

function helped(decision: Extract<Decision, { path: 'care' }>, on: On): Tally[] {
  const shown = decision.help.length > 0;
  return [
    on('care', 'decided'),
    on('care', 'signposted', { n: shown ? 1 : 0 }),
    on('care', 'contact-offered', { n: decision.offerContact ? 1 : 0 }),
    on('care', 'welfare-flagged', { n: decision.welfareFlag ? 1 : 0 }),
    on('care', 'helped', { n: shown || decision.offerContact ? 1 : 0 }),
  ];
}

/** Whole minutes, rounded up; whole hours beyond three. */
export function minutesBetween(from: string, to: string): number {
  const minutes = Math.max(0, Math.ceil((Date.parse(to) - Date.parse(from)) / msPerMinute));
  return minutes <= exactMinutesMax ? minutes : Math.ceil(minutes / minutesPerHour) * minutesPerHour;
}
