/**
 * Random histories: whatever is tried, by whomever, in whatever order, no case reaches a state that must not
 * be. The generator aims at what could go wrong, and the last test shows that it gets there.
 */
import { Refusal } from '@answerable/protocol/refusal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bar,
  byDesk,
  conductDecision,
  conductFinding,
  idOf,
  item,
  must,
  queuedCase,
  subOf,
  suspension,
} from '../testing/example-case.ts';
import { confirmedHoldHoursMax, holdHoursMax } from './apply-hold.ts';
import { after } from './deadline.ts';
import type { ConductDecision, ConductMeasure } from './decision.ts';
import { type CaseEvent, type CaseKind, type EventBody, human, theDesk } from './event.ts';
import { moves } from './moves.ts';
import { type CaseState, isHoldInForce } from './state.ts';
import { transition } from './transition.ts';

const post = 'post/1';
const other = 'post/2';
const page = 'page/1';
const author = subOf('a');
const items = [
  item(post, author),
  item(other, subOf('b')),
  item(page, author),
  item('post/3', null, { seen: 'reporter' }),
];
const locators = items.map((one) => one.locator);
const names = ['A', 'B', 'C'];

interface Step {
  kind: number;
  name: number;
  role: number;
  hours: number;
  variant: number;
}
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(99),
  name: fc.nat(names.length - 1),
  role: fc.nat(9),
  hours: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 5, 13, 40, 750),
  variant: fc.nat(11),
});

function measuresOf(variant: number, salt: string): ConductMeasure[] {
  const hide = { measure: idOf(`hide${salt}`), kind: 'hide-item' as const, target: post };
  const shut = { measure: idOf(`shut${salt}`), kind: 'shut-page' as const, target: page };
  const all = [
    [bar(author, idOf(`bar${salt}`))],
    [suspension(author, idOf(`s${salt}`))],
    [shut],
    [hide],
    [hide, shut],
  ];
  return all[variant % all.length] ?? [];
}

const decisionOf = (variant: number, salt: string): ConductDecision =>
  conductDecision(variant % 3 === 0 ? [post, page] : [post, other, page], measuresOf(variant, salt));

function bodyOf(state: CaseState, { kind, variant }: Step, at: string, salt: string): EventBody {
  const locator = locators[variant % locators.length] ?? post;
  const hold = state.holds[variant % Math.max(1, state.holds.length)]?.hold ?? idOf('no');
  const appeal = state.appeals.find((one) => !one.outcome)?.appeal ?? idOf('no');
  const kinds: CaseKind[] = ['content', 'page', 'care', 'pile-on'];
  const distress = { about: 'first-person-distress' as const, items: [locator], note: '' };
  const bodies: EventBody[] = [
    { kind: 'claimed' },
    { kind: 'claimed' },
    { kind: 'released' },
    { kind: 'escalated', why: 'x' },
    { kind: 'refiled', to: kinds[variant % kinds.length] ?? 'care', why: 'x' },
    { kind: 'assessed', assessment: conductFinding([post, other, page]) },
    { kind: 'assessed', assessment: conductFinding([post, other, page]) },
    { kind: 'assessed', assessment: variant % 2 === 0 ? distress : { ...distress, about: 'nothing' } },
    { kind: 'distress-marked', items: [locator] },
    { kind: 'proposed', decision: decisionOf(variant, salt) },
    { kind: 'proposed', decision: decisionOf(variant, salt) },
    { kind: 'decided', decision: decisionOf(variant, salt) },
    { kind: 'decided', decision: { path: 'none', note: '' } },
    {
      kind: 'decided',
      decision: {
        path: 'care',
        help: [{ measure: idOf(`help${salt}`), kind: 'show-help', target: locator, country: 'GB' }],
        offerContact: true,
        welfareFlag: false,
        note: '',
      },
    },
    { kind: 'confirmed' },
    { kind: 'confirmed' },
    { kind: 'declined', why: 'x' },
    {
      kind: 'held',
      hold: idOf(`hold${salt}`),
      target: locator,
      until: after(at, variant > 9 ? 60 : 1 + variant),
    },
    { kind: 'hold-confirmed', hold, until: after(at, variant * 24) },
    { kind: 'hold-lifted', hold, why: 'x' },
    { kind: 'hold-lapsed', hold },
    { kind: 'expired', measure: state.measures[0]?.measure.measure ?? idOf('no') },
    { kind: 'appealed', appeal: idOf(`appeal${salt}`), sub: author, track: 'normal', grounds: 'x' },
    { kind: 'appealed', appeal: idOf(`appeal${salt}`), sub: author, track: 'normal', grounds: 'x' },
    {
      kind: 'heard',
      appeal,
      outcome: (['upheld', 'overturned', 'varied'] as const)[variant % 3] ?? 'upheld',
      reply: 'x',
      instead: variant % 3 === 2 ? decisionOf(variant === 8 ? 5 : 11, salt) : null,
    },
    {
      kind: 'reported',
      report: idOf(salt),
      capacity: 'user',
      reasons: ['abuse'],
      characteristics: [],
      items: [item(locator, author, { distress: variant === 5 })],
    },
  ];
  // Often the step that leads on, mostly what this phase knows, sometimes what it must refuse.
  const known = bodies.filter((body) => moves[state.phase][body.kind] !== undefined);
  const on = bodies.filter((body) => body.kind === stepOn(state, variant));
  const among = kind >= 85 ? bodies : kind % 2 === 0 && on.length > 0 ? on : known;
  return among[Math.floor(kind / 2) % among.length] ?? { kind: 'claimed' };
}

function stepOn(state: CaseState, variant: number): EventBody['kind'] {
  if (state.phase === 'queued') return variant % 3 === 0 ? 'held' : 'claimed';
  if (state.phase === 'escalated') return 'confirmed';
  if (state.phase === 'closed') return 'appealed';
  if (state.decided) return 'heard';
  return state.assessment?.finding.about === 'conduct' ? 'proposed' : 'assessed';
}

function actorOf(state: CaseState, { name, role }: Step, body: EventBody): Pick<CaseEvent, 'actor' | 'tool'> {
  if (['distress-marked', 'hold-lapsed', 'expired'].includes(body.kind))
    return { actor: theDesk, tool: { kind: 'rule', name: 'r', version: '1' } };
  if (body.kind === 'appealed') return { actor: { role: 'holder', name: 'holder' }, tool: human };
  if (body.kind === 'reported') return { actor: { role: 'reporter', name: 'reporter' }, tool: human };
  const staff = role < 7 ? 'moderator' : (['triage', 'appeals', 'admin'] as const)[role % 3];
  const whose = state.assignee && role % 3 !== 0 ? state.assignee.name : names[name];
  return { actor: { role: staff ?? 'moderator', name: whose ?? 'A' }, tool: human };
}

interface Told {
  states: CaseState[];
  codes: Set<string>;
}

function tell(kind: CaseKind, steps: readonly Step[]): Told {
  let state = queuedCase(kind, items);
  const states = [state];
  const codes = new Set<string>();
  for (const [index, one] of steps.entries()) {
    const at = after(state.at, one.hours);
    const body = bodyOf(state, one, at, `${index}`);
    const next = transition(state, { ...actorOf(state, one, body), at, body });
    if (next instanceof Refusal) codes.add(next.code);
    else {
      state = next;
      states.push(state);
    }
  }
  return { states, codes };
}

/** What must never be, each with a word for it. */
function sins(state: CaseState): string[] {
  const found: string[] = [];
  const distressed = new Set(state.items.filter((one) => one.distress).map((one) => one.locator));
  for (const { measure, rests, inForce } of state.measures) {
    if (measure.kind === 'show-help' || !inForce) continue;
    if (state.kind === 'care' || rests.some((one) => distressed.has(one)))
      found.push('sanction for distress');
    const deciders = new Set(state.decided?.deciders);
    if (measure.kind === 'shut-page' && deciders.size < 2) found.push('page shut by one');
    if (measure.kind === 'sanction' && measure.step === 'bar' && deciders.size < 2) found.push('bar by one');
  }
  for (const { heardBy } of state.appeals)
    if (heardBy && state.decided?.deciders.includes(heardBy)) found.push('appeal heard by its decider');
  for (const hold of state.holds) {
    const longest = holdHoursMax + (hold.confirmedBy ? confirmedHoldHoursMax : 0);
    if (hold.until > after(hold.placed, longest)) found.push('hold without an end');
    if (hold.confirmedBy === hold.by) found.push('hold confirmed by who placed it');
    if (isHoldInForce(hold, hold.until)) found.push('hold in force after its hour');
    const again = state.holds.filter((one) => one.target === hold.target).length > 1;
    if (again) found.push('holds strung together');
    if (hold.state === 'active' && distressed.has(hold.target)) found.push('hold on distress');
  }
  return found;
}

const kinds: fc.Arbitrary<CaseKind> = fc.constantFrom('content', 'page', 'pile-on', 'care');
const history = fc.array(step, { minLength: 20, maxLength: 90 });
const runs = { numRuns: 1000 };

describe('no history leads to', () => {
  it('a sanction for distress, a page shut by one, an appeal heard by its decider, a hold that never lapses', () => {
    fc.assert(
      fc.property(kinds, history, (kind, steps) => {
        for (const state of tell(kind, steps).states) expect(sins(state)).toEqual([]);
      }),
      runs,
    );
  });

  it('a sanction in a care case that nobody re-filed', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const stayed = tell('care', steps).states.filter((state) => state.kind === 'care');
        for (const { measures, holds } of stayed) {
          expect(measures.filter((one) => one.inForce && one.measure.kind !== 'show-help')).toEqual([]);
          expect(holds.filter((one) => one.state === 'active')).toEqual([]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('a distress mark that is gone again', () => {
    fc.assert(
      fc.property(kinds, history, (kind, steps) => {
        let marked: string[] = [];
        for (const state of tell(kind, steps).states) {
          const now = state.items.filter((one) => one.distress).map((one) => one.locator);
          expect(now).toEqual(expect.arrayContaining(marked));
          marked = now;
        }
      }),
      { numRuns: 300 },
    );
  });
});

it('the histories do reach what they are about', () => {
  const reached = new Set<string>();
  const codes = new Set<string>();
  fc.assert(
    fc.property(kinds, history, (kind, steps) => {
      const told = tell(kind, steps);
      for (const code of told.codes) codes.add(code);
      for (const state of told.states) {
        for (const { measure, inForce, endedBy } of state.measures) {
          reached.add(`${measure.kind === 'sanction' ? measure.step : measure.kind} ${inForce}`);
          if (endedBy) reached.add(`ended by ${endedBy}`);
        }
        for (const hold of state.holds) reached.add(`hold ${hold.state} ${hold.confirmedBy !== null}`);
        for (const appeal of state.appeals) reached.add(`appeal ${appeal.outcome}`);
        if (state.kind === 'care') reached.add('care');
      }
    }),
    { numRuns: 800, seed: 1 },
  );
  const wanted = [
    ...['bar true', 'shut-page true', 'suspend true', 'hide-item true', 'show-help true', 'care'],
    ...['ended by appeal', 'ended by distress', 'ended by expiry'],
    ...['hold active true', 'hold lapsed false', 'hold lapsed true'],
    ...['hold lifted false', 'hold superseded false'],
    ...['appeal upheld', 'appeal overturned', 'appeal varied'],
  ];
  expect(wanted.filter((one) => !reached.has(one))).toEqual([]);
  const refused = [
    'distress_no_sanction',
    'own_decision',
    'same_decider',
    'second_decider_needed',
    'hold_over',
  ];
  expect([...codes]).toEqual(expect.arrayContaining(refused));
});

it('the list of sins sees each of them', () => {
  const state = queuedCase('content', items);
  const standing = { concerns: author, rests: [post], inForce: true, endedBy: null };
  const distressed = must(state, byDesk(state.at, { kind: 'distress-marked', items: [post] }));
  expect(sins({ ...distressed, measures: [{ ...standing, measure: suspension(author) }] })).toContain(
    'sanction for distress',
  );
  const decision = decisionOf(2, 'x');
  const decided = { decision, deciders: ['A', 'A'], at: state.at, appealUntil: '2027-05-25' };
  const shut = { measure: idOf('m'), kind: 'shut-page' as const, target: page };
  expect(sins({ ...state, decided, measures: [{ ...standing, measure: shut }] })).toContain(
    'page shut by one',
  );
  const appeal = {
    appeal: idOf('a'),
    sub: author,
    track: 'normal' as const,
    grounds: '',
    at: state.at,
    evidence: [],
  };
  const heard = { heardBy: 'A', outcome: 'upheld' as const, reply: 'x', heardAt: state.at, restoredAt: null };
  expect(sins({ ...state, decided, appeals: [{ ...appeal, ...heard }] })).toContain(
    'appeal heard by its decider',
  );
  const hold = { hold: idOf('h'), target: post, by: 'A', placed: state.at, confirmedBy: null };
  const endless = { ...hold, until: after(state.at, 9999), state: 'active' as const };
  expect(sins({ ...state, holds: [endless] })).toContain('hold without an end');
});
