/** Alarms and looking in again: what each does to a case, and what it must refuse. */
import { describe, expect, it } from 'vitest';
import {
  byDesk,
  byHuman,
  conductDecision,
  conductFinding,
  idOf,
  item,
  moderator,
  must,
  queuedCase,
  refusalOf,
  startOfCase,
  subOf,
  suspension,
} from '../testing/example-case.ts';
import { type CareEvent, isLookDue, openAlarms } from './care.ts';
import { after, dueAt, nextClock } from './deadline.ts';
import type { CareDecision } from './decision.ts';
import { type Actor, type EventBody, human } from './event.ts';
import { queueOf } from './queue.ts';
import type { CaseState } from './state.ts';

const author = subOf('a');
const other = subOf('b');
const items = [item('post/1', author), item('post/2', other), item('post/3', author)];
const a = moderator('A');
const b = moderator('B');
const at = (hours: number) => after(startOfCase, hours);
const alarm = idOf('alarm');
type Raise = Extract<CareEvent, { kind: 'alarm-raised' }>;
const raised = (more: Partial<Raise> = {}): Raise => ({
  kind: 'alarm-raised',
  alarm,
  about: 'post/1',
  risk: 'the-author',
  why: 'They say goodbye.',
  ...more,
});
const ended = (outcome: 'safe' | 'mistaken' | 'died' = 'safe'): EventBody => ({
  kind: 'alarm-ended',
  alarm,
  outcome,
  note: 'Their sister is with them.',
});
const by = (actor: Actor, hours: number, body: EventBody) => byHuman(actor, at(hours), body);
const conduct = (rests: string[], sub: string) => conductDecision(rests, [suspension(sub)]);
const claimedWith = (rests: string[], state = queuedCase('content', items)) => {
  const taken = must(state, by(a, 1, { kind: 'claimed' }));
  return must(taken, by(a, 1, { kind: 'assessed', assessment: conductFinding(rests) }));
};

describe('an alarm', () => {
  it('is due now, in whatever phase, and leaves the rest of the case as it was', () => {
    const before = queuedCase('pile-on', items);
    const state = must(before, by(b, 2, raised()));
    expect(dueAt(state)).toBe(at(2));
    expect([queueOf(state), state.phase]).toEqual(['pile-ons', 'queued']);
    const { alarms, at: _at, ...rest } = state;
    expect(alarms).toMatchObject([{ by: 'B', ended: null, steps: [] }]);
    expect(rest).toEqual({ ...before, at: undefined, alarms: undefined, ...rest });
  });
  it('brings a closed case back among those that wait, until it ends', () => {
    const taken = must(queuedCase('content', items), by(a, 1, { kind: 'claimed' }));
    const closed = must(taken, by(a, 1, { kind: 'decided', decision: { path: 'none', note: '' } }));
    const state = must(closed, by(b, 2, raised({ about: null })));
    expect([queueOf(closed), queueOf(state)]).toEqual(['closed', 'care']);
    expect(queueOf(must(state, by(b, 3, ended())))).toBe('closed');
  });
  it('keeps each step with its time and who took it', () => {
    const step = { kind: 'alarm-step' as const, alarm, step: 'called-emergency' as const, note: 'Ref 12' };
    const state = must(must(queuedCase('care', items), by(b, 2, raised())), by(a, 2.5, step));
    expect(state.alarms?.[0]?.steps).toEqual([
      { step: 'called-emergency', note: 'Ref 12', by: 'A', at: at(2.5) },
    ]);
  });
  it('stops every decision and hold against the person while it is open', () => {
    const state = must(claimedWith(['post/1', 'post/2', 'post/3']), by(b, 2, raised()));
    const decide = (rests: string[], sub: string) =>
      by(a, 3, { kind: 'decided', decision: conduct(rests, sub) });
    for (const rests of [['post/1'], ['post/3'], ['post/2', 'post/3']])
      expect(refusalOf(state, decide(rests, author))).toBe('distress_no_sanction');
    expect(must(state, decide(['post/2'], other)).phase).toBe('closed');
    const hold = { kind: 'held' as const, hold: idOf('h'), target: 'post/3', until: at(9) };
    expect(refusalOf(state, by(a, 3, hold))).toBe('distress_no_sanction');
    expect(must(state, by(a, 3, { ...hold, target: 'post/2' })).holds).toHaveLength(1);
  });
  it('stops the confirmation of what was proposed before', () => {
    const decision = conductDecision(
      ['post/3'],
      [
        {
          measure: idOf('bar'),
          kind: 'sanction',
          sub: author,
          holds: 'person',
          step: 'bar',
          until: '2027-05-23',
        },
      ],
    );
    const proposed = must(claimedWith(['post/3']), by(a, 1, { kind: 'proposed', decision }));
    const state = must(proposed, by(b, 2, raised()));
    expect(refusalOf(state, by(b, 3, { kind: 'confirmed' }))).toBe('distress_no_sanction');
  });
  it('about nobody in particular stops everything against anybody in the case', () => {
    const state = must(claimedWith(['post/2']), by(b, 2, raised({ about: null, risk: 'not-clear' })));
    const decision = conduct(['post/2'], other);
    expect(refusalOf(state, by(a, 3, { kind: 'decided', decision }))).toBe('distress_no_sanction');
  });
  it('about somebody else leaves the goading one answerable', () => {
    const state = must(claimedWith(['post/1']), by(b, 2, raised({ risk: 'somebody-else' })));
    const decision = conduct(['post/1'], author);
    expect(must(state, by(a, 3, { kind: 'decided', decision })).measures).toHaveLength(1);
  });
  it('marks the item as distress when it ends, and undoes what rested on it; a mistake marks nothing', () => {
    const decision = conduct(['post/1'], author);
    const decided = must(claimedWith(['post/1']), by(a, 1, { kind: 'decided', decision }));
    const open = must(decided, by(b, 2, raised()));
    const over = must(open, by(b, 3, ended('died')));
    expect(over.items[0]?.distress).toBe(true);
    expect(over.measures).toMatchObject([{ inForce: false, endedBy: 'distress' }]);
    expect(must(open, by(b, 3, ended('mistaken'))).items[0]?.distress).toBe(false);
  });
  it('is refused twice at once, about nothing here, without words, and over again', () => {
    const state = queuedCase('content', items);
    const open = must(state, by(a, 1, raised()));
    expect(refusalOf(open, by(b, 1, raised({ alarm: idOf('x') })))).toBe('already_decided');
    expect(refusalOf(state, by(a, 1, raised({ about: 'post/9' })))).toBe('move_not_allowed');
    expect(refusalOf(state, by(a, 1, raised({ why: ' ' })))).toBe('reasons_missing');
    expect(refusalOf(open, by(a, 1, { ...ended(), note: '' } as EventBody))).toBe('reasons_missing');
    const over = must(open, by(a, 2, ended()));
    expect(refusalOf(over, by(b, 2, ended()))).toBe('already_decided');
    expect(openAlarms(must(over, by(b, 3, raised({ alarm: idOf('x') }))))).toHaveLength(1);
  });
  it('is raised by people only', () => {
    const state = queuedCase('content', items);
    expect(refusalOf(state, byDesk(at(1), raised()))).toBe('forbidden');
    for (const role of ['reporter', 'holder'] as const)
      expect(refusalOf(state, by({ role, name: role }, 1, raised()))).toBe('forbidden');
    const rule = { kind: 'rule' as const, name: 'words', version: '1' };
    expect(refusalOf(state, { ...by(a, 1, raised()), tool: rule })).toBe('forbidden');
    expect(must(state, by({ role: 'triage', name: 'T' }, 1, raised())).alarms).toHaveLength(1);
  });
});

describe('somebody who is looked in on again', () => {
  const care = (more: Partial<CareDecision> = {}): CareDecision => ({
    path: 'care',
    help: [{ measure: idOf('help'), kind: 'show-help', target: 'post/1', country: 'GB' }],
    offerContact: true,
    welfareFlag: true,
    note: '',
    ...more,
  });
  const helped = (more: Partial<CareDecision> = {}): CaseState => {
    const taken = must(queuedCase('care', items), by(a, 1, { kind: 'claimed' }));
    return must(taken, by(a, 1, { kind: 'decided', decision: care(more) }));
  };
  const due = (state: CaseState, hours = 26) => must(state, byDesk(at(hours), { kind: 'welfare-due' }));
  type Check = Extract<CareEvent, { kind: 'welfare-checked' }>;
  const checked = (more: Partial<Check> = {}): Check => ({
    kind: 'welfare-checked',
    seen: 'still-here',
    note: 'Wrote about the cat.',
    words: null,
    next: null,
    ...more,
  });
  const wish = (wished: 'leave-alone' | 'get-in-touch', sub = author): EventBody => ({
    kind: 'welfare-wished',
    sub,
    wish: wished,
  });
  const holder: Actor = { role: 'holder', name: 'holder' };

  it('has a day for it only where the decision asks', () => {
    expect(nextClock(helped())).toBe(at(25));
    expect(nextClock(helped({ lookAgainHours: 72 }))).toBe(at(73));
    expect(helped({ offerContact: false, welfareFlag: false }).welfare).toBeUndefined();
  });
  it('comes back into the care queue when the time has come, not before, and by the clock alone', () => {
    const state = helped();
    expect(isLookDue(state, at(24))).toBe(false);
    expect(refusalOf(state, byDesk(at(24), { kind: 'welfare-due' }))).toBe('move_not_allowed');
    expect(refusalOf(state, by(a, 26, { kind: 'welfare-due' }))).toBe('forbidden');
    expect(isLookDue(state, at(26))).toBe(true);
    const back = due(state);
    expect([back.phase, queueOf(back), dueAt(back)]).toEqual(['queued', 'care', at(29)]);
    expect(isLookDue(back, at(99))).toBe(false);
  });
  it('may be looked in on by whoever decided, again and again, until it is over', () => {
    const again = must(
      must(due(helped()), by(a, 27, { kind: 'claimed' })),
      by(a, 27, checked({ next: at(75) })),
    );
    expect([again.phase, again.assignee, nextClock(again)]).toEqual(['closed', null, at(75)]);
    const over = must(due(again, 76), by(b, 76, checked({ seen: 'answered' })));
    expect([over.phase, queueOf(over), nextClock(over)]).toEqual(['closed', 'closed', null]);
    expect(refusalOf(over, by(b, 77, checked()))).toBe('move_not_allowed');
    expect(over.welfare?.checks.map((one) => one.seen)).toEqual(['still-here', 'answered']);
  });
  it('is not looked in on by two at once, without words, for ever, or by triage', () => {
    const taken = must(due(helped()), by(a, 27, { kind: 'claimed' }));
    expect(refusalOf(taken, by(b, 27, checked()))).toBe('already_claimed');
    expect(refusalOf(taken, by(a, 27, checked({ note: ' ' })))).toBe('reasons_missing');
    expect(refusalOf(taken, by(a, 27, checked({ next: at(27) })))).toBe('move_not_allowed');
    expect(refusalOf(taken, by(a, 27, checked({ next: at(27 + 15 * 24) })))).toBe('move_not_allowed');
    expect(refusalOf(taken, by({ role: 'triage', name: 'a' }, 27, checked()))).toBe('forbidden');
    expect(refusalOf(taken, { ...by(a, 27, checked()), tool: { ...human, kind: 'rule' } })).toBe('forbidden');
  });
  it('is left alone when they ask for it: the look that was planned, and nothing after', () => {
    const state = must(helped(), by(holder, 5, wish('leave-alone')));
    expect(nextClock(state)).toBe(at(25));
    const back = due(state);
    expect(refusalOf(back, by(b, 27, checked({ words: 'Hello' })))).toBe('move_not_allowed');
    expect(refusalOf(back, by(b, 27, checked({ next: at(60) })))).toBe('move_not_allowed');
    expect(queueOf(must(back, by(b, 27, checked())))).toBe('closed');
  });
  it('is written to when they ask for it, at once, also after it was over', () => {
    const asked = must(helped({ offerContact: false }), by(holder, 5, wish('get-in-touch')));
    expect([queueOf(asked), dueAt(asked)]).toEqual(['care', at(9)]);
    const over = must(asked, by(b, 6, checked({ words: 'We are here.' })));
    expect(queueOf(must(over, by(holder, 200, wish('get-in-touch'))))).toBe('care');
  });
  it('is heard only about what is theirs', () => {
    expect(refusalOf(helped(), by(holder, 5, wish('leave-alone', other)))).toBe('case_unknown');
    expect(refusalOf(queuedCase('care', items), by(holder, 5, wish('get-in-touch')))).toBe('case_unknown');
  });
  it('cannot be turned against them: no decision, hold or other kind of case follows', () => {
    const back = must(due(helped()), by(b, 27, { kind: 'claimed' }));
    const decision = conduct(['post/1'], author);
    const tries: EventBody[] = [
      { kind: 'decided', decision },
      { kind: 'proposed', decision },
      { kind: 'held', hold: idOf('h'), target: 'post/1', until: at(30) },
      { kind: 'refiled', to: 'content', why: 'x' },
      { kind: 'escalated', why: 'x' },
      { kind: 'assessed', assessment: conductFinding(['post/1']) },
    ];
    for (const body of tries) refusalOf(back, by(b, 27, body));
  });
});
