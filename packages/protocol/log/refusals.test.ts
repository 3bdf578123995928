import { describe, expect, it } from 'vitest';
import { quarterEnd, quarterOver, refusalCounts, refusalsEntry, refusalsIn } from './refusals.ts';

describe('what guardians say of their refusals', () => {
  it.each([
    ['2026-01-01', '2026-03-31', '2025-12-31'],
    ['2026-03-31', '2026-03-31', '2025-12-31'],
    ['2026-04-01', '2026-06-30', '2026-03-31'],
    ['2028-02-29', '2028-03-31', '2027-12-31'],
    ['2026-11-28', '2026-12-31', '2026-09-30'],
  ])('%s is in the quarter to %s, and the one to %s is over', (day, end, over) => {
    expect(quarterEnd(day)).toBe(end);
    expect(quarterOver(day)).toBe(over);
  });
  it('an entry names every reason, zero or not', () => {
    const entry = refusalsEntry('quakers', '2026-09-30', ['order-not-valid', 'order-not-valid']);
    expect(Object.keys(entry.counts)).toEqual(refusalCounts);
    expect(entry.counts['refused.order-not-valid']).toBe(2);
    expect(refusalsIn(entry)).toBe(2);
    expect(refusalsIn(refusalsEntry('quakers', '2026-09-30', []))).toBe(0);
  });
  it('an entry that leaves a reason out says nothing', () => {
    const { counts, ...entry } = refusalsEntry('quakers', '2026-09-30', []);
    const { 'refused.order-not-valid': _left, ...fewer } = counts;
    expect(refusalsIn({ ...entry, counts: fewer })).toBeUndefined();
  });
  it('nor does one of a day that ends no quarter', () => {
    expect(refusalsIn(refusalsEntry('quakers', '2026-09-29', []))).toBeUndefined();
  });
});
