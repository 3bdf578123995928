/**
 * Random histories in which somebody may die, is looked in on, asks to be left alone, is filed elsewhere, decided
 * against, appeals: whatever is tried, by whomever, nobody is sanctioned for distress, and nothing of care makes a
 * measure. The last tests show that the histories get there and that a wrong combination would be seen.
 */
import { Refusal } from '@answerable/protocol/refusal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  conductDecision,
  conductFinding,
  idOf,
  item,
  queuedCase,
  subOf,
  suspension,
} from '../testing/example-case.ts';
import { alarmOutcomes, alarmRisks, openAlarms, welfareSights, welfareWishes } from './care.ts';
import { after } from './deadline.ts';
import { type Actor, type CaseEvent, type CaseKind, type EventBody, human, theDesk } from './event.ts';
import { type CaseState, itemOf } from './state.ts';
import { transition } from './transition.ts';

const author = subOf('a');
const other = subOf('b');
const items = [item('post/1', author), item('post/2', other), item('post/3', author)];
const locators = items.map((one) => one.locator);
const careKinds: EventBody['kind'][] = [
  ...([
    'alarm-raised',
    'alarm-step',
    'alarm-ended',
    'welfare-due',
    'welfare-wished',
    'welfare-checked',
  ] as const),
  ...(['preserved', 'preservation-ended', 'asked-after-death'] as const),
];

interface Step {
  kind: number;
  variant: number;
  who: number;
  hours: number;
}
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(99),
  variant: fc.nat(11),
  who: fc.nat(5),
  hours: fc.constantFrom(0, 0, 0, 1, 5, 25, 80),
});
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

function bodiesFor(state: CaseState, { variant }: Step, at: string, salt: string): EventBody[] {
  const locator = pick(locators, variant);
  const alarm = openAlarms(state)[0]?.alarm ?? idOf('none');
  const hold = state.holds[0]?.hold ?? idOf('none');
  const appeal = state.appeals.find((one) => !one.outcome)?.appeal ?? idOf('none');
  const sub = variant % 3 === 0 ? other : author;
  const decision = conductDecision([locator], [suspension(sub, idOf(`s${salt}`))]);
  const help = [{ measure: idOf(`h${salt}`), kind: 'show-help' as const, target: locator, country: 'GB' }];
  const distress = { about: 'first-person-distress' as const, items: [locator], note: '' };
  const next = variant % 2 === 0 ? after(at, 24) : null;
  return [
    {
      kind: 'alarm-raised',
      alarm: idOf(`a${salt}`),
      about: variant % 4 === 0 ? null : locator,
      risk: pick(alarmRisks, variant),
      why: 'x',
    },
    { kind: 'alarm-step', alarm, step: 'called-emergency', note: '' },
    { kind: 'alarm-ended', alarm, outcome: pick(alarmOutcomes, variant), note: 'x' },
    { kind: 'welfare-due' },
    { kind: 'welfare-wished', sub, wish: pick(welfareWishes, variant) },
    {
      kind: 'welfare-checked',
      seen: pick(welfareSights, variant),
      note: 'x',
      words: variant % 3 === 0 ? 'x' : null,
      next,
    },
    { kind: 'preserved', why: 'after-death' },
    { kind: 'preservation-ended' },
    { kind: 'asked-after-death', by: 'family', asks: ['memorial'] },
    { kind: 'claimed' },
    { kind: 'claimed' },
    { kind: 'claimed' },
    { kind: 'released' },
    { kind: 'refiled', to: pick(['care', 'content', 'pile-on'] as CaseKind[], variant), why: 'x' },
    { kind: 'assessed', assessment: variant % 3 === 0 ? distress : conductFinding(locators) },
    { kind: 'assessed', assessment: conductFinding(locators) },
    { kind: 'decided', decision },
    { kind: 'decided', decision },
    { kind: 'proposed', decision },
    { kind: 'confirmed' },
    { kind: 'decided', decision: { path: 'care', help, offerContact: true, welfareFlag: true, note: '' } },
    { kind: 'held', hold: idOf(`hold${salt}`), target: locator, until: after(at, 5) },
    { kind: 'hold-confirmed', hold, until: after(at, 9) },
    { kind: 'distress-marked', items: [locator] },
    { kind: 'appealed', appeal: idOf(`p${salt}`), sub, track: 'normal', grounds: 'x' },
    {
      kind: 'heard',
      appeal,
      outcome: variant % 2 === 0 ? 'varied' : 'upheld',
      reply: 'x',
      instead: variant % 2 === 0 ? decision : null,
    },
  ];
}

function actorFor(state: CaseState, { who }: Step, body: EventBody): Actor {
  if (
    ['welfare-due', 'distress-marked', 'preserved', 'preservation-ended', 'asked-after-death'].includes(
      body.kind,
    )
  )
    return theDesk;
  if (body.kind === 'welfare-wished' || body.kind === 'appealed') return { role: 'holder', name: 'holder' };
  const name = who < 3 && state.assignee ? state.assignee.name : pick(['A', 'B', 'C'], who);
  return { role: 'moderator', name };
}

interface Passage {
  before: CaseState;
  after: CaseState;
  event: CaseEvent;
}

function tell(kind: CaseKind, steps: readonly Step[]): { passages: Passage[]; codes: Set<string> } {
  let state = queuedCase(kind, items);
  const passages: Passage[] = [];
  const codes = new Set<string>();
  for (const [index, one] of steps.entries()) {
    const at = after(state.at, one.hours);
    const body = pick(bodiesFor(state, one, at, `${index}`), one.kind);
    const event: CaseEvent = { actor: actorFor(state, one, body), tool: human, at, body };
    const next = transition(state, event);
    if (next instanceof Refusal) codes.add(next.code);
    else {
      passages.push({ before: state, after: next, event });
      state = next;
    }
  }
  return { passages, codes };
}

const standing = (state: CaseState) =>
  state.measures.filter((one) => one.inForce && one.measure.kind !== 'show-help');

/** What must never be, each with a word for it. */
function sins({ before, after: now, event }: Passage): string[] {
  const found: string[] = [];
  const distressed = (one: string) => itemOf(now, one)?.distress === true;
  if (standing(now).some((one) => one.rests.some(distressed))) found.push('a measure on distress');
  if (now.holds.some((one) => one.state === 'active' && distressed(one.target)))
    found.push('a hold on distress');
  const had = new Set(standing(before).map((one) => one.measure.measure));
  const fresh = standing(now).filter((one) => !had.has(one.measure.measure));
  const freshHolds = now.holds.filter((one) => !before.holds.some((known) => known.hold === one.hold));
  if (careKinds.includes(event.body.kind) && fresh.length + freshHolds.length > 0)
    found.push('a measure out of care');
  for (const { risk, about } of openAlarms(before)) {
    if (risk === 'somebody-else') continue;
    const atRisk = about === null ? null : itemOf(before, about)?.author;
    const against = (sub: string | null) => about === null || sub === atRisk;
    const hit =
      fresh.some((one) => against(one.concerns)) ||
      freshHolds.some((one) => against(itemOf(now, one.target)?.author ?? null));
    if (hit) found.push('a measure against somebody who may be dying');
  }
  if (now.welfare && now.decided?.decision.path === 'conduct' && now.welfare.checks.length > 0)
    found.push('looked in on somebody who was decided against');
  const alone = before.welfare?.wish?.wish === 'leave-alone';
  if (event.body.kind === 'welfare-checked' && alone && event.body.words !== null)
    found.push('wrote to who wants to be left alone');
  return found;
}

const kinds: fc.Arbitrary<CaseKind> = fc.constantFrom('content', 'pile-on', 'care');
const history = fc.array(step, { minLength: 20, maxLength: 90 });

describe('no history of alarms, looking in, wishes, filing and appeals leads to', () => {
  it('a sanction for distress, a measure out of care, one against somebody who may be dying, or unwanted words', () => {
    fc.assert(
      fc.property(kinds, history, (kind, steps) => {
        for (const passage of tell(kind, steps).passages) expect(sins(passage)).toEqual([]);
      }),
      { numRuns: 800 },
    );
  });
});

it('the histories do reach what they are about', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(kinds, history, (kind, steps) => {
      const { passages, codes } = tell(kind, steps);
      for (const code of codes) reached.add(code);
      for (const { after: now, event } of passages) {
        reached.add(event.body.kind);
        for (const one of now.measures) if (one.endedBy) reached.add(`ended by ${one.endedBy}`);
        if (standing(now).length > 0) reached.add('a measure');
        if (standing(now).length > 0 && openAlarms(now).length > 0)
          reached.add('a measure while an alarm is open');
      }
    }),
    { numRuns: 600, seed: 1 },
  );
  const wanted = [
    ...careKinds.filter((one) => one !== 'asked-after-death'),
    'a measure',
    'ended by distress',
  ];
  expect([...reached]).toEqual(
    expect.arrayContaining([...wanted, 'distress_no_sanction', 'a measure while an alarm is open']),
  );
});

it('and a wrong combination would be seen', () => {
  const before = queuedCase('content', items);
  const measure = {
    measure: suspension(author),
    concerns: author,
    rests: ['post/1'],
    inForce: true,
    endedBy: null,
  };
  const event: CaseEvent = { actor: theDesk, tool: human, at: before.at, body: { kind: 'welfare-due' } };
  const marked = {
    ...before,
    items: before.items.map((one) => ({ ...one, distress: true })),
    measures: [measure],
  };
  expect(sins({ before: marked, after: marked, event })).toContain('a measure on distress');
  expect(sins({ before, after: { ...before, measures: [measure] }, event })).toContain(
    'a measure out of care',
  );
  const alarm = {
    alarm: idOf('a'),
    by: 'A',
    at: before.at,
    about: 'post/3',
    risk: 'the-author' as const,
    why: 'x',
    steps: [],
    ended: null,
  };
  const alarmed = { ...before, alarms: [alarm] };
  const decided: CaseEvent = { ...event, body: { kind: 'confirmed' } };
  expect(sins({ before: alarmed, after: { ...alarmed, measures: [measure] }, event: decided })).toContain(
    'a measure against somebody who may be dying',
  );
});
