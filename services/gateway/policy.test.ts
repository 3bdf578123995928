import { describe, expect, it } from 'vitest';
import {
  claimsOf,
  inForce,
  platformClaims,
  refusalOf,
  refusalOfSlot,
  type Sanction,
  standingOf,
} from './policy.ts';

const day = '2026-11-23';
const on = (step: Sanction['step'], until: string | null, account: string | null = null): Sanction => ({
  step,
  until,
  account,
});

describe('standing', () => {
  it('is the gravest of what holds now', () => {
    expect(
      standingOf([on('warn', null), on('suspend', '2026-12-01'), on('restrict', '2027-01-01')], day),
    ).toEqual({
      standing: 'suspended',
      until: '2026-12-01',
    });
    expect(standingOf([], day)).toEqual({ standing: 'good', until: null });
  });

  it('of a person does not follow from a sanction on one account, that of the account does', () => {
    const one = on('bar', '2027-01-01', 'a');
    expect(standingOf([one], day).standing).toBe('good');
    expect(standingOf([one], day, 'a').standing).toBe('barred');
    expect(standingOf([one], day, 'b').standing).toBe('good');
  });

  it('returns to what was there when a graver one is lifted or over', () => {
    const rest = [on('restrict', '2027-01-01')];
    expect(standingOf([...rest, on('suspend', '2026-11-23')], day).standing).toBe('restricted');
    expect(standingOf(rest, day).standing).toBe('restricted');
  });

  it('a bar does not end on its review date', () => {
    expect(inForce(on('bar', '2020-01-01'), day)).toBe(true);
    expect(inForce(on('suspend', '2026-11-23'), day)).toBe(false);
    expect(inForce(on('suspend', '2026-11-24'), day)).toBe(true);
  });
});

describe('who may come in', () => {
  it.each([
    ['good', undefined],
    ['warned', undefined],
    ['restricted', undefined],
    ['suspended', 'suspended'],
    ['barred', 'barred'],
    ['closed', 'account_closed'],
  ] as const)('%s: %s', (standing, code) => expect(refusalOf(standing)).toBe(code));

  it('a slot: not one that is taken, not one beyond k, not one more than k', () => {
    expect(refusalOfSlot(1, { slots: [1, 2], accountsMax: 3 })).toBe('slot_taken');
    expect(refusalOfSlot(3, { slots: [1, 2], accountsMax: 3 })).toBeUndefined();
    expect(refusalOfSlot(4, { slots: [], accountsMax: 3 })).toBe('accounts_exhausted');
    expect(refusalOfSlot(3, { slots: [1, 2, 4], accountsMax: 3 })).toBe('accounts_exhausted');
  });
});

describe('claims', () => {
  const account = { sub: 'a', handle: 'wren', claims: { over_16: true }, closed_day: null };

  it('say yes and no as true and false, and leave a blank name out', () => {
    expect(claimsOf({ over_16: 'yes', reset_recent: 'no', residence: 'gb', name: '' })).toEqual({
      over_16: true,
      reset_recent: false,
      residence: 'gb',
    });
  });

  it('are there for an account that may come in and for no other', () => {
    expect(platformClaims(account, [on('restrict', '2027-01-01')], new Date(day))).toEqual({
      sub: 'a',
      preferred_username: 'wren',
      answerable: true,
      standing: 'restricted',
      over_16: true,
    });
    expect(platformClaims(account, [on('bar', '2027-01-01')], new Date(day))).toBeUndefined();
    expect(platformClaims({ ...account, closed_day: day }, [], new Date(day))).toBeUndefined();
  });
});
