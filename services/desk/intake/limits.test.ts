/** Limits for strangers: from one place, from everywhere, and what a place is. */
import { practiceClock } from '@answerable/kit/clock';
import { describe, expect, it } from 'vitest';
import { createLimits } from './limits.ts';

const atOnce = 30;
const setUp = () => {
  const clock = practiceClock(new Date('2026-11-23T08:00:00.000Z'));
  const limits = createLimits(clock);
  /** how many of `n` came in */
  const come = (address: string, n: number) =>
    Array.from({ length: n }, () => limits.wait(address)).filter((one) => one === 0).length;
  return { clock, limits, come };
};

describe('one place', () => {
  it('may send some at once, then waits a told time, and comes in after it', () => {
    const { clock, limits, come } = setUp();
    expect(come('192.0.2.1', 100)).toBe(atOnce);
    const seconds = limits.wait('192.0.2.1');
    expect(seconds).toBeGreaterThan(0);
    clock.advance({ seconds });
    expect(limits.wait('192.0.2.1')).toBe(0);
    expect(limits.wait('192.0.2.2')).toBe(0);
  });

  it.each([
    ['addresses of one IPv6 house', '2001:db8:1:2a00::1', '2001:db8:1:2aff:1:2:3:4'],
    ['an IPv4 address in either notation', '192.0.2.1', '::ffff:192.0.2.1'],
  ])('%s are one place', (_, one, other) => {
    const { come } = setUp();
    expect(come(one, atOnce)).toBe(atOnce);
    expect(come(other, 1)).toBe(0);
  });

  it.each([
    ['houses next to each other', '2001:db8:1:2a00::1', '2001:db8:1:2b00::1'],
    ['short and long addresses', '2001:db8::1', '2001:db8:1::1'],
  ])('%s are two', (_, one, other) => {
    const { come } = setUp();
    come(one, atOnce);
    expect(come(other, 1)).toBe(1);
  });

  it('this machine itself is none', () => {
    for (const here of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '']) {
      const { come } = setUp();
      expect(come(here, 100)).toBe(100);
    }
  });

  it('is forgotten with its day', () => {
    const { clock, come } = setUp();
    come('192.0.2.1', atOnce);
    clock.advance({ hours: 17 });
    expect(come('192.0.2.1', atOnce)).toBe(atOnce);
  });
});

it('from everywhere together there is a ceiling, and it comes down again', () => {
  const { clock, limits } = setUp();
  const from = (n: number) => limits.wait(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`);
  const waits = Array.from({ length: 1_000 }, (_, n) => from(n));
  const came = waits.filter((one) => one === 0).length;
  expect(came).toBeGreaterThanOrEqual(600);
  expect(came).toBeLessThan(1_000);
  clock.advance({ seconds: 60 });
  expect(from(5_000)).toBe(0);
});
