/** Ways round the rule that somebody else decides: each refused; and passing a case on, evidence, complaints. */
import { describe, expect, it } from 'vitest';
import {
  startOfCase as at,
  byHuman,
  conductDecision,
  conductFinding,
  idOf,
  item,
  moderator,
  must,
  queuedCase,
  refusalOf,
  subOf,
  suspension,
} from '../testing/example-case.ts';
import { after } from './deadline.ts';
import type { Actor, EventBody } from './event.ts';
import type { CaseState } from './state.ts';

const [a, b, c] = [moderator('Robin'), moderator('Bo'), moderator('Cleo')];
const author = subOf('a');
const holder: Actor = { role: 'holder', name: 'holder' };
const panel = (name: string): Actor => ({ role: 'panel', name });
const does = (state: CaseState, who: Actor, ...bodies: EventBody[]) =>
  bodies.reduce((now, body) => must(now, byHuman(who, now.at, body)), state);
const queued = () => queuedCase('content', [item('post/1', author)]);
const decision = conductDecision(['post/1'], [suspension(author)]);
const finding: EventBody = { kind: 'assessed', assessment: conductFinding(['post/1']) };
const appeal: EventBody = {
  kind: 'appealed',
  appeal: idOf('appeal'),
  sub: author,
  track: 'normal',
  grounds: 'It was not so.',
};
const hear: EventBody = {
  kind: 'heard',
  appeal: idOf('appeal'),
  outcome: 'overturned',
  reply: 'You were right.',
  instead: null,
};
const held: EventBody = { kind: 'held', hold: idOf('h'), target: 'post/1', until: after(at, 2) };

/** Decided by Robin, after `earlier`, and appealed. */
const appealed = (earlier: (state: CaseState) => CaseState = (state) => state): CaseState => {
  const taken = does(earlier(queued()), a, { kind: 'claimed' });
  return does(does(taken, a, finding, { kind: 'decided', decision }), holder, appeal);
};

describe('an appeal is not taken up by', () => {
  const parts: [string, CaseState, Actor][] = [
    ['who decided', appealed(), a],
    ['who held what it is about', appealed((state) => does(state, b, held)), b],
    [
      'who confirmed the hold',
      appealed((state) =>
        does(does(state, c, held), b, { kind: 'hold-confirmed', hold: idOf('h'), until: after(at, 9) }),
      ),
      b,
    ],
    [
      'who proposed what was declined',
      appealed((state) => {
        const proposed = does(state, b, { kind: 'claimed' }, finding, { kind: 'proposed', decision });
        return does(proposed, c, { kind: 'declined', why: 'x' });
      }),
      b,
    ],
    [
      'who declined an earlier proposal',
      appealed((state) => {
        const proposed = does(state, b, { kind: 'claimed' }, finding, { kind: 'proposed', decision });
        return does(proposed, c, { kind: 'declined', why: 'x' });
      }),
      c,
    ],
    ['somebody who writes the same name otherwise', appealed(), moderator('ROBIN.')],
    ['the same name in other letters of the same look', appealed(), moderator('Ｒｏｂíｎ')],
  ];
  it.each(parts)('%s', (_name, state, who) => {
    expect(refusalOf(state, byHuman(who, state.at, { kind: 'claimed' }))).toBe('own_decision');
  });

  it('who made the finding that it rests on', () => {
    const found = does(queued(), b, { kind: 'claimed' }, finding, { kind: 'released' });
    const decided = does(found, a, { kind: 'claimed' }, { kind: 'decided', decision });
    const state = does(decided, holder, appeal);
    expect(refusalOf(state, byHuman(b, at, { kind: 'claimed' }))).toBe('own_decision');
  });

  it('who decided it under another name', () => {
    const [before, now] = [
      { ...a, staff: 'record-7' },
      { ...moderator('Somebody New'), staff: 'record-7' },
    ];
    const decided = does(queued(), before, { kind: 'claimed' }, finding, { kind: 'decided', decision });
    const state = does(decided, holder, appeal);
    expect(refusalOf(state, byHuman(now, at, { kind: 'claimed' }))).toBe('own_decision');
    const other = { ...now, staff: 'record-8' };
    expect(must(state, byHuman(other, at, { kind: 'claimed' })).assignee?.name).toBe('Somebody New');
  });

  it('who decided it, when a colleague hands it over', () => {
    const taken = does(appealed(), c, { kind: 'claimed' });
    const over: EventBody = { kind: 'handed-over', to: 'robin', word: 'Please.' };
    expect(refusalOf(taken, byHuman(c, at, over))).toBe('own_decision');
  });

  it('who put something lighter in its place for another person', () => {
    const other = subOf('b');
    const two = queuedCase('pile-on', [item('post/1', author), item('post/2', other)]);
    const measures = [suspension(author), suspension(other, idOf('s2'))];
    const both = conductDecision(['post/1', 'post/2'], measures);
    const found: EventBody = { kind: 'assessed', assessment: conductFinding(['post/1', 'post/2']) };
    const decided = does(two, a, { kind: 'claimed' }, found, { kind: 'decided', decision: both });
    const first = does(decided, holder, appeal, {
      ...appeal,
      appeal: idOf('second'),
      sub: other,
    } as EventBody);
    const lighter = conductDecision(
      ['post/1'],
      [{ ...suspension(author, idOf('n')), until: '2026-12-01' } as never],
    );
    const varied = does(does(first, c, { kind: 'claimed' }), c, {
      ...hear,
      outcome: 'varied',
      instead: lighter,
    } as EventBody);
    expect(varied).toMatchObject({ phase: 'queued', appeals: [{ restoredAt: at }, { outcome: null }] });
    expect(refusalOf(varied, byHuman(c, at, { kind: 'claimed' }))).toBe('own_decision');
    expect(must(varied, byHuman(b, at, { kind: 'claimed' })).assignee?.name).toBe('Bo');
  });

  it('anybody named like the panel, or a panel of this very forum', () => {
    const state = appealed();
    const fake = moderator('other/Bo');
    expect(refusalOf(state, byHuman(fake, at, { kind: 'claimed' }))).toBe('forbidden');
    expect(refusalOf(state, byHuman(panel('Bo'), at, hear))).toBe('forbidden');
    const ours = { ...state, rules: { ...state.rules, forum: 'other' } };
    expect(refusalOf(ours, byHuman(panel('other/Bo'), at, hear))).toBe('forbidden');
  });
});

describe('a second word is not given by', () => {
  it('who proposed it, under any spelling', () => {
    const state = does(queued(), a, { kind: 'claimed' }, finding, { kind: 'proposed', decision });
    for (const who of [a, moderator('robin')])
      expect(refusalOf(state, byHuman(who, at, { kind: 'confirmed' }))).toBe('same_decider');
  });
  it('who placed the hold, under any spelling', () => {
    const state = does(queued(), a, held);
    const confirm: EventBody = { kind: 'hold-confirmed', hold: idOf('h'), until: after(at, 9) };
    expect(refusalOf(state, byHuman(moderator('robin '), at, confirm))).toBe('same_decider');
  });
});

describe('handing over', () => {
  const over = (to: string, word = 'You know this better.'): EventBody => ({ kind: 'handed-over', to, word });
  it('gives the case to a colleague, and to nobody else', () => {
    const taken = does(queued(), a, { kind: 'claimed' });
    const given = does(taken, a, over('Bo'));
    expect(given).toMatchObject({ phase: 'assigned', assignee: { name: 'Bo' } });
    expect(refusalOf(given, byHuman(a, at, { kind: 'released' }))).toBe('already_claimed');
  });
  it('is refused to oneself, to a panel, without a word, and by others', () => {
    const taken = does(queued(), a, { kind: 'claimed' });
    expect(refusalOf(taken, byHuman(a, at, over('Robin')))).toBe('move_not_allowed');
    expect(refusalOf(taken, byHuman(a, at, over('other/Bo')))).toBe('move_not_allowed');
    expect(refusalOf(taken, byHuman(a, at, over('Bo', ' ')))).toBe('reasons_missing');
    expect(refusalOf(taken, byHuman(b, at, over('Cleo')))).toBe('already_claimed');
    expect(refusalOf(queued(), byHuman(a, at, over('Bo')))).toBe('move_not_allowed');
  });
});

describe('evidence', () => {
  const more = (words: string, media: string[] = [], sub = author): EventBody => ({
    kind: 'evidence-added',
    appeal: idOf('appeal'),
    sub,
    words,
    media,
  });
  it('is kept with its time while the appeal waits, also while somebody has it in hand', () => {
    const state = does(
      does(appealed(), c, { kind: 'claimed' }),
      holder,
      more('A witness', [idOf('picture')]),
    );
    expect(state.appeals[0]?.evidence).toEqual([{ at, words: 'A witness', media: [idOf('picture')] }]);
    expect(state.assignee?.name).toBe('Cleo');
  });
  it('is refused from others, empty, without end, and after the answer', () => {
    const state = appealed();
    expect(refusalOf(state, byHuman(holder, at, more('x', [], subOf('z'))))).toBe('case_unknown');
    expect(refusalOf(state, byHuman(holder, at, more(' ')))).toBe('reasons_missing');
    expect(refusalOf(state, byHuman(a, at, more('x')))).toBe('forbidden');
    expect(refusalOf(state, byHuman(holder, at, more('x', Array(9).fill(idOf('p')))))).toBe(
      'move_not_allowed',
    );
    const full = does(state, holder, ...Array(20).fill(more('x')));
    expect(refusalOf(full, byHuman(holder, at, more('x')))).toBe('move_not_allowed');
    const heard = does(does(state, c, { kind: 'claimed' }), c, hear);
    expect(heard.appeals[0]?.restoredAt).toBe(at);
    expect(refusalOf(heard, byHuman(holder, at, more('x')))).toBe('move_not_allowed');
  });
});

describe('a complaint', () => {
  const complaint = () => does(queuedCase('complaint', [item('post/1', author)]), a, { kind: 'claimed' });
  const answer = (more: object = {}): EventBody => ({
    kind: 'decided',
    decision: { path: 'complaint', outcome: 'upheld', reply: 'Yes.', remedy: 'It is mended.', ...more },
  });
  it('is answered, with what is done about it', () => {
    expect(does(complaint(), a, answer())).toMatchObject({ phase: 'closed', measures: [] });
    expect(does(complaint(), a, answer({ outcome: 'not-upheld', remedy: '' })).phase).toBe('closed');
  });
  it('is not answered without words, and not with a measure or a hold', () => {
    const state = complaint();
    expect(refusalOf(state, byHuman(a, at, answer({ reply: ' ' })))).toBe('reasons_missing');
    expect(refusalOf(state, byHuman(a, at, answer({ outcome: 'partly', remedy: '' })))).toBe(
      'reasons_missing',
    );
    const none: EventBody = { kind: 'decided', decision: { path: 'none', note: '' } };
    expect(refusalOf(state, byHuman(a, at, none))).toBe('reasons_missing');
    const found = does(state, a, finding);
    expect(refusalOf(found, byHuman(a, at, { kind: 'decided', decision }))).toBe('move_not_allowed');
    expect(refusalOf(state, byHuman(a, at, held))).toBe('move_not_allowed');
    const post = does(queued(), a, { kind: 'claimed' });
    expect(refusalOf(post, byHuman(a, at, answer()))).toBe('move_not_allowed');
  });
});

it('whoever hears an appeal finds distress that nobody had seen, and nothing else anew', () => {
  const state = does(appealed(), c, { kind: 'claimed' });
  expect(refusalOf(state, byHuman(c, at, finding))).toBe('already_decided');
  const distress = { about: 'first-person-distress' as const, items: ['post/1'], note: '' };
  const found = does(state, c, { kind: 'assessed', assessment: distress });
  expect(found.measures).toMatchObject([{ inForce: false, endedBy: 'distress' }]);
  expect(does(found, c, hear).phase).toBe('closed');
});
