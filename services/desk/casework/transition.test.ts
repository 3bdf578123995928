/** The paths of a case, one by one, with what is refused on each. */
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  bar,
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
import { after, dueAt, nextClock } from './deadline.ts';
import type { CareDecision, DecisionOn } from './decision.ts';
import { chainEvent, type EventBody, firstBreak, human, rule } from './event.ts';
import { moves } from './moves.ts';
import { type CaseState, headcount } from './state.ts';
import { plainWords } from './statement.ts';

const [a, b, c] = [moderator('A'), moderator('B'), moderator('C')];
const author = subOf('a');
const post = item('post/1', author);
const page = item('page/1', author);
const at = startOfCase;
const shut = { measure: idOf('shut'), kind: 'shut-page' as const, target: 'page/1' };

const take = (state: CaseState, who = a) => must(state, byHuman(who, state.at, { kind: 'claimed' }));
const assessed = (state: CaseState, locators = ['post/1']) =>
  must(take(state), byHuman(a, state.at, { kind: 'assessed', assessment: conductFinding(locators) }));
const distress = (state: CaseState) =>
  must(
    take(state),
    byHuman(a, at, {
      kind: 'assessed',
      assessment: { about: 'first-person-distress', items: ['post/1'], note: '' },
    }),
  );
const barred = (): CaseState => {
  const decision = conductDecision(['post/1'], [bar(author)]);
  const proposed = must(
    assessed(queuedCase('content', [post])),
    byHuman(a, at, { kind: 'proposed', decision }),
  );
  return must(proposed, byHuman(b, at, { kind: 'confirmed' }));
};
const appeal: EventBody = {
  kind: 'appealed',
  appeal: idOf('appeal'),
  sub: author,
  track: 'normal',
  grounds: 'x',
};
const holder = { role: 'holder' as const, name: 'holder' };
const appealed = () => must(barred(), byHuman(holder, at, appeal));

describe('claiming', () => {
  it('gives a case to one person, and frees it when it was left lying', () => {
    const taken = take(queuedCase('content', [post]));
    expect(taken.assignee?.name).toBe('A');
    expect(refusalOf(taken, byHuman(b, at, { kind: 'claimed' }))).toBe('already_claimed');
    expect(must(taken, byHuman(b, after(at, 9), { kind: 'claimed' })).assignee?.name).toBe('B');
    expect(must(taken, byHuman(a, at, { kind: 'released' })).phase).toBe('queued');
  });
  it('comes before deciding', () => {
    const none = { kind: 'decided' as const, decision: { path: 'none' as const, note: '' } };
    expect(refusalOf(queuedCase('content', [post]), byHuman(a, at, none))).toBe('move_not_allowed');
    expect(refusalOf(take(queuedCase('content', [post])), byHuman(b, at, none))).toBe('already_claimed');
  });
});

describe('somebody in distress', () => {
  const measures = [suspension(author)];
  const sanction: EventBody = { kind: 'decided', decision: conductDecision(['post/1'], measures) };

  it('has no sanction in its type', () => {
    expectTypeOf<DecisionOn<'first-person-distress'>>().toEqualTypeOf<CareDecision>();
    expectTypeOf<CareDecision>().not.toHaveProperty('measures');
    const care = { path: 'care' as const, offerContact: true, welfareFlag: true, note: '' };
    // @ts-expect-error a sanction cannot be written where help stands
    const wrong: CareDecision = { ...care, help: measures };
    expect(wrong.path).toBe('care');
  });
  it('gets no sanction, hold or proposal', () => {
    const state = distress(queuedCase('content', [post]));
    expect(state.kind).toBe('care');
    const hold: EventBody = { kind: 'held', hold: idOf('h'), target: 'post/1', until: after(at, 2) };
    const conduct: EventBody = { kind: 'assessed', assessment: conductFinding(['post/1']) };
    const refile: EventBody = { kind: 'refiled', to: 'content', why: 'x' };
    const proposal: EventBody = { kind: 'proposed', decision: conductDecision(['post/1'], [bar(author)]) };
    for (const body of [sanction, hold, conduct, refile, proposal])
      expect(refusalOf(state, byHuman(a, at, body))).toBe('distress_no_sanction');
  });
  it('gets help', () => {
    const help = [{ measure: idOf('help'), kind: 'show-help' as const, target: 'post/1', country: 'GB' }];
    const decision: CareDecision = { path: 'care', help, offerContact: true, welfareFlag: true, note: '' };
    const state = must(distress(queuedCase('care', [post])), byHuman(a, at, { kind: 'decided', decision }));
    expect(state.phase).toBe('closed');
    expect(state.measures.map((one) => one.measure.kind)).toEqual(['show-help']);
  });
  it('is let go when it is seen late, and a waiting decision falls', () => {
    const body: EventBody = { kind: 'distress-marked', items: ['post/1'] };
    const late = must(barred(), byDesk(at, body));
    expect(late.measures).toMatchObject([{ inForce: false, endedBy: 'distress' }]);
    const decision = conductDecision(['post/1'], [bar(author)]);
    const waiting = must(
      assessed(queuedCase('content', [post])),
      byHuman(a, at, { kind: 'proposed', decision }),
    );
    const fallen = must(waiting, byDesk(at, body));
    expect(fallen).toMatchObject({ phase: 'queued', proposal: null });
    expect(refusalOf(fallen, byHuman(b, at, { kind: 'confirmed' }))).toBe('move_not_allowed');
  });
});

describe('deciding', () => {
  it('takes two for a bar, a page and protected content', () => {
    const one = assessed(queuedCase('content', [post]));
    const decided: EventBody = { kind: 'decided', decision: conductDecision(['post/1'], [bar(author)]) };
    expect(refusalOf(one, byHuman(a, at, decided))).toBe('second_decider_needed');
    expect(barred().decided?.deciders).toEqual(['A', 'B']);
    const two = assessed(queuedCase('page', [page]), ['page/1']);
    const shutting: EventBody = { kind: 'decided', decision: conductDecision(['page/1'], [shut]) };
    expect(refusalOf(two, byHuman(a, at, shutting))).toBe('second_decider_needed');
    const finding = conductFinding(['post/1'], { protectedContent: 'journalistic' });
    const press = must(one, byHuman(a, at, { kind: 'assessed', assessment: finding }));
    const suspend: EventBody = {
      kind: 'decided',
      decision: conductDecision(['post/1'], [suspension(author)]),
    };
    expect(refusalOf(press, byHuman(a, at, suspend))).toBe('second_decider_needed');
  });
  it('is not confirmed by who proposed it', () => {
    const decision = conductDecision(['page/1'], [shut]);
    const state = must(
      assessed(queuedCase('page', [page]), ['page/1']),
      byHuman(a, at, { kind: 'proposed', decision }),
    );
    expect(refusalOf(state, byHuman(a, at, { kind: 'confirmed' }))).toBe('same_decider');
    expect(refusalOf(state, byHuman(b, at, { kind: 'claimed' }))).toBe('second_decider_needed');
    expect(must(state, byHuman(b, at, { kind: 'declined', why: 'x' })).phase).toBe('queued');
    expect(must(state, byHuman(b, at, { kind: 'confirmed' })).measures[0]?.inForce).toBe(true);
  });
  it('needs reasons that say what is done', () => {
    const state = assessed(queuedCase('content', [post]));
    const good = conductDecision(['post/1'], [suspension(author)]);
    const wrong = [
      { ...good, statement: { ...good.statement, decision_facts: '' } },
      { ...good, statement: { ...good.statement, terms_clause: ' ' } },
      { ...good, statement: { ...good.statement, decision_account: 'DECISION_ACCOUNT_TERMINATED' as const } },
      { ...good, statement: { ...good.statement, incompatible_content_explanation: undefined } },
      {
        ...good,
        statement: { ...good.statement, decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT' as const },
      },
    ] as (typeof good)[];
    for (const decision of wrong)
      expect(refusalOf(state, byHuman(a, at, { kind: 'decided', decision }))).toBe('reasons_missing');
    expect(must(state, byHuman(a, at, { kind: 'decided', decision: good })).phase).toBe('closed');
  });
  it('names nobody on a reporter’s word alone', () => {
    const typed = { ...post, seen: 'reporter' as const };
    const state = assessed(queuedCase('content', [typed]));
    const decision = conductDecision(['post/1'], [suspension(author)]);
    expect(refusalOf(state, byHuman(a, at, { kind: 'decided', decision }))).toBe('reasons_missing');
    const seen = must(state, byDesk(at, { kind: 'item-seen', item: post }));
    expect(must(seen, byHuman(a, at, { kind: 'decided', decision })).phase).toBe('closed');
  });
  it('finds encouraging only where it was meant for another', () => {
    const elements = { capable: 'yes', intended: 'unsure', aimedAtAnother: 'no' } as const;
    const finding = conductFinding(['post/1'], {
      limb: 'illegal',
      offence: 'encouraging-suicide',
      elements,
    });
    const state = must(
      take(queuedCase('content', [post])),
      byHuman(a, at, { kind: 'assessed', assessment: finding }),
    );
    const decision = conductDecision(['post/1'], [suspension(author)]);
    expect(refusalOf(state, byHuman(a, at, { kind: 'decided', decision }))).toBe('reasons_missing');
  });
  it('is for people: a rule or a classifier decides nothing', () => {
    const decision = conductDecision(['post/1'], [suspension(author)]);
    const state = assessed(queuedCase('content', [post]));
    const event = byHuman(a, at, { kind: 'decided', decision });
    expect(refusalOf(state, { ...event, tool: rule('detector') })).toBe('forbidden');
    expect(refusalOf(state, { ...event, actor: { role: 'triage', name: 'A' } })).toBe('forbidden');
    expect(refusalOf(state, { ...event, actor: holder, tool: human })).toBe('forbidden');
  });
  it('ends a suspension on its day, and only then', () => {
    const decision = conductDecision(['post/1'], [suspension(author)]);
    const state = must(
      assessed(queuedCase('content', [post])),
      byHuman(a, at, { kind: 'decided', decision }),
    );
    expect(nextClock(state)).toBe('2026-12-23T00:00:00.000Z');
    const expired: EventBody = { kind: 'expired', measure: idOf('suspension') };
    expect(refusalOf(state, byDesk(after(at, 24), expired))).toBe('move_not_allowed');
    expect(must(state, byDesk('2026-12-23T00:00:00.000Z', expired)).measures[0]?.inForce).toBe(false);
  });
});

describe('a hold', () => {
  const until = after(at, 12);
  const hold: EventBody = { kind: 'held', hold: idOf('hold'), target: 'page/1', until };
  const held = () => must(queuedCase('page', [page]), byHuman(a, at, hold));
  const confirm = (hours: number): EventBody => ({
    kind: 'hold-confirmed',
    hold: idOf('hold'),
    until: after(at, hours),
  });

  it('is over by itself, and cannot be renewed', () => {
    expect(nextClock(held())).toBe(until);
    const over = must(held(), byDesk(until, { kind: 'hold-lapsed', hold: idOf('hold') }));
    expect(over.holds[0]?.state).toBe('lapsed');
    const again: EventBody = { ...hold, hold: idOf('2'), until: after(until, 2) };
    expect(refusalOf(over, byHuman(a, until, again))).toBe('hold_over');
    expect(refusalOf(held(), byHuman(b, until, confirm(20)))).toBe('hold_over');
    expect(refusalOf(held(), byDesk(at, { kind: 'hold-lapsed', hold: idOf('hold') }))).toBe(
      'move_not_allowed',
    );
  });
  it('lapses even if the clock never came: the next event finds it over', () => {
    const noted = must(held(), byHuman(b, after(at, 13), { kind: 'noted', note: 'x' }));
    expect(noted.holds[0]?.state).toBe('lapsed');
  });
  it('is confirmed by a second person, to an end', () => {
    expect(refusalOf(held(), byHuman(a, at, confirm(48)))).toBe('same_decider');
    expect(refusalOf(held(), byHuman(b, at, confirm(24 * 8)))).toBe('move_not_allowed');
    expect(must(held(), byHuman(b, at, confirm(48))).holds[0]).toMatchObject({
      confirmedBy: 'B',
      until: after(at, 48),
    });
  });
  it('is not longer than the desk allows', () => {
    const long: EventBody = { ...hold, until: after(at, 13) };
    expect(refusalOf(queuedCase('page', [page]), byHuman(a, at, long))).toBe('move_not_allowed');
  });
});

describe('an appeal', () => {
  const hear = (more: object): EventBody => ({
    kind: 'heard',
    appeal: idOf('appeal'),
    outcome: 'overturned',
    reply: 'You were right.',
    instead: null,
    ...more,
  });
  it('is heard by somebody else', () => {
    expect(refusalOf(appealed(), byHuman(a, at, { kind: 'claimed' }))).toBe('own_decision');
    expect(refusalOf(appealed(), byHuman(b, at, { kind: 'claimed' }))).toBe('own_decision');
    const heard = must(take(appealed(), c), byHuman(c, at, hear({})));
    expect(heard).toMatchObject({ phase: 'closed', appeals: [{ outcome: 'overturned', heardBy: 'C' }] });
    expect(heard.measures).toMatchObject([{ inForce: false, endedBy: 'appeal' }]);
  });
  it('can vary a decision to something lighter only', () => {
    const state = take(appealed(), c);
    const instead = conductDecision(['post/1'], [suspension(author)]);
    const varied = must(state, byHuman(c, at, hear({ outcome: 'varied', instead })));
    expect(varied.measures.map((one) => one.inForce)).toEqual([false, true]);
    const heavier = conductDecision(['post/1'], [
      { ...bar(author, idOf('n')), until: '2099-01-01' },
    ] as never);
    const other = conductDecision(['post/1'], [suspension(subOf('b'))]);
    for (const wrong of [heavier, other, null])
      expect(['move_not_allowed', 'reasons_missing']).toContain(
        refusalOf(state, byHuman(c, at, hear({ outcome: 'varied', instead: wrong }))),
      );
  });
  it('needs an answer in words', () => {
    expect(refusalOf(take(appealed(), c), byHuman(c, at, hear({ reply: ' ' })))).toBe('reasons_missing');
  });
  it('comes once, in time, from who is concerned, by whichever of their accounts', () => {
    expect(refusalOf(appealed(), byHuman(holder, at, { ...appeal, appeal: idOf('2') }))).toBe(
      'already_decided',
    );
    expect(refusalOf(barred(), byHuman(holder, after(at, 24 * 200), appeal))).toBe('appeal_over');
    const twin = { ...appeal, sub: subOf('c') };
    expect(refusalOf(barred(), byHuman(holder, at, twin))).toBe('case_unknown');
    const persons = [
      { sub: author, person: 1 },
      { sub: subOf('c'), person: 1 },
    ];
    const counted = must(barred(), byDesk(at, { kind: 'persons-counted', persons }));
    expect(must(counted, byHuman(holder, at, twin)).phase).toBe('queued');
  });
  it('leaves other persons of the case where they are', () => {
    const two = queuedCase('pile-on', [post, item('post/2', subOf('b'))]);
    const measures = [suspension(author), suspension(subOf('b'), idOf('s2'))];
    const decision = conductDecision(['post/1', 'post/2'], measures);
    const decided = must(assessed(two, ['post/1', 'post/2']), byHuman(a, at, { kind: 'decided', decision }));
    const heard = must(take(must(decided, byHuman(holder, at, appeal)), c), byHuman(c, at, hear({})));
    expect(heard.measures.map((one) => one.inForce)).toEqual([false, true]);
  });
});

it('counts a pile-on in persons', () => {
  const subs = ['a', 'b', 'c'].map(subOf);
  const items = Array.from({ length: 40 }, (_, n) => item(`post/${n}`, subs[n % 3] ?? null));
  const state = queuedCase('pile-on', items);
  expect(headcount(state)).toEqual({ messages: 40, accounts: 3, persons: null });
  const persons = subs.map((sub) => ({ sub, person: 1 }));
  expect(headcount(must(state, byDesk(at, { kind: 'persons-counted', persons })))).toEqual({
    messages: 40,
    accounts: 3,
    persons: 1,
  });
});

it('has a time by which something is due', () => {
  expect(dueAt(queuedCase('care', [post]))).toBe(after(at, 4));
  expect(dueAt(queuedCase('content', [post]))).toBe(after(at, 72));
  expect(dueAt(barred())).toBe(null);
  expect(dueAt(appealed())).toBe(after(at, 14 * 24));
});

it('chains its events, so that a change, a gap and a swap show', () => {
  const first = chainEvent(byDesk(at, { kind: 'queued' }), 1, null);
  const second = chainEvent(byHuman(a, at, { kind: 'claimed' }), 2, first.hash);
  expect(firstBreak([first, second])).toBeUndefined();
  expect(firstBreak([second])).toBe(1);
  expect(firstBreak([first, { ...second, at: after(at, 1) }])).toBe(2);
  expect(firstBreak([first, { ...second, body: { kind: 'released' } }])).toBe(2);
  expect(firstBreak([second, first])).toBe(1);
});

it('has no move that the table does not name', () => {
  expect(Object.keys(moves.closed)).not.toContain('decided');
  expect(Object.keys(moves.open)).not.toContain('claimed');
  expect(refusalOf(barred(), byDesk(at, { kind: 'queued' }))).toBe('move_not_allowed');
});

it('says the decision in plain words, to its end', () => {
  const words = plainWords(conductDecision(['post/1'], [bar(author)]), '2027-05-25');
  expect(words).toContain('You are barred; we look at it again on 2027-05-23.');
  expect(words).toContain('until 2027-05-25. Somebody else will hear it.');
  expect(words).not.toContain(author);
});
