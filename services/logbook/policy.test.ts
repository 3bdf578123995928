import { policyEntryKey } from '@answerable/kit/submit-policy';
import type { LogEntry } from '@answerable/protocol/log/entries';
import { trialSuccession } from '@answerable/protocol/testing/trial-succession';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { earliestDay } from '@answerable/protocol/trust-succession';
import { releaseKeyOf } from '@answerable/protocol/wallet-release';
import { expect, it } from 'vitest';
import { comesInTime, isOwnKey, partiesOf, type Role, requireMayLog } from './policy.ts';

const hash = 'A'.repeat(43);
const entries: Record<LogEntry['kind'], LogEntry> = {
  commitment: { v: 1, kind: 'commitment', commitment: hash },
  'record-root': { v: 1, kind: 'record-root', root: hash, leaves: 3 },
  census: { v: 1, kind: 'census', party: 'me', day: '2026-11-23', counts: {} },
  'trust-policy': { v: 1, kind: 'trust-policy', network: 'uk', serial: 1, policy: hash },
  'trust-policy-successor': {
    v: 1,
    kind: 'trust-policy-successor',
    network: 'uk',
    serial: 2,
    policy: hash,
    previous: hash,
    effective: '2026-12-20',
  },
  'disclosure-notice': {
    v: 1,
    kind: 'disclosure-notice',
    platform: 'commons',
    authority: 'court',
    ground: 'court-order',
    guardian: 'me',
    handle: hash,
    opening: hash,
    filing: 1,
    approvals: [2, 3],
  },
  'wallet-release': { v: 1, kind: 'wallet-release', release: hash, version: '1.0.0', files: 9 },
  'platform-policy': {
    v: 1,
    kind: 'platform-policy',
    gateway: 'me',
    platform: 'commons',
    serial: 1,
    policy: hash,
    previous: null,
    effective: '2026-12-01',
  },
};
const may = (role: Role, entry: LogEntry, name = 'me'): boolean => {
  try {
    requireMayLog({ name, role, signingKey: hash }, entry);
    return true;
  } catch {
    return false;
  }
};

it.each<[Role, LogEntry['kind'][]]>([
  ['registrar', ['commitment', 'record-root', 'census', 'trust-policy']],
  ['guardian', ['commitment', 'census', 'trust-policy', 'disclosure-notice']],
  ['keeper', ['commitment', 'census']],
  ['gateway', ['commitment', 'census', 'platform-policy']],
  ['authority', ['commitment']],
  ['publisher', ['wallet-release']],
  ['submitter', ['commitment', 'trust-policy']],
])('a %s may log %j and nothing else', (role, kinds) => {
  const allowed = Object.values(entries).filter((entry) => may(role, entry));
  expect(allowed.map(({ kind }) => kind)).toEqual(kinds);
});

it('a later policy is nobody’s to log as if it were a first one', () => {
  const later = { ...entries['trust-policy'], serial: 2 } as LogEntry;
  expect(may('guardian', later) || may('registrar', later) || may('submitter', later)).toBe(false);
});

it('a policy’s and a release’s own key are known from the entry; a commitment has none', () => {
  const [release, later] = [entries['wallet-release'], entries['trust-policy-successor']];
  if (release.kind !== 'wallet-release' || later.kind !== 'trust-policy-successor') throw new Error('bug');
  for (const [key, entry] of [
    [releaseKeyOf(release), release],
    [policyEntryKey(later), later],
  ] as const) {
    expect(isOwnKey(key, entry)).toBe(true);
    expect(isOwnKey(key, entries.commitment)).toBe(false);
  }
  expect(isOwnKey(releaseKeyOf(release), { ...release, files: 8 })).toBe(false);
});

it('a successor is not taken in the last minutes of the day on which it must stand in the log', () => {
  const midnight = Date.parse('2026-12-02T00:00:00Z') / 1000;
  const { first, next } = trialSuccession(midnight - 86_400);
  const tight = next(first, { effective: earliestDay(first, midnight - 1) });
  // By its own day it would be in time, and for the witnesses a moment later no more.
  expect(earliestDay(first, midnight - 1) < earliestDay(first, midnight + 1)).toBe(true);
  expect(
    [7_200, 3_601, 3_599, 60, 1, -1].map((before) => comesInTime(first, tight, midnight - before)),
  ).toEqual([true, true, false, false, false, false]);
});

it('nobody speaks as another party', () => {
  expect(may('keeper', entries.census, 'other')).toBe(false);
  expect(may('guardian', entries['disclosure-notice'], 'other')).toBe(false);
  expect(may('gateway', entries['platform-policy'], 'other')).toBe(false);
});

it('the parties are those of the policy, each with its key', () => {
  const of = (name: string) => ({ name, signingKey: `key of ${name}` });
  const policy = {
    registrar: of('r'),
    opening: { guardians: [of('g1'), of('g2')] },
    tags: { keepers: [of('k')] },
    gateways: [of('w')],
    authorities: [of('a')],
    releases: { publisher: 'p', signingKey: 'key of p' },
  } as unknown as TrustPolicy;
  expect(partiesOf(policy).map(({ name, role, signingKey }) => `${name} ${role} ${signingKey}`)).toEqual([
    'r registrar key of r',
    'g1 guardian key of g1',
    'g2 guardian key of g2',
    'k keeper key of k',
    'w gateway key of w',
    'a authority key of a',
    'p publisher key of p',
  ]);
});
