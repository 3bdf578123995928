/** Figures of routes: what may be said, and what would name somebody. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { censusOfRoutes, type RouteCount, routeFigures } from './figures.ts';

// 2026-11-02 is a Monday.
const row = (day: string, outcome: string, count: number, route = 'login'): RouteCount => ({
  day,
  route,
  outcome,
  count,
});
const spans = (rows: RouteCount[], today = '2026-11-30') => routeFigures(rows, today)[0]?.spans;

describe('a span', () => {
  it('is a day where every figure is five or more', () => {
    expect(spans([row('2026-11-02', 'begun', 9), row('2026-11-02', 'completed', 5)])).toEqual([
      { over: 'day', from: '2026-11-02', to: '2026-11-02', outcomes: { begun: 9, completed: 5 } },
    ]);
  });

  it('is a week of the days that do not have them', () => {
    const rows = [
      row('2026-11-02', 'begun', 9),
      row('2026-11-03', 'begun', 4),
      row('2026-11-08', 'begun', 2),
      row('2026-11-09', 'begun', 6),
    ];
    expect(spans(rows)).toEqual([
      { over: 'day', from: '2026-11-02', to: '2026-11-02', outcomes: { begun: 9 } },
      { over: 'week', from: '2026-11-02', to: '2026-11-08', outcomes: { begun: 6 } },
      { over: 'day', from: '2026-11-09', to: '2026-11-09', outcomes: { begun: 6 } },
    ]);
  });

  it('is the rest where even weeks do not, and says then only that it is few', () => {
    const rows = [
      row('2026-11-03', 'begun', 3),
      row('2026-11-03', 'refused.evidence_denied', 1),
      row('2026-11-12', 'begun', 3),
    ];
    expect(spans(rows)).toEqual([
      {
        over: 'rest',
        from: '2026-11-02',
        to: '2026-11-15',
        outcomes: { begun: 6, 'refused.evidence_denied': null },
      },
    ]);
  });

  it('is not of a week that is not over', () => {
    expect(spans([row('2026-11-24', 'begun', 50)], '2026-11-29')).toBeUndefined();
    expect(spans([row('2026-11-24', 'begun', 50)], '2026-11-30')).toHaveLength(1);
  });

  it('keeps routes apart', () => {
    const figures = routeFigures(
      [row('2026-11-02', 'begun', 9), row('2026-11-02', 'begun', 2, 'flat')],
      '2026-12-01',
    );
    expect(figures.map(({ route }) => route)).toEqual(['login', 'flat']);
  });
});

it('the census has the routes of a day that stand by themselves, and no others', () => {
  const day = '2026-11-02';
  const rows = [
    row(day, 'begun', 9),
    row(day, 'completed', 5),
    row(day, 'refused.too_young', 6),
    row(day, 'begun', 9, 'flat'),
    row(day, 'completed', 4, 'flat'),
    row(day, 'begun', 9, 'a'.repeat(60)),
  ];
  expect(censusOfRoutes(rows)).toEqual({
    'route.login.begun': 9,
    'route.login.back': 0,
    'route.login.completed': 5,
  });
});

it('no figure is between one and four, and nothing is in two spans', () => {
  const rows = fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 28 }).map((n) => `2026-10-${String(n).padStart(2, '0')}`),
      route: fc.constant('login'),
      outcome: fc.constantFrom('begun', 'back', 'completed'),
      count: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(rows, (counts) => {
      const shown = (spans(counts) ?? []).flatMap(({ outcomes }) => Object.entries(outcomes));
      for (const [, count] of shown) expect(count === null || count >= 5).toBe(true);
      const total = counts.reduce((sum, { count }) => sum + count, 0);
      const said = shown.reduce((sum, [, count]) => sum + (count ?? 0), 0);
      const few = shown.filter(([, count]) => count === null).length;
      expect(total - said).toBeGreaterThanOrEqual(few);
      expect(total - said).toBeLessThanOrEqual(4 * few);
    }),
  );
});
