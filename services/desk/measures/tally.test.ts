/** What one event adds to the figures; and the arithmetic of medians. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventBody } from '../casework/event.ts';
import type { CaseState } from '../casework/state.ts';
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
  startOfCase,
  subOf,
  suspension,
} from '../testing/example-case.ts';
import { distribution, shareOf } from './distribution.ts';
import { figuresOf } from './figures.ts';
import { minutesBetween, type Tally, talliesBetween } from './tally.ts';

const author = subOf('a');
const hourLater = '2026-11-23T09:00:00.000Z';
const post = item('post/1', author);

/** Plays `bodies` as `name` and returns the figures that the last of them adds. */
function lastOf(state: CaseState, ...bodies: [string, EventBody, string?][]): string[] {
  let tallies: Tally[] = [];
  let now = state;
  for (const [name, body, at] of bodies) {
    const by = name === 'holder' ? { role: 'holder' as const, name } : moderator(name);
    const event = byHuman(by, at ?? hourLater, body);
    const next = must(now, event);
    tallies = talliesBetween(now, next, event);
    now = next;
  }
  return tallies.map(({ figure, part, value, n }) => `${figure} ${part} ${value} ${n}`).toSorted();
}
const claim: [string, EventBody] = ['Ada', { kind: 'claimed' }];
const finding = (items: string[], more = {}): [string, EventBody] => [
  'Ada',
  { kind: 'assessed', assessment: conductFinding(items, more) },
];
const decided = (items: string[]): [string, EventBody] => [
  'Ada',
  { kind: 'decided', decision: conductDecision(items, [suspension(author)]) },
];
const distress = (items: string[]): EventBody => ({
  kind: 'assessed',
  assessment: { about: 'first-person-distress', items, note: '' },
});

describe('a decision counts', () => {
  it('its path, its wait, its ground and what it does, once', () => {
    expect(lastOf(queuedCase('content', [post]), claim, finding(['post/1']), decided(['post/1']))).toEqual([
      'acted-minutes content 60 1',
      'category STATEMENT_CATEGORY_CYBER_VIOLENCE 0 1',
      'decided conduct 0 1',
      'decided-in-time content 0 1',
      'decided-minutes content 60 1',
      'ground terms 0 1',
      'left content 0 1',
      'measure suspend 0 1',
      'waiting content 0 -1',
    ]);
  });
  it('as late when its hour has passed', () => {
    const late: [string, EventBody, string] = [...decided(['post/1']), '2026-11-30T08:00:00.000Z'] as never;
    const found = lastOf(queuedCase('content', [post]), claim, finding(['post/1']), late);
    expect(found).not.toContain('decided-in-time content 0 1');
    expect(found).toContain('decided-minutes content 10080 1');
  });
  it('nothing as acted that leaves everything as it was', () => {
    const none: [string, EventBody] = ['Ada', { kind: 'decided', decision: { path: 'none', note: '' } }];
    const found = lastOf(queuedCase('content', [post]), claim, none);
    expect(found.filter((one) => one.startsWith('acted'))).toEqual([]);
    expect(found).toContain('decided none 0 1');
  });
  it('as acted at the hold that came before it, and not again', () => {
    const hold: [string, EventBody] = [
      'Ada',
      { kind: 'held', hold: idOf('h'), target: 'post/1', until: '2026-11-23T19:00:00.000Z' },
    ];
    const start = queuedCase('content', [post]);
    expect(lastOf(start, claim, hold)).toEqual(['acted-minutes content 60 1', 'hold placed 0 1']);
    const later = lastOf(start, claim, hold, finding(['post/1']), decided(['post/1']));
    expect(later.filter((one) => one.startsWith('acted'))).toEqual([]);
  });
  it('two deciders where there were two', () => {
    const proposed: [string, EventBody] = [
      'Ada',
      { kind: 'proposed', decision: conductDecision(['post/1'], [bar(author)]) },
    ];
    const start = queuedCase('content', [post]);
    expect(lastOf(start, claim, finding(['post/1']), proposed)).toEqual([
      'entered second 0 1',
      'left content 0 1',
      'waiting content 0 -1',
      'waiting second 0 1',
    ]);
    const found = lastOf(start, claim, finding(['post/1']), proposed, ['Ben', { kind: 'confirmed' }]);
    expect(found).toContain('decided-by-two all 0 1');
  });
});

describe('a pile-on', () => {
  it('is counted in messages, accounts and persons when it is decided', () => {
    const items = [item('post/1', author), item('post/2', subOf('b')), item('post/3', subOf('c'))];
    const counted = byDesk(startOfCase, {
      kind: 'persons-counted',
      persons: [author, subOf('b'), subOf('c')].map((sub, n) => ({ sub, person: n < 2 ? 1 : 2 })),
    });
    const start = must(queuedCase('pile-on', items), counted);
    const found = lastOf(start, claim, finding(['post/1']), decided(['post/1']));
    expect(found.filter((one) => one.startsWith('pile-on'))).toEqual([
      'pile-on-accounts all 3 1',
      'pile-on-messages all 3 1',
      'pile-on-persons all 2 1',
    ]);
  });
});

describe('distress', () => {
  it('found before anything was done is found, and nobody was wronged', () => {
    const found = lastOf(queuedCase('content', [post]), claim, ['Ada', distress(['post/1'])]);
    expect(found).toContain('distress found 0 1');
    expect(found).toContain('care opened 0 1');
    expect(found.filter((one) => one.startsWith('distress sanctioned'))).toEqual([]);
  });
  it('known too late counts as a sanction that was wrong', () => {
    let state = queuedCase('content', [post]);
    for (const [name, body] of [claim, finding(['post/1']), decided(['post/1'])])
      state = must(state, byHuman(moderator(name), hourLater, body));
    const event = byDesk(hourLater, { kind: 'distress-marked', items: ['post/1'] });
    const tallies = talliesBetween(state, must(state, event), event);
    expect(tallies.map(({ figure, part, n }) => [figure, part, n])).toEqual(
      expect.arrayContaining([
        ['distress', 'sanctioned', 1],
        ['measure-ended', 'distress', 1],
      ]),
    );
  });
});

describe('waits', () => {
  it('are rounded up, to the minute and then to the hour', () => {
    const from = startOfCase;
    expect(minutesBetween(from, from)).toBe(0);
    expect(minutesBetween(from, '2026-11-23T08:00:00.001Z')).toBe(1);
    expect(minutesBetween(from, '2026-11-23T11:00:00.000Z')).toBe(180);
    expect(minutesBetween(from, '2026-11-23T11:00:01.000Z')).toBe(240);
    expect(minutesBetween('2026-11-24T08:00:00.000Z', from)).toBe(0);
  });
});

describe('medians', () => {
  const values = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 60 });
  it('are what sorting the whole list says', () => {
    fc.assert(
      fc.property(values, (list) => {
        const sorted = list.toSorted((a, b) => a - b);
        const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
        expect(distribution(list.map((value) => ({ value, n: 1 })))).toEqual({
          count: list.length,
          median: at(0.5),
          p95: at(0.95),
          most: sorted.at(-1),
        });
      }),
    );
  });
  it('of nothing are nothing, and no share is made of it', () => {
    expect(distribution([])).toEqual({ count: 0, median: null, p95: null, most: null });
    expect(distribution([{ value: 3, n: 0 }]).median).toBeNull();
    expect(shareOf(0, 0)).toBeNull();
    expect(figuresOf('2026-11-23', '2026-11-23', []).appeals.reversalShare).toBeNull();
  });
});
