import { expect, it } from 'vitest';
import type { LogEntry } from '../verify/entry.ts';
import { platformPoliciesFollow } from './platform-policy-rule.ts';

const policy = (serial: number, changed: object = {}): LogEntry => ({
  v: 1,
  kind: 'platform-policy',
  gateway: 'g',
  platform: 'forum',
  serial,
  policy: `h${serial}`,
  previous: serial === 1 ? null : `h${serial - 1}`,
  effective: '2026-12-20',
  ...changed,
});
const census = (day: string): LogEntry => ({ v: 1, kind: 'census', party: 'r', day, counts: {} });
function objections(...entries: LogEntry[]) {
  const run = platformPoliciesFollow.start();
  return entries.flatMap((entry, i) => [...run.see(entry, i)].map(({ entry: at, says }) => `${at} ${says}`));
}

it('says nothing of chains that hold, each platform by itself', () => {
  expect(
    objections(
      census('2026-12-01'),
      policy(1, { effective: '2026-12-01' }),
      policy(1, { platform: 'other', policy: 'x', effective: '2026-12-01' }),
      policy(2),
      policy(2, { platform: 'other', previous: 'x' }),
    ),
  ).toEqual([]);
});

it.each<[string, LogEntry[]]>([
  ['a first policy with a later serial', [policy(2, { previous: null })]],
  ['a gap', [policy(1), policy(3, { previous: 'h1' })]],
  ['one again, with another hash', [policy(1), policy(1, { policy: 'y', previous: 'h1' })]],
  ['another predecessor', [policy(1), policy(2, { previous: 'y' })]],
  ['no predecessor', [policy(1), policy(2, { previous: null })]],
  ['a predecessor of another gateway', [policy(1), policy(2, { gateway: 'other' })]],
  ['thirteen days of notice', [policy(1), census('2026-12-07'), policy(2)]],
  ['a day that is none', [policy(1), census('2026-12-01'), policy(2, { effective: 'soon' })]],
])('objects to %s', (name, entries) => {
  const found = objections(...entries);
  expect(found.length, name).toBeGreaterThan(0);
});
