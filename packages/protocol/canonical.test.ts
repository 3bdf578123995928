import { Malformed } from '@answerable/core/errors';
import { describe, expect, it } from 'vitest';
import { canonicalBytes } from './canonical.ts';
import { day, instant } from './wire.ts';

describe('canonical bytes', () => {
  it('do not depend on the order of members', () => {
    const bytes = canonicalBytes('label', { a: 1, b: ['x'] });
    expect(canonicalBytes('label', { b: ['x'], a: 1 })).toEqual(bytes);
    expect(new TextDecoder().decode(bytes)).toBe('label\n{"a":1,"b":["x"]}');
  });

  it.each([
    ['in a text', '\ud800'],
    ['deep inside', { a: [{ b: 'x\udc00' }] }],
    ['in a key', { '\ud83d': 1 }],
  ])('half a character is malformed, and not repeated: %s', (_where, value) => {
    expect(() => canonicalBytes('label', value)).toThrow(Malformed);
    expect(canonicalBytes('label', '\ud83d\ude00').length).toBeGreaterThan(0);
  });
});

describe('times', () => {
  it.each(['2026-02-31', '2026-13-01', '2025-02-29', '0000-00-00'])('%s is no day', (text) => {
    expect(day.safeParse(text).success).toBe(false);
    expect(instant.safeParse(`${text}T10:00:00Z`).success).toBe(false);
  });

  it.each(['2026-11-23T24:00:00Z', '2026-11-23T10:61:00Z', '2026-11-23T10:00:00'])(
    '%s is no instant',
    (text) => expect(instant.safeParse(text).success).toBe(false),
  );

  it('the 29th of February is one in a leap year', () => {
    expect(day.safeParse('2028-02-29').success).toBe(true);
    expect(instant.safeParse('2028-02-29T23:59:59.999Z').success).toBe(true);
  });
});
