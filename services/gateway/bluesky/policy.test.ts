import { describe, expect, it } from 'vitest';
import { type Newcomer, whyRevoked } from './policy.ts';

const did = `did:plc:${'a'.repeat(24)}`;
const other = `did:plc:${'b'.repeat(24)}`;
const at = new Date('2026-11-28T12:00:00Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
const right: Newcomer = {
  platform: 'town',
  did,
  cameWith: { mark: 'did:invite:1', uses: [{ did, at }] },
  invitation: { platform: 'town', brings: null, expires_at: at, state: 'open' },
};
const withInvitation = (change: Partial<NonNullable<Newcomer['invitation']>>): Newcomer => ({
  ...right,
  invitation: { ...right.invitation!, ...change },
});
const usedAt = (...uses: [string, Date][]): Newcomer => ({
  ...right,
  cameWith: { mark: 'did:invite:1', uses: uses.map(([who, when]) => ({ did: who, at: when })) },
});

it.each<[string, Newcomer]>([
  ['came in time', right],
  ['came a moment later by the clock of the server', usedAt([did, later(60)])],
  ['is the one that was said', withInvitation({ brings: did })],
  ['came first of two', usedAt([did, at], [other, later(1)])],
])('stays: an account that %s', (_name, newcomer) => {
  expect(whyRevoked(newcomer)).toBeUndefined();
});

describe('cannot stay: an account', () => {
  it.each<[string, Newcomer, string]>([
    ['without a code', { ...right, cameWith: undefined }, 'no-code'],
    ['with somebody else’s code', { ...right, invitation: undefined }, 'foreign-code'],
    ['with a code of another server', withInvitation({ platform: 'village' }), 'foreign-code'],
    ['whose code is somebody’s already', withInvitation({ state: 'used' }), 'code-used-before'],
    ['that came second', usedAt([other, at], [did, later(1)]), 'code-used-before'],
    ['that the code does not know', usedAt(), 'code-used-before'],
    ['that came too late', usedAt([did, later(61)]), 'code-over'],
    ['whose code was over before it came', withInvitation({ state: 'over', expires_at: null }), 'code-over'],
    ['that is not the one that was said', withInvitation({ brings: other }), 'other-account'],
  ])('%s', (_sin, newcomer, why) => {
    expect(whyRevoked(newcomer)).toBe(why);
  });
});
