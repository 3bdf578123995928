/**
 * Random histories of every event there is, by everybody who could try: staff under several spellings, the holder,
 * the desk's own rules, people of other forums and of this one. For tests of the casework only.
 */
import { Refusal } from '@answerable/protocol/refusal';
import fc from 'fast-check';
import { unaskedMatters } from '../casework/apply-panel.ts';
import { alarmRisks } from '../casework/care.ts';
import { after } from '../casework/deadline.ts';
import type { ConductDecision } from '../casework/decision.ts';
import {
  type Actor,
  type CaseEvent,
  type EventBody,
  type EventKind,
  human,
  rule,
  theDesk,
} from '../casework/event.ts';
import { moves } from '../casework/moves.ts';
import { type CaseState, pendingAppeals } from '../casework/state.ts';
import { transition } from '../casework/transition.ts';
import {
  bar,
  byDesk,
  conductDecision,
  conductFinding,
  idOf,
  item,
  must,
  subOf,
  suspension,
} from './example-case.ts';

export type Transition = typeof transition;
const start = '2026-11-23T08:00:00.000Z';
const author = subOf('a');
const items = [item('post/1', author), item('page/1', author), item('post/2', subOf('b'))];
const staff = ['Ada', 'ada.', 'Bo', 'Cleo'];
const panels = ['beta/Pim', 'beta/Ada', 'gamma/Bo', 'gamma/Quin', 'alpha/Rae'];

interface Step {
  pick: number;
  who: number;
  hours: number;
  variant: number;
}
const step: fc.Arbitrary<Step> = fc.record({
  pick: fc.nat(999),
  who: fc.nat(99),
  hours: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 5, 13, 30, 800, 9000),
  variant: fc.nat(11),
});

function decisionOf(variant: number, salt: string): ConductDecision {
  const hide = { measure: idOf(`hide${salt}`), kind: 'hide-item' as const, target: 'post/1' };
  const shut = { measure: idOf(`shut${salt}`), kind: 'shut-page' as const, target: 'page/1' };
  const measures = [
    [bar(author, idOf(`bar${salt}`))],
    [suspension(author, idOf(`s${salt}`))],
    [shut],
    [hide],
  ];
  return conductDecision(['post/1', 'page/1'], measures[variant % 4] ?? [hide]);
}

type Made = { [K in EventKind]: (state: CaseState, variant: number, salt: string) => EventBody };
const at = (state: CaseState, hours: number) => after(state.at, hours);
const holdIn = (state: CaseState) => state.holds.at(-1)?.hold ?? idOf('none');
const alarmIn = (state: CaseState) => state.alarms?.at(-1)?.alarm ?? idOf('none');
const appealIn = (state: CaseState) => pendingAppeals(state)[0]?.appeal ?? idOf('none');
const locatorOf = (variant: number) => items[variant % items.length]?.locator ?? 'post/1';

/** One of each kind; a kind that is not here does not compile. */
const made: Made = {
  opened: (state) => ({ kind: 'opened', caseId: state.caseId, caseKind: 'content', rules: state.rules }),
  reported: (_s, v, salt) => ({
    kind: 'reported',
    report: idOf(salt),
    capacity: 'user',
    reasons: ['abuse'],
    characteristics: [],
    items: [item(locatorOf(v), author)],
  }),
  complained: (_s, _v, salt) => ({
    kind: 'complained',
    complaint: idOf(salt),
    about: 'duty',
    capacity: 'user',
    items: [],
    concerns: null,
    evidence: '',
  }),
  'added-to': () => ({ kind: 'added-to', evidence: '' }),
  'reported-again': (_s, _v, salt) => ({
    kind: 'reported-again',
    report: idOf(salt),
    capacity: 'user',
    evidence: '',
  }),
  queued: () => ({ kind: 'queued' }),
  'item-seen': (_s, v) => ({ kind: 'item-seen', item: item(locatorOf(v), author) }),
  'persons-counted': () => ({ kind: 'persons-counted', persons: [{ sub: author, person: 1 }] }),
  'distress-marked': (_s, v) => ({ kind: 'distress-marked', items: [locatorOf(v)] }),
  claimed: () => ({ kind: 'claimed' }),
  released: () => ({ kind: 'released' }),
  'handed-over': (_s, v) => ({ kind: 'handed-over', to: staff[v % staff.length] ?? 'Bo', word: 'x' }),
  escalated: () => ({ kind: 'escalated', why: 'x' }),
  refiled: (_s, v) => ({
    kind: 'refiled',
    to: (['content', 'page', 'care', 'complaint'] as const)[v % 4] ?? 'care',
    why: 'x',
  }),
  noted: () => ({ kind: 'noted', note: 'x' }),
  assessed: (_s, v) =>
    v === 7
      ? { kind: 'assessed', assessment: { about: 'first-person-distress', items: ['post/1'], note: '' } }
      : { kind: 'assessed', assessment: conductFinding(['post/1', 'page/1']) },
  proposed: (_s, v, salt) => ({ kind: 'proposed', decision: decisionOf(v, salt) }),
  decided: (_s, v, salt) => ({
    kind: 'decided',
    decision:
      v === 5
        ? { path: 'complaint', outcome: 'upheld', reply: v > 4 ? 'x' : '', remedy: 'x' }
        : v === 6
          ? { path: 'none', note: '' }
          : decisionOf(v, salt),
  }),
  confirmed: () => ({ kind: 'confirmed' }),
  declined: () => ({ kind: 'declined', why: 'x' }),
  held: (state, v, salt) => ({
    kind: 'held',
    hold: idOf(`h${salt}`),
    target: locatorOf(v),
    until: at(state, 2 + v),
  }),
  'hold-confirmed': (state, v) => ({ kind: 'hold-confirmed', hold: holdIn(state), until: at(state, 20 * v) }),
  'hold-lifted': (state) => ({ kind: 'hold-lifted', hold: holdIn(state), why: 'x' }),
  'hold-lapsed': (state) => ({ kind: 'hold-lapsed', hold: holdIn(state) }),
  expired: (state) => ({ kind: 'expired', measure: state.measures[0]?.measure.measure ?? idOf('none') }),
  'held-elsewhere': (state, v) => ({
    kind: 'held-elsewhere',
    target: locatorOf(v),
    hash: items[v % items.length]?.hash ?? '',
    until: at(state, 1),
  }),
  'panel-asked': (state, v, salt) => ({
    kind: 'panel-asked',
    request: idOf(`p${salt}`),
    forum: ['beta', 'gamma', 'beta', 'gamma', 'alpha'][v % 5] ?? 'beta',
    ...(unaskedMatters(state)[v % Math.max(1, unaskedMatters(state).length)] ?? {
      about: 'hold' as const,
      subject: 'none',
    }),
    due: at(state, 24),
  }),
  'panel-late': (state) => ({ kind: 'panel-late', request: state.panel?.at(-1)?.request ?? idOf('none') }),
  erased: () => ({ kind: 'erased' }),
  appealed: (_s, _v, salt) => ({
    kind: 'appealed',
    appeal: idOf(`a${salt}`),
    sub: author,
    track: 'normal',
    grounds: 'x',
  }),
  'evidence-added': (state, _v, salt) => ({
    kind: 'evidence-added',
    appeal: appealIn(state),
    sub: author,
    words: salt,
    media: [],
  }),
  heard: (state, v, salt) => ({
    kind: 'heard',
    appeal: appealIn(state),
    outcome: (['upheld', 'overturned', 'varied'] as const)[v % 3] ?? 'upheld',
    reply: 'x',
    instead: v % 3 === 2 ? decisionOf(v === 2 ? 1 : v, salt) : null,
  }),
  'asked-after-death': () => ({ kind: 'asked-after-death', by: 'family', asks: ['memorial'] }),
  preserved: () => ({ kind: 'preserved', why: 'after-death' }),
  'preservation-ended': () => ({ kind: 'preservation-ended' }),
  'alarm-raised': (_s, _v, salt) => ({
    kind: 'alarm-raised',
    alarm: idOf(`alarm${salt}`),
    about: 'post/1',
    risk: alarmRisks[0],
    why: 'x',
  }),
  'alarm-step': (state) => ({ kind: 'alarm-step', alarm: alarmIn(state), step: 'other', note: 'x' }),
  'alarm-ended': (state) => ({ kind: 'alarm-ended', alarm: alarmIn(state), outcome: 'safe', note: 'x' }),
  'welfare-due': () => ({ kind: 'welfare-due' }),
  'welfare-wished': () => ({ kind: 'welfare-wished', sub: author, wish: 'get-in-touch' }),
  'welfare-checked': () => ({
    kind: 'welfare-checked',
    seen: 'still-here',
    note: 'x',
    words: null,
    next: null,
  }),
};
export const allKinds = Object.keys(made) as EventKind[];

const byRule = new Set<EventKind>([
  'opened',
  'queued',
  'item-seen',
  'persons-counted',
  'distress-marked',
  'hold-lapsed',
  'held-elsewhere',
  'expired',
  'erased',
  'panel-asked',
  'panel-late',
  'welfare-due',
  'preserved',
  'preservation-ended',
]);

function actorOf(state: CaseState, kind: EventKind, who: number): Actor {
  // Sometimes the wrong one altogether.
  if (who < 4) return { role: 'panel', name: panels[who] ?? 'beta/Pim' };
  if (byRule.has(kind)) return theDesk;
  if (kind === 'appealed' || kind === 'evidence-added') return { role: 'holder', name: 'holder' };
  if (['reported', 'complained', 'added-to', 'reported-again'].includes(kind))
    return { role: 'reporter', name: 'reporter' };
  const panel = ['confirmed', 'declined', 'hold-confirmed', 'hold-lifted', 'heard'].includes(kind);
  const asked = state.panel?.find((one) => one.state === 'asked');
  // Often somebody of the forum that was asked.
  const among = asked && who % 4 === 0 ? panels.filter((one) => one.startsWith(asked.forum)) : panels;
  if (panel && who % 2 === 0) return { role: 'panel', name: among[who % among.length] ?? 'beta/Pim' };
  return { role: who % 7 === 0 ? 'admin' : 'moderator', name: staff[who % staff.length] ?? 'Bo' };
}

function likely(state: CaseState, pick: number): EventKind {
  const known = allKinds.filter((kind) => moves[state.phase][kind] !== undefined);
  const on: EventKind[] =
    state.phase === 'queued'
      ? ['claimed', 'held', 'panel-asked', 'heard']
      : state.phase === 'escalated'
        ? ['confirmed', 'panel-asked', 'held']
        : state.phase === 'closed'
          ? ['appealed', 'erased']
          : state.decided
            ? ['heard', 'panel-asked', 'evidence-added']
            : state.assessment
              ? ['proposed', 'decided', 'held']
              : ['assessed', 'held'];
  if (state.panel?.some((one) => one.state === 'asked' && one.about === 'hold'))
    on.push('hold-confirmed', 'hold-lifted');
  const among = pick % 10 === 0 ? allKinds : pick % 2 === 0 ? known : on;
  return among[Math.floor(pick / 10) % among.length] ?? 'claimed';
}

export interface Told {
  state: CaseState;
  taken: CaseEvent[];
}

function opening(): CaseState {
  const rules = {
    barNeedsSecond: true,
    holdsPersons: true,
    holdHours: 12,
    oneModerator: true,
    forum: 'alpha',
    retentionDays: 30,
  };
  const events = [
    byDesk(start, { kind: 'opened', caseId: idOf('case'), caseKind: 'content', rules }),
    {
      actor: { role: 'reporter', name: 'reporter' },
      tool: human,
      at: start,
      body: made.reported(0 as never, 0, 'r'),
    },
    byDesk(start, { kind: 'queued' }),
  ] as CaseEvent[];
  const all = { ...(events[1]?.body as object), items } as EventBody;
  events[1] = { ...(events[1] as CaseEvent), body: all };
  return events.reduce<CaseState | undefined>((state, event) => must(state, event), undefined) as CaseState;
}
const opened = opening();

export function tell(steps: readonly Step[], turn: Transition = transition): Told[] {
  let state = opened;
  const taken: CaseEvent[] = [];
  const told: Told[] = [];
  for (const [n, { pick, who, hours, variant }] of steps.entries()) {
    const kind = likely(state, pick);
    const actor = actorOf(state, kind, who);
    // Mostly whoever has the case goes on with it.
    const going =
      actor.role === 'moderator' && state.assignee && who % 3 !== 0 ? state.assignee.name : actor.name;
    const tool = byRule.has(kind) ? rule('r') : human;
    const event = {
      actor: { ...actor, name: going },
      tool,
      at: at(state, hours),
      body: made[kind](state, variant, `${n}`),
    };
    const next = turn(state, event);
    if (next instanceof Refusal) continue;
    state = next;
    taken.push(event);
    told.push({ state, taken: [...taken] });
  }
  return told;
}

export const history = fc.array(step, { minLength: 20, maxLength: 70 });
