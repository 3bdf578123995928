/**
 * Whatever is tried, by whomever, in whatever order, with every event there is: what must never be is never reached.
 * It is judged from the list of what was taken, not from what the state says of itself; and each weakening of the
 * transition is seen.
 */
import { Refusal } from '@answerable/protocol/refusal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allKinds, history, type Told, type Transition, tell } from '../testing/random-history.ts';
import { after, dayOfInstant } from './deadline.ts';
import { queueOf, queues } from './queue.ts';
import { type CaseState, isHoldInForce, pendingAppeals } from './state.ts';
import { statementFits } from './statement.ts';
import { transition } from './transition.ts';

const plain = (name: string) =>
  name
    .slice(name.indexOf('/') + 1)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
const forum = (name: string) => name.split('/')[0];

function sins({ state, taken }: Told): string[] {
  const found: string[] = [];
  const last = taken.at(-1);
  const closing = taken.findIndex(({ body }) => body.kind === 'decided' || body.kind === 'confirmed');
  const upTo = taken.slice(0, closing + 1);
  const parts = upTo.filter(({ body }) =>
    ['proposed', 'decided', 'confirmed', 'declined', 'held', 'hold-confirmed'].includes(body.kind),
  );
  const names = new Set(parts.map(({ actor }) => plain(actor.name)));
  if (last?.body.kind === 'heard' && names.has(plain(last.actor.name))) found.push('heard by who had part');
  const standing = state.measures.filter((one) => one.inForce && one.measure.kind !== 'show-help');
  const grave = standing.filter(
    ({ measure }) => measure.kind === 'shut-page' || (measure.kind === 'sanction' && measure.step === 'bar'),
  );
  const words = upTo.filter(({ body }) => ['proposed', 'decided', 'confirmed'].includes(body.kind)).slice(-2);
  if (grave.length > 0 && new Set(words.map(({ actor }) => plain(actor.name))).size < 2)
    found.push('grave by one');
  const distressed = new Set(state.items.filter((one) => one.distress).map((one) => one.locator));
  if (standing.some(({ rests }) => state.kind === 'care' || rests.some((one) => distressed.has(one))))
    found.push('sanction for distress');
  for (const hold of state.holds) {
    if (hold.until > after(hold.placed, 12 + (hold.confirmedBy ? 7 * 24 : 0)))
      found.push('hold without an end');
    if (isHoldInForce(hold, hold.until)) found.push('hold after its hour');
  }
  if (last?.actor.role === 'panel') {
    if (forum(last.actor.name) === 'alpha') found.push('panel of own forum');
    const asked = taken
      .slice(0, -1)
      .some(({ body }) => body.kind === 'panel-asked' && body.forum === forum(last.actor.name));
    if (!asked) found.push('panel that was not asked');
  }
  const decision = state.decided?.decision;
  if (!state.erased && decision?.path === 'conduct') {
    const illegal = decision.statement.decision_ground === 'DECISION_GROUND_ILLEGAL_CONTENT';
    if (!statementFits(decision, illegal ? 'illegal' : 'terms')) found.push('decision without a statement');
  }
  if (decision?.path === 'complaint' && !state.erased && decision.reply === '')
    found.push('complaint without an answer');
  const queue = queueOf(state);
  if (![...queues, 'closed'].includes(queue)) found.push('in no queue');
  if (pendingAppeals(state).length > 0 && queue !== 'appeals') found.push('appeal that waits nowhere');
  if (state.erased && (standing.length > 0 || dayOfInstant(state.at) <= (state.decided?.appealUntil ?? '')))
    found.push('erased too soon');
  return found;
}

const runs = { numRuns: 500 };

it('no history of any events leads to what must never be', () => {
  fc.assert(
    fc.property(history, (steps) => {
      for (const told of tell(steps)) expect(sins(told)).toEqual([]);
    }),
    runs,
  );
});

it('the histories get everywhere: every kind of event is taken, and the panel decides', () => {
  const kinds = new Set<string>();
  const seen = new Set<string>();
  fc.assert(
    fc.property(history, (steps) => {
      for (const { state, taken } of tell(steps)) {
        const last = taken.at(-1);
        if (last) kinds.add(last.body.kind);
        if (last?.actor.role === 'panel') seen.add(`panel ${last.body.kind}`);
        for (const one of state.panel ?? []) seen.add(`asked ${one.about} ${one.state}`);
      }
    }),
    { numRuns: 700, seed: 7 },
  );
  // Those that only begin a case, and those about somebody in care, which that room tests.
  const never = [
    ...['opened', 'queued', 'complained', 'item-seen', 'asked-after-death', 'alarm-step'],
    ...['welfare-due', 'welfare-wished', 'welfare-checked'],
  ];
  expect(allKinds.filter((kind) => !kinds.has(kind) && !never.includes(kind))).toEqual([]);
  const panel = ['confirmed', 'declined', 'hold-confirmed', 'hold-lifted', 'heard'].map(
    (one) => `panel ${one}`,
  );
  expect(panel.filter((one) => !seen.has(one))).toEqual([]);
  expect([...seen]).toEqual(
    expect.arrayContaining(['asked appeal answered', 'asked confirmation late', 'asked hold moot']),
  );
});

/** The transition with one of its rules taken away. */
const weakened: [string, Transition][] = [
  [
    'heard by who had part',
    (state, event) => {
      const about = state?.decided && ['heard', 'claimed'].includes(event.body.kind);
      return transition(state && about ? forgetful(state) : state, event);
    },
  ],
  [
    'grave by one',
    (state, event) => {
      const one = event.body.kind === 'confirmed' && event.actor.role !== 'panel';
      return transition(state, one ? { ...event, actor: { ...event.actor, name: 'Nobody Yet' } } : event);
    },
  ],
  [
    'hold without an end',
    (state, event) => {
      const next = transition(state, event);
      if (next instanceof Refusal || event.body.kind !== 'held') return next;
      return { ...next, holds: next.holds.map((one) => ({ ...one, until: after(one.until, 24 * 30) })) };
    },
  ],
  [
    'panel of own forum',
    (state, event) => {
      const own = event.actor.name.startsWith('alpha/');
      return transition(state, own ? { ...event, actor: { ...event.actor, name: 'beta/Zoe' } } : event);
    },
  ],
  [
    'panel that was not asked',
    (state, event) => {
      const acts = event.actor.role === 'panel' && !event.actor.name.startsWith('alpha/');
      return transition(state, acts ? { ...event, actor: { role: 'moderator', name: 'Zoe' } } : event);
    },
  ],
  [
    'sanction for distress',
    (state, event) => {
      const next = transition(state, event);
      if (next instanceof Refusal || !state || event.body.kind !== 'distress-marked') return next;
      return { ...next, measures: state.measures };
    },
  ],
  [
    'erased too soon',
    (state, event) => {
      const next = transition(state, event);
      if (!(next instanceof Refusal) || event.body.kind !== 'erased' || !state?.decided || state.erased)
        return next;
      return { ...state, erased: dayOfInstant(event.at), at: event.at };
    },
  ],
];

const forgetful = (state: CaseState): CaseState => ({
  ...state,
  partIn: [],
  decided: state.decided && { ...state.decided, deciders: [] },
});

describe('a transition without its rule is seen:', () => {
  it.each(weakened)('%s', (sin, turn) => {
    const found = new Set<string>();
    fc.assert(
      fc.property(history, (steps) => {
        for (const told of tell(steps, turn)) for (const one of sins(told)) found.add(one);
      }),
      { numRuns: 250, seed: 3 },
    );
    expect([...found]).toContain(sin);
  });
});
