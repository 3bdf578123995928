import { expect, it } from 'vitest';
import type { LogEntry } from '../verify/entry.ts';
import { trustPoliciesFollow } from './trust-policy-rule.ts';

const first: LogEntry = { v: 1, kind: 'trust-policy', network: 'n', serial: 1, policy: 'h1' };
const later = (serial: number, changed: object = {}): LogEntry => ({
  ...first,
  kind: 'trust-policy-successor',
  serial,
  policy: `h${serial}`,
  previous: `h${serial - 1}`,
  effective: '2026-12-20',
  ...changed,
});
const census = (day: string): LogEntry => ({ v: 1, kind: 'census', party: 'r', day, counts: {} });
function objections(...entries: LogEntry[]) {
  const run = trustPoliciesFollow(14 * 86_400).start();
  return entries.flatMap((entry, i) => [...run.see(entry, i)].map(({ entry: at, says }) => `${at} ${says}`));
}

it('says nothing of a chain that holds, announced long enough', () => {
  const quiet = [first, census('2026-12-06'), later(2), later(3), census('2027-01-01')];
  expect(objections(...quiet)).toEqual([]);
});

it.each<[string, LogEntry[]]>([
  ['a successor of nothing', [later(2)]],
  ['a first policy with a later serial', [{ ...first, serial: 2 }]],
  ['a second policy that follows nothing', [first, { ...first, serial: 2, policy: 'h2' }]],
  ['a first policy that follows something', [later(1)]],
  ['a gap', [first, later(3, { previous: 'h1' })]],
  ['one serial twice', [first, later(2), later(2, { policy: 'y' })]],
  ['another predecessor', [first, later(2, { previous: 'y' })]],
  ['no predecessor', [first, later(2, { previous: null })]],
  ['a predecessor of another network', [first, later(2, { network: 'other' })]],
  ['thirteen days of notice', [first, census('2026-12-07'), later(2)]],
  ['a day that is none', [first, census('2026-12-01'), later(2, { effective: 'soon' })]],
  ['a day that is over', [first, census('2026-12-21'), later(2)]],
])('objects to %s', (name, entries) => {
  expect(objections(...entries).length, name).toBeGreaterThan(0);
});
