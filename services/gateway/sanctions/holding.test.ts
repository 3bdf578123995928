/** What holds when: every pair of steps, in every way in which two times can lie to each other, against a plain reading. */
import { type LadderStep, ladder } from '@answerable/protocol/report/sanction';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inForce, standingOf } from '../policy.ts';
import {
  changesBetween,
  endsByItself,
  type Holds,
  holdsAt,
  type NamedSanction,
  wordsAtEnd,
} from './holding.ts';

const account = 'account-one';
const start = Date.UTC(2027, 0, 1);
const dayMs = 86_400_000;
const day = (n: number) => new Date(start + n * dayMs).toISOString().slice(0, 10);
const instant = (n: number) => new Date(start + n * dayMs).toISOString();

/** The plain reading: day by day, whether it holds. */
const holdsOn = ({ step, from, until }: NamedSanction, n: number): boolean =>
  (from == null || from <= instant(n)) && !(endsByItself(step) && until !== null && until <= day(n));
const rank = (step: LadderStep) => ladder.indexOf(step) + 1;
const standings = ['good', 'warned', 'restricted', 'suspended', 'barred'];

/** From and to of two sanctions in each of the ways in which they can lie: before, meeting, across, within, the same. */
const spans = [
  [0, 2, 4, 6],
  [0, 2, 2, 4],
  [0, 4, 2, 6],
  [0, 6, 2, 4],
  [2, 4, 0, 6],
  [0, 4, 0, 6],
  [0, 6, 2, 6],
  [0, 4, 0, 4],
  [4, 6, 0, 2],
  [2, 6, 0, 4],
] as const;
const one = (id: string, step: LadderStep, from: number, to: number, whose: string | null) => ({
  id,
  step,
  from: instant(from),
  until: step === 'warn' ? null : day(to),
  account: whose,
});
const pairs = ladder.flatMap((a) =>
  ladder.flatMap((b) =>
    spans.map(([from, to, from2, to2]) => ({
      a,
      b,
      span: `${from}-${to} and ${from2}-${to2}`,
      from,
      to,
      from2,
      to2,
    })),
  ),
);

/** Applies changes as a platform does; a change that changes nothing is a mistake. */
function follow(there: Holds, changes: ReturnType<typeof changesBetween>): Holds {
  const next = { ...there };
  for (const { hold, begins, sanction } of changes) {
    expect(next[hold] === undefined).toBe(begins);
    if (begins) next[hold] = sanction;
    else delete next[hold];
  }
  return next;
}
const heldBy = (sanctions: readonly NamedSanction[], n: number) => ({
  shut: sanctions.some((s) => (s.step === 'suspend' || s.step === 'bar') && holdsOn(s, n)),
  restricted: sanctions.some((s) => s.step === 'restrict' && holdsOn(s, n)),
});
const isHeld = (there: Holds) => ({
  shut: there.shut !== undefined,
  restricted: there.restricted !== undefined,
});

describe('two sanctions', () => {
  it.each(pairs)(
    '$a and $b, days $span: each day, and each lifted on each day',
    ({ a, b, from, to, from2, to2 }) => {
      const both = [one('one', a, from, to, account), one('two', b, from2, to2, null)];
      for (let liftDay = 0; liftDay < 8; liftDay += 1)
        for (const lifted of ['one', 'two', 'none']) {
          let there: Holds = {};
          for (let n = 0; n < 8; n += 1) {
            const stand = both.filter(({ id }) => id !== lifted || n < liftDay);
            const holding = stand.filter((s) => holdsOn(s, n));
            const gravest = Math.max(0, ...holding.map(({ step }) => rank(step)));
            expect(standingOf(stand, instant(n), account).standing).toBe(standings[gravest]);
            there = follow(there, changesBetween(there, holdsAt(stand, instant(n), account)));
            expect(isHeld(there)).toEqual(heldBy(stand, n));
          }
        }
    },
  );
});

const anySanction = fc.record({
  step: fc.constantFrom(...ladder),
  from: fc.option(fc.integer({ min: 0, max: 10 }).map(instant), { nil: null }),
  until: fc.option(fc.integer({ min: 0, max: 12 }).map(day), { nil: null }),
  account: fc.constantFrom(null, account, 'account-two'),
});
const anyHistory = fc.record({
  sanctions: fc.array(anySanction, { maxLength: 8 }).map((all) => all.map((s, n) => ({ ...s, id: `s${n}` }))),
  lifts: fc.array(fc.tuple(fc.nat({ max: 7 }), fc.integer({ min: 0, max: 12 }))),
});

describe('any history', () => {
  it('leaves the platform, day by day, exactly as the sanctions say, whatever was skipped in between', () => {
    fc.assert(
      fc.property(anyHistory, fc.array(fc.integer({ min: 0, max: 12 })), ({ sanctions, lifts }, looks) => {
        let there: Holds = {};
        for (const n of [...looks].sort((x, y) => x - y)) {
          const stand = sanctions.filter((_, i) => !lifts.some(([which, on]) => which === i && on <= n));
          there = follow(there, changesBetween(there, holdsAt(stand, instant(n), account)));
          const mine = stand.filter((s) => s.account === null || s.account === account);
          expect(isHeld(there)).toEqual(heldBy(mine, n));
        }
      }),
    );
  });

  it('lifting one gives exactly what there would be had it never been', () => {
    fc.assert(
      fc.property(
        anyHistory,
        fc.nat({ max: 7 }),
        fc.integer({ min: 0, max: 12 }),
        ({ sanctions }, which, n) => {
          const without = sanctions.filter((_, i) => i !== which);
          const there = follow({}, changesBetween({}, holdsAt(sanctions, instant(n), account)));
          const after = follow(there, changesBetween(there, holdsAt(without, instant(n), account)));
          expect(isHeld(after)).toEqual(isHeld(holdsAt(without, instant(n), account)));
        },
      ),
    );
  });

  it('an account that no sanction names, of a person whom none holds, is not held', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 0, max: 12 }), ({ sanctions }, n) => {
        const others = sanctions.map((s) => ({ ...s, account: 'account-two' }));
        expect(holdsAt(others, instant(n), account)).toEqual({});
      }),
    );
  });
});

describe('when one begins and ends', () => {
  const suspend = { step: 'suspend', until: '2027-01-05', account: null } as const;
  it.each([
    ['an instant before', '2027-01-03T11:59:59Z', false],
    ['at the instant', '2027-01-03T12:00:00Z', true],
    ['with milliseconds that are none', '2027-01-03T12:00:00.000Z', true],
    ['the last instant', '2027-01-04T23:59:59Z', true],
    ['the day it ends', '2027-01-05', false],
  ])('%s', (_when, at, holds) => {
    expect(inForce({ ...suspend, from: '2027-01-03T12:00:00Z' }, at)).toBe(holds);
  });
  it('a bar and a warning end by no day, and begin on theirs', () => {
    for (const step of ['bar', 'warn'] as const) {
      const sanction = { step, until: '2027-01-05', account: null, from: '2027-01-04' };
      expect(inForce(sanction, '2030-01-01')).toBe(true);
      expect(inForce(sanction, '2027-01-03T23:00:00Z')).toBe(false);
    }
  });
});

describe('what the holder reads when one ends', () => {
  const at = '2027-01-05T00:00:00Z';
  const other = (step: LadderStep, whose: string | null = null) => [
    { step, until: '2027-02-01', account: whose },
  ];
  it('says that it is over, and what still holds that is less', () => {
    expect(wordsAtEnd('suspend', [], at, account)?.body).toMatch(/You can sign in again\.$/);
    expect(wordsAtEnd('suspend', other('restrict'), at, account)?.body).toMatch(
      /restricted until 2027-02-01/,
    );
    expect(wordsAtEnd('restrict', other('warn'), at, account)?.body).toMatch(/as before/);
  });
  it('says nothing while something as grave holds, and does when that holds another account', () => {
    expect(wordsAtEnd('suspend', other('bar'), at, account)).toBeUndefined();
    expect(wordsAtEnd('suspend', other('suspend'), at, account)).toBeUndefined();
    expect(wordsAtEnd('restrict', other('suspend'), at, account)).toBeUndefined();
    expect(wordsAtEnd('suspend', other('bar', 'account-two'), at, account)).toBeDefined();
  });
});
