/** `answerable gateway init --network`: takes what a network's wallet shows, if all of it holds. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policySource, successorPath } from '@answerable/kit/policy-source';
import { type Served, serve } from '@answerable/kit/serve';
import { dayAt, trialSuccession } from '@answerable/protocol/testing/trial-succession';
import { trustPolicyHash } from '@answerable/protocol/trust-policy';
import { hashInGroups } from '@answerable/protocol/wallet-release';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { takePolicies } from './gateway-join.ts';
import type { GatewaySettings } from './gateway-settings.ts';

const now = Math.floor(Date.now() / 1000);
const { first, next, signed, proof, guardians } = trialSuccession(now);
const everyone = ['registrar', ...guardians, 'keeper-1', 'keeper-2', 'keeper-3', 'gateway-town', 'court'];
const signers = ['guardian-1', 'guardian-2', 'gateway-club'];
const second = next();
const genesis = signed(first, everyone);
const whole = { ...signed(second, signers), logged: proof(second, now) };
let shown: unknown;
let wallet: Served;
let folder: string;
beforeAll(async () => {
  const app = new Hono();
  app.get('/policy.json', (c) => c.json(shown as object));
  wallet = await serve(app, { port: 0 });
});
afterAll(() => wallet.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-join-'));
  return () => rmSync(folder, { recursive: true });
});
const settings = {
  name: 'gateway-new',
  origin: 'https://new.example',
  policyPath: 'trust.policy',
} as GatewaySettings;
const take = () => takePolicies(join(folder, 'gateway.json'), settings, `${wallet.origin}/`);
const path = () => join(folder, 'trust.policy');

it('puts first and later policies in place, shows the fingerprint, and what to send', async () => {
  shown = { ...genesis, successors: [whole] };
  const said = await take();
  expect(policySource(path()).chain()).toEqual([first, second]);
  for (const part of [
    hashInGroups(trustPolicyHash(first)),
    'guardian-1',
    'https://new.example/ceremony/identity',
  ])
    expect(said).toContain(part);
  await expect(take()).rejects.toThrow('already');
});

it.each<[sin: string, served: unknown]>([
  ['a first policy that not all have signed', signed(first, everyone.slice(1))],
  [
    'a successor of one guardian',
    { ...genesis, successors: [{ ...whole, signatures: whole.signatures.slice(1) }] },
  ],
  ['a successor that was never logged', { ...genesis, successors: [signed(second, signers)] }],
  [
    'a successor logged too late',
    { ...genesis, successors: [{ ...whole, logged: proof(second, now + 3 * 86_400) }] },
  ],
  [
    'a successor of something else',
    { ...genesis, successors: [{ ...whole, policy: next(second, { effective: dayAt(now, 30) }) }] },
  ],
  ['a second policy alone', whole],
  ['something else', { hello: 'there' }],
])('takes nothing of %s', async (_, served) => {
  shown = served;
  await expect(take()).rejects.toThrow(/do not hold|no wallet/);
  expect([existsSync(path()), existsSync(successorPath(path(), 2))]).toEqual([false, false]);
});
