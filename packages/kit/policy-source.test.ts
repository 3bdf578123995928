import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartyIdentity } from '@answerable/protocol/party-identity';
import { dayAt, trialSuccession } from '@answerable/protocol/testing/trial-succession';
import { type TrustPolicy, type TrustPolicyFile, trustPolicyHash } from '@answerable/protocol/trust-policy';
import { hasSigned } from '@answerable/protocol/trust-succession';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announcedPolicies } from './announced-policies.ts';
import { type PracticeClock, practiceClock } from './clock.ts';
import { policySource, successorPath } from './policy-source.ts';
import { signedBefore, signSuccessor } from './sign-successor.ts';

const now = Math.floor(Date.now() / 1000);
const { first, next, signed, proof, guardians, keyOf, gateway } = trialSuccession(now);
const everyone = ['registrar', ...guardians, 'keeper-1', 'keeper-2', 'keeper-3', 'gateway-town', 'court'];
const signers = ['guardian-1', 'guardian-2', 'gateway-club'];
const second = next();
const third = next(second, { gateways: first.gateways, effective: dayAt(now, 40) });
let folder: string;
let path: string;
let clock: PracticeClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'policies-'));
  path = join(folder, 'trust.policy');
  clock = practiceClock(new Date(now * 1000));
  writeFileSync(path, JSON.stringify(signed(first, everyone)));
});
afterEach(() => rmSync(folder, { recursive: true }));
const put = (policy: TrustPolicy, by = signers, at = now) => {
  const file = { ...signed(policy, by), logged: proof(policy, at) };
  writeFileSync(successorPath(path, policy.serial), JSON.stringify(file));
};
const mismatch = expect.objectContaining({ code: 'policy_mismatch' });

describe('a service', () => {
  it('goes from policy to policy by the day, without a restart, and knows the earlier ones by their hash', async () => {
    const policies = policySource(path, clock);
    expect(policies.current()).toEqual(first);
    put(second);
    put(third, signers, now + 86_400);
    await expect.poll(() => policies.chain().length).toBe(3);
    expect(policies.current().serial).toBe(1);
    expect(() => policies.named(trustPolicyHash(second))).toThrow(mismatch);
    clock.advance({ days: 15 });
    expect([policies.current(), policies.hash()]).toEqual([second, trustPolicyHash(second)]);
    clock.advance({ days: 30 });
    expect(policies.current()).toEqual(third);
    for (const policy of [first, second, third])
      expect(policies.named(trustPolicyHash(policy))).toEqual(policy);
    expect(() => policies.named('A'.repeat(43))).toThrow(mismatch);
  });
  it.each<[sin: string, lay: () => void]>([
    ['of one guardian', () => put(second, signers.slice(1))],
    ['without its gateway', () => put(second, signers.slice(0, 2))],
    ['logged too late', () => put(second, signers, now + 2 * 86_400)],
    ['never logged', () => writeFileSync(successorPath(path, 2), JSON.stringify(signed(second, signers)))],
    ['that follows something else', () => put({ ...third, serial: 2 })],
  ])('uses no successor %s, and says so', (_, lay) => {
    lay();
    expect(() => policySource(path, clock).current()).toThrow(mismatch);
  });
});

describe('a party signs a successor', () => {
  const club = gateway('gateway-club', 'club');
  const identity = (): PartyIdentity => ({ ...club, platforms: ['club'] });
  const sign = (policy: TrustPolicy, more: { as?: PartyIdentity; logged?: TrustPolicyFile } = {}) =>
    signSuccessor(policy, {
      identity: () => more.as ?? identity(),
      signingKey: { seed: keyOf(more.as?.name ?? club.name) } as never,
      keysDir: folder,
      policies: policySource(path, clock),
      clock,
      textOf: async () => more.logged,
    });
  it('that lists it as it is; again, if it is the same', async () => {
    expect(signedBefore(folder, '2')).toBeUndefined();
    const signature = await sign(second);
    expect(await sign(second)).toEqual(signature);
    expect(signedBefore(folder, '2')).toMatchObject({ policy: trustPolicyHash(second), party: club.name });
    expect(hasSigned(club, { policy: second, signatures: [signature] })).toBe(true);
  });
  it('and a second text of the serial only when the first can no longer come', async () => {
    await sign(second);
    const later = next(first, { effective: dayAt(now, 30) });
    await expect(sign(later)).rejects.toThrow(mismatch);
    clock.advance({ days: 2 });
    await sign(later);
    await expect(sign(second)).rejects.toThrow(mismatch);
  });
  it.each<[sin: string, knows: () => void]>([
    ['that it follows itself', () => put(second)],
    ['that it has vouched for in the log', () => announcedPolicies(folder).add(second)],
  ])('and none beside one %s, though the log shows nothing', async (_, knows) => {
    const later = next(first, { effective: dayAt(now, 60) });
    clock.advance({ days: 20 });
    knows();
    await expect(sign(later)).rejects.toThrow(mismatch);
  });
  it.each<[sin: string, policy: TrustPolicy, more: Parameters<typeof sign>[1]]>([
    ['at another address', second, { as: { ...identity(), origin: 'https://x.example' } }],
    ['with another key', second, { as: { ...identity(), signingKey: first.gateways[0]!.signingKey } }],
    ['with a platform it does not have', second, { as: { ...identity(), platforms: ['other'] } }],
    ['with thirteen days of notice', next(first, { effective: dayAt(now, 13) }), {}],
    ['that skips one', third, {}],
    [
      'when another is on the record',
      second,
      { logged: signed(next(first, { effective: dayAt(now, 30) }), signers) },
    ],
    ['with other shares', next(first, { tags: { ...first.tags, transcript: 'A'.repeat(43) } }), {}],
  ])('but none %s', async (_, policy, more) => {
    await expect(sign(policy, more)).rejects.toThrow(mismatch);
    expect(signedBefore(folder, String(policy.serial))).toBeUndefined();
  });
  it('but none that neither lists it anew nor has it as a guardian', async () => {
    const { issuerKey: _key, nextIssuerKeys: _later, ...registrar } = first.registrar;
    await expect(sign(second, { as: registrar })).rejects.toMatchObject({ code: 'party_unknown' });
  });
});
