import type { LogEntry } from '@answerable/protocol/log/entries';
import { refusalsEntry } from '@answerable/protocol/log/refusals';
import { describe, expect, it } from 'vitest';
import { counted, countsOf, emptyTally, type Speakers, type Tally } from './tally.ts';

const hash = 'A'.repeat(43);
const named = (name: string) => ({ name });
const policy = {
  registrar: named('registrar'),
  opening: { guardians: ['g1', 'g2', 'g3'].map(named) },
  gateways: [{ name: 'gate', platforms: ['commons', 'lantern'] }],
} as unknown as Speakers;
const census = (party: string, day: string, counts: Record<string, number> = {}): LogEntry => ({
  v: 1,
  kind: 'census',
  party,
  day,
  counts,
});
const opening = (filing: number, guardian = 'g1', handle = hash): LogEntry => ({
  v: 1,
  kind: 'disclosure-notice',
  platform: 'commons',
  authority: 'court',
  ground: 'threat',
  guardian,
  handle,
  opening: hash,
  filing,
  approvals: [1, 2],
});
const leaves = (n: number): LogEntry => ({ v: 1, kind: 'record-root', root: hash, leaves: n });
const refused = (guardian: string, quarter: string, times: number) =>
  refusalsEntry(guardian, quarter, Array<'order-not-valid'>(times).fill('order-not-valid'));

const read = (entries: (LogEntry | undefined)[], of: Tally['of'] = null, mine = 'mine') =>
  entries.reduce<Tally>(
    (tally, entry) => counted(tally, entry, policy, ({ handle }) => handle === mine),
    emptyTally(of),
  );
const told = (entries: (LogEntry | undefined)[], today = '2026-11-28') =>
  countsOf(read(entries), policy, today);

describe('openings', () => {
  it('count once, however many guardians publish them', () => {
    expect(told([opening(3, 'g1'), opening(3, 'g2'), opening(8, 'g2')]).opened).toBe(2);
  });
  it('of more than a year ago do not count; one that nothing dates does', () => {
    const entries = [
      opening(1),
      census('gate', '2025-11-01'),
      opening(2),
      census('gate', '2025-12-01'),
      opening(3),
    ];
    expect(told(entries).opened).toBe(2);
  });
  it('are dated by the latest day named before them, so that none can be made to look old', () => {
    const entries = [census('gate', '2026-06-01'), census('keeper-1', '2020-01-01'), opening(1)];
    expect(told(entries).opened).toBe(1);
  });
  it('of this person are remembered by their place', () => {
    expect(
      read([leaves(1), opening(1, 'g1', 'mine'), opening(1, 'g2', 'mine'), opening(2)], 'R').own,
    ).toEqual([
      { index: 1, filing: 1 },
      { index: 2, filing: 1 },
    ]);
  });
});

describe('refusals', () => {
  const year = ['2025-12-31', '2026-03-31', '2026-06-30', '2026-09-30'];
  const all = (quarter: string, times: number[]) =>
    ['g1', 'g2', 'g3'].map((g, i) => refused(g, quarter, times[i]!));
  it('are between what the one who refused most says, and the sum of all', () => {
    const entries = year.flatMap((quarter) => all(quarter, [1, 0, 2]));
    expect(told(entries)).toMatchObject({ refused: { least: 8, most: 12 }, silent: [], until: '2026-09-30' });
  });
  it('of more than four quarters ago do not count', () => {
    expect(
      told([...all('2025-09-30', [5, 5, 5]), ...year.flatMap((q) => all(q, [0, 0, 0]))]).refused.most,
    ).toBe(0);
  });
  it('a guardian that says nothing, or leaves a quarter out, is named', () => {
    const without = (entries: LogEntry[], party: string, quarter: string) =>
      entries.filter((entry) => !('party' in entry && entry.party === party && entry.day === quarter));
    const entries = year.flatMap((quarter) => all(quarter, [0, 0, 0]));
    expect(told(without(entries, 'g2', '2026-03-31')).silent).toEqual(['g2']);
    expect(told(without(entries, 'g3', '2026-09-30')).silent).toEqual(['g3']);
    expect(told([]).silent).toEqual(['g1', 'g2', 'g3']);
    expect(told(all('2026-09-30', [0, 0, 0])).silent).toEqual([]);
  });
  it('by somebody who is no guardian, of no quarter, or with a reason left out count for nothing', () => {
    const { counts, ...whole } = refused('g1', '2026-09-30', 4) as Extract<LogEntry, { kind: 'census' }>;
    const { 'refused.order-not-valid': _left, ...fewer } = counts;
    const entries = [
      refused('gate', '2026-09-30', 4),
      refused('g1', '2026-09-29', 4),
      { ...whole, counts: fewer } as LogEntry,
    ];
    expect(told(entries)).toMatchObject({ refused: { least: 0, most: 0 }, silent: ['g1', 'g2', 'g3'] });
  });
});

describe('people', () => {
  it('are the records that live, never more than were made', () => {
    expect(told([leaves(7), leaves(5)]).people).toBe(12);
    const entries = [leaves(7), census('registrar', '2026-11-01', { 'live-records': 6 })];
    expect(told(entries).people).toBe(6);
    expect(told([leaves(7), census('registrar', '2026-11-01', { 'live-records': 9_000 })]).people).toBe(7);
    expect(told([leaves(7), census('g1', '2026-11-01', { 'live-records': 2 })]).people).toBe(7);
  });
  it('at a platform are what its own gateway counts', () => {
    const { here } = read([
      census('gate', '2026-11-01', { commons: 4, elsewhere: 9 }),
      census('other', '2026-11-02', { commons: 99 }),
    ]);
    expect(here).toEqual({ commons: 4, lantern: 0 });
  });
});

it('entries that nobody understands are read past', () => {
  expect(read([undefined, undefined, leaves(1)])).toMatchObject({ read: 3, leaves: 1 });
});
