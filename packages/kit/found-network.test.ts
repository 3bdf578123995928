import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { drawSharedKey } from '@answerable/core/escrow/scenario';
import { drawIssuerKey } from '@answerable/core/presentation/issuance';
import { messageLabels } from '@answerable/protocol/labels';
import { type PartyIdentity, signedPolicy, signPolicyResponse } from '@answerable/protocol/party-identity';
import { signMessage } from '@answerable/protocol/signed';
import { type TrustPolicy, trustPolicyHash } from '@answerable/protocol/trust-policy';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCeremonyParticipant } from './ceremony-participant.ts';
import { realClock } from './clock.ts';
import { foundNetwork, type GenesisPlan } from './found-network.ts';
import { type Operated, step } from './hold-ceremony.ts';
import { callJson } from './http-client.ts';
import { silentJournal } from './journal.ts';
import { loadOrCreateSigningKey } from './keys.ts';
import { createMetrics } from './metrics.ts';
import { mountPolicySigner } from './policy-signer.ts';
import { policySource, verifyGenesis } from './policy-source.ts';
import { type Served, serve } from './serve.ts';
import { createServiceApp } from './service.ts';

const token = 'operator-token-of-thirty-two-characters';
const key = toBase64url(new Uint8Array(32).fill(7));
let root: string;
let served: Served[];
let plan: GenesisPlan;
let registrar: Operated;
/** while it says so, a party does not answer when it is asked to sign */
let away: (name: string) => boolean;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'genesis-'));
  served = [];
  away = () => false;
  registrar = await party('registrar', { issuerKey: toBase64url(drawIssuerKey().publicKey) });
  const guardian = { sealingKey: key, witnessKey: 'a verifier key' };
  plan = {
    network: 'trial',
    effective: '2026-11-23',
    epochSeconds: 3600,
    graceSeconds: 600,
    evidence: [],
    referees: false,
    wallets: ['http://localhost:4601'],
    releases: { publisher: 'publisher', signingKey: key },
    grounds: [],
    limits: {
      recallBudget: 20,
      recallPerDay: 5,
      resetWaitSeconds: 60,
      hearingSeconds: 60,
      noticeSeconds: 600,
      checkpointAgeSeconds: 300,
    },
    parties: {
      registrar,
      logbook: await party('logbook', { logKey: 'a log key' }),
      keepers: await Promise.all([1, 2, 3].map((i) => party(`keeper-${i}`, {}, 'tag'))),
      guardians: await Promise.all([1, 2, 3].map((i) => party(`guardian-${i}`, guardian, 'opening'))),
      gateways: [await party('gateway', { platforms: ['commons'] })],
      authorities: [await party('coroner', { sealingKey: key })],
    },
    openingThreshold: 2,
    tagThreshold: 2,
    witnessQuorum: 2,
    policyPath: join(root, 'trust', 'trial-1.policy'),
  };
});
afterEach(async () => {
  await Promise.all(served.map((one) => one.close()));
  rmSync(root, { recursive: true });
});

async function party(
  name: string,
  facts: Partial<PartyIdentity>,
  role?: 'opening' | 'tag',
): Promise<Operated> {
  const keysDir = join(root, name);
  const signingKey = loadOrCreateSigningKey(join(keysDir, 'signing.key'));
  const app = createServiceApp({ name, journal: silentJournal, metrics: createMetrics(name) });
  app.use('/ceremony/sign-policy', async (c, next) => (away(name) ? c.text('away', 503) : next()));
  const seat =
    role &&
    createCeremonyParticipant({
      role,
      name,
      signingKey,
      operatorToken: token,
      keysDir,
    });
  seat?.mount(app);
  const identity = (): PartyIdentity => {
    const share = seat?.outcome();
    const signing = toBase64url(signingKey.publicKey);
    return { name, title: name, origin, signingKey: signing, ...facts, ...(share ? { share } : {}) };
  };
  mountPolicySigner(app, {
    identity,
    signingKey,
    operatorToken: token,
    keysDir,
    policies: policySource(undefined),
    clock: realClock,
  });
  const one = await serve(app, { port: 0 });
  served.push(one);
  const { origin } = one;
  return { origin, operatorToken: token };
}

const sign = (who: Operated, policy: TrustPolicy) => step(who, 'sign-policy', { policy }, signPolicyResponse);

it('puts a policy in place that everybody signed, and finds it there the second time', async () => {
  const file = await foundNetwork(plan);
  expect(file.signatures.map(({ party: name }) => name)).toHaveLength(9);
  expect(policySource(plan.policyPath).current()).toEqual(file.policy);
  expect(file.policy.witnesses.list.map(({ name }) => name)).toEqual([
    'guardian-1',
    'guardian-2',
    'guardian-3',
  ]);
  const text = readFileSync(plan.policyPath, 'utf8');
  expect(await foundNetwork({ ...plan, effective: '2026-12-24' })).toEqual(file);
  expect(readFileSync(plan.policyPath, 'utf8')).toBe(text);
});

it('interrupted while some had signed, goes on with the policy they signed', async () => {
  away = (name) => name === 'guardian-2';
  await expect(foundNetwork(plan)).rejects.toMatchObject({ code: 'unavailable' });
  expect(existsSync(plan.policyPath)).toBe(false);
  away = () => false;
  const file = await foundNetwork({ ...plan, effective: '2026-12-24' });
  expect(file.policy.effective).toBe('2026-11-23');
});

it('is refused by a party of which it says something else, in any fact', async () => {
  away = () => true;
  await expect(foundNetwork(plan)).rejects.toMatchObject({ code: 'unavailable' });
  away = () => false;
  const policy = JSON.parse(readFileSync(`${plan.policyPath}.draft`, 'utf8')) as TrustPolicy;
  const [guardian] = plan.parties.guardians as [Operated];
  const [keeper] = plan.parties.keepers as [Operated];
  const [gateway] = plan.parties.gateways as [Operated];
  const [authority] = plan.parties.authorities as [Operated];
  const altered = (change: (copy: TrustPolicy) => void): TrustPolicy => {
    const copy = structuredClone(policy);
    change(copy);
    return copy;
  };
  const wrong: [Operated, (copy: TrustPolicy) => void][] = [
    [registrar, (copy) => Object.assign(copy.registrar, { signingKey: key })],
    [
      registrar,
      (copy) => Object.assign(copy.registrar, { issuerKey: toBase64url(drawIssuerKey().publicKey) }),
    ],
    [registrar, (copy) => Object.assign(copy.registrar, { origin: 'http://elsewhere.example' })],
    [registrar, (copy) => Object.assign(copy, { serial: 2 })],
    // Nothing about itself, but no key either.
    [registrar, (copy) => Object.assign(copy.opening, { publicKey: copy.tags.publicKey })],
    [
      guardian,
      (copy) => Object.assign(copy.opening.guardians[0]!, { sealingKey: toBase64url(new Uint8Array(32)) }),
    ],
    [guardian, (copy) => Object.assign(copy.opening, { publicKey: copy.tags.publicKey })],
    [guardian, (copy) => Object.assign(copy.opening, { threshold: 3 })],
    [guardian, (copy) => Object.assign(copy.opening.guardians[1]!, { verificationKey: copy.tags.publicKey })],
    [guardian, (copy) => Object.assign(copy.witnesses.list[0]!, { verifierKey: 'another key' })],
    [guardian, (copy) => copy.opening.guardians.push(copy.opening.guardians[0]!)],
    [keeper, (copy) => Object.assign(copy.tags, { transcript: key })],
    [gateway, (copy) => Object.assign(copy.gateways[0]!, { platforms: ['commons', 'lantern'] })],
    [
      authority,
      (copy) => Object.assign(copy.authorities[0]!, { sealingKey: toBase64url(new Uint8Array(32)) }),
    ],
    [authority, (copy) => Object.assign(copy, { authorities: [] })],
  ];
  for (const [who, change] of wrong)
    await expect(sign(who, altered(change))).rejects.toMatchObject({ code: 'policy_mismatch' });
  expect((await sign(guardian, policy)).party).toBe('guardian-1');
});

it('is refused by who reads it, though all have signed, if its opening key is not what the guardians share', async () => {
  const { policy } = await foundNetwork(plan);
  const signedByAll = (signed: TrustPolicy) => ({
    policy: signed,
    signatures: [
      signed.registrar,
      ...signed.opening.guardians,
      ...signed.tags.keepers,
      ...signed.gateways,
      ...signed.authorities,
    ].map(({ name }) => {
      const { seed } = loadOrCreateSigningKey(join(root, name, 'signing.key'));
      return { party: name, signature: signMessage(seed, messageLabels.trustPolicy, signed).signature };
    }),
  });
  expect(verifyGenesis(signedByAll(policy))).toEqual(policy);
  const publicKey = toBase64url(drawSharedKey('opening', 2, 3).keys.publicKey);
  for (const key of [publicKey, policy.tags.publicKey]) {
    const altered = { ...policy, opening: { ...policy.opening, publicKey: key } };
    expect(() => verifyGenesis(signedByAll(altered))).toThrow(
      expect.objectContaining({ code: 'policy_mismatch' }),
    );
  }
});

it('is signed once, for everybody to read: the same policy again, another one never', async () => {
  const readSigned = () => callJson(`${registrar.origin}/ceremony/signed`, { schema: signedPolicy });
  await expect(readSigned()).rejects.toMatchObject({ code: 'not_found' });
  const { policy, signatures } = await foundNetwork(plan);
  const again = await sign(registrar, policy);
  expect(signatures).toContainEqual(again);
  expect(await readSigned()).toEqual({ policy: trustPolicyHash(policy), ...again });
  const other = { ...policy, effective: '2026-12-24' };
  await expect(sign(registrar, other)).rejects.toMatchObject({ code: 'policy_mismatch' });
  const stranger = { ...registrar, operatorToken: token.replace('operator', 'stranger') };
  await expect(sign(stranger, policy)).rejects.toMatchObject({ code: 'unauthorised' });
});
