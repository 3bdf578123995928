import { dayAt, trialSuccession } from '@answerable/protocol/testing/trial-succession';
import { type TrustPolicy, type TrustPolicyFile, trustPolicyHash } from '@answerable/protocol/trust-policy';
import { describe, expect, it } from 'vitest';
import { acceptPolicy, type Pinned } from './trust.ts';

const now = Math.floor(Date.now() / 1000);
const days = 86_400;
const { first, next, signed, proof, guardians, gateway } = trialSuccession(now);
const after = (count: number) => new Date((now + count * days) * 1000);
const signers = ['guardian-1', 'guardian-3', 'gateway-club'];
const everyone = ['registrar', ...guardians, 'keeper-1', 'keeper-2', 'keeper-3', 'gateway-town', 'court'];
const genesis = signed(first, everyone);
const whole = (policy: TrustPolicy, day = 0, by = signers): TrustPolicyFile => ({
  ...signed(policy, by),
  logged: proof(policy, now + day * days),
});
const second = next();
const third = next(second, {
  gateways: [...second.gateways, gateway('gateway-field', 'field')],
  effective: dayAt(now, 40),
});
const thirdFile = whole(third, 20, [...signers, 'gateway-field']);
const all = { ...genesis, successors: [whole(second), thirdFile] };
const pinnedAt = (policy: TrustPolicy): Pinned => ({ policy, hash: trustPolicyHash(policy) });
const serialOf = (pinned: Pinned | undefined, served: unknown, day: number) =>
  acceptPolicy(pinned, served, after(day)).policy.serial;

describe('a wallet follows', () => {
  it('nothing that has not begun, and each from its day on', () => {
    expect([0, 14, 15, 39, 40].map((day) => serialOf(pinnedAt(first), all, day))).toEqual([1, 1, 2, 2, 3]);
  });
  it('both, who was away for two; and who comes for the first time', () => {
    expect(acceptPolicy(pinnedAt(first), all, after(60))).toEqual(pinnedAt(third));
    expect(acceptPolicy(undefined, all, after(60))).toEqual(pinnedAt(third));
    const names = acceptPolicy(undefined, all, after(60)).policy.gateways.map(({ name }) => name);
    expect(names).toEqual(['gateway-town', 'gateway-club', 'gateway-field']);
  });
  it('from where it is', () => {
    expect(serialOf(pinnedAt(second), all, 60)).toBe(3);
    const pinned = pinnedAt(third);
    expect(acceptPolicy(pinned, all, after(60))).toBe(pinned);
  });
  it('no clock that was set back: what was followed stays', () => {
    expect(serialOf(pinnedAt(third), all, 0)).toBe(3);
  });
});

describe('a wallet refuses', () => {
  const other = next(first, { gateways: [...first.gateways, gateway('gateway-else', 'else')] });
  const one = (file: TrustPolicyFile) => ({ ...genesis, successors: [file] });
  const early = next(first, { effective: dayAt(now, 3) });
  const shares = next(first, { tags: { ...first.tags, threshold: 3 } });
  const sins: [sin: string, pinned: Pinned | undefined, served: unknown][] = [
    ['a successor of one guardian', pinnedAt(first), one(whole(second, 0, signers.slice(1)))],
    [
      'a successor that its gateway did not sign',
      pinnedAt(first),
      one(whole(second, 0, signers.slice(0, 2))),
    ],
    ['one that was never logged', pinnedAt(first), one(signed(second, signers))],
    ['one that was logged too late', pinnedAt(first), one(whole(second, 2))],
    ['one with three days of notice', pinnedAt(first), one(whole(early))],
    ['one that gives shares to others', pinnedAt(first), one(whole(shares))],
    ['one that skips another', pinnedAt(first), one(thirdFile)],
    ['both in the wrong order', pinnedAt(first), { ...genesis, successors: [thirdFile, whole(second)] }],
    ['one for who comes for the first time, all the same', undefined, one(whole(second, 0, []))],
    ['a host that leaves out what was followed', pinnedAt(second), genesis],
    [
      'a host that has another second policy',
      pinnedAt(second),
      one(whole(other, 0, ['guardian-1', 'guardian-2', 'gateway-else'])),
    ],
    ['a second policy in place of the first', pinnedAt(first), whole(second)],
    ['successors of successors', pinnedAt(first), one({ ...whole(second), successors: [] } as never)],
  ];
  it.each(sins)('%s', (_, pinned, served) => {
    expect(() => acceptPolicy(pinned, served, after(60))).toThrow(
      expect.objectContaining({ code: 'policy_refused' }),
    );
  });
});
