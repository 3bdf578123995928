import { describe, expect, it } from 'vitest';
import type { Evidence } from './evidence/evidence.ts';
import { attributesOf, bucketDigits, decideMatch, decideReset, flagsFrom } from './policy.ts';

const evidence: Evidence = {
  issuer: 'https://provider.example/',
  subject: 'subject',
  names: [{ given: 'Ada', family: 'Byron' }],
  birthDate: '2008-02-29',
  documents: [],
  residence: 'gb',
  assurance: 'medium',
  idToken: '',
};
const lineage = '5e'.repeat(32);

describe('flags', () => {
  it.each([
    ['2024-02-28', 'no'],
    ['2024-02-29', 'yes'],
  ])('over 16 on %s: %s', (today, over) => {
    expect(flagsFrom(evidence, lineage, today).over_16).toBe(over);
  });

  it('who was born on 29 February is of age on 1 March', () => {
    expect(flagsFrom(evidence, lineage, '2026-02-28').over_18).toBe('no');
    expect(flagsFrom(evidence, lineage, '2026-03-01').over_18).toBe('yes');
  });

  it('never carry a name, and a reset for two years', () => {
    const flags = flagsFrom(evidence, lineage, '2026-11-23');
    expect(attributesOf(flags, null, '2026-11-23')).toMatchObject({ name: '', reset_recent: 'no' });
    expect(attributesOf(flags, '2024-11-24', '2026-11-23').reset_recent).toBe('yes');
    expect(attributesOf(flags, '2024-11-23', '2026-11-23').reset_recent).toBe('no');
  });
});

describe('a match', () => {
  it.each([
    [[], [], { is: 'new' }],
    [['a'], [], { is: 'known', recordId: 'a' }],
    [['a', 'a'], ['b'], { is: 'known', recordId: 'a' }],
    [['a', 'b'], [], { is: 'unclear', among: ['a', 'b'] }],
    [[], ['a'], { is: 'unsure', recordId: 'a' }],
    [[], ['a', 'b'], { is: 'unclear', among: ['a', 'b'] }],
  ])('strong %j and weak %j', (strong, weak, match) => {
    expect(decideMatch({ strong, weak })).toEqual(match);
  });
});

describe('a reset', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const wait = 3600;
  it('is asked for, waits, and goes', () => {
    const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
    expect(decideReset({ resetDay: null, resetAsked: null }, now, wait)).toBe('ask');
    const asked = (seconds: number) => ({ resetDay: null, resetAsked: ago(seconds) });
    expect(() => decideReset(asked(3599), now, wait)).toThrow(
      expect.objectContaining({ code: 'reset_waiting' }),
    );
    expect(decideReset(asked(3600), now, wait)).toBe('go');
  });
  it('is refused within two years of the last one, whatever was asked', () => {
    const state = { resetDay: '2024-11-24', resetAsked: new Date(0) };
    expect(() => decideReset(state, now, wait)).toThrow(expect.objectContaining({ code: 'reset_too_soon' }));
  });
});

it.each([
  [0, 0],
  [999, 0],
  [15_999, 0],
  [16_000, 1],
  [256_000, 2],
  [10 ** 12, 4],
])('a bucket of %i records has %i digits', (records, digits) => {
  expect(bucketDigits(records)).toBe(digits);
});
