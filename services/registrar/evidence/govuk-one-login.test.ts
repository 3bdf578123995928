/** The adapter against what the official simulator says and wants: the same code as in production, by configuration alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '@answerable/kit/clock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadRegistrarKeys, type RegistrarKeys } from '../keys.ts';
import {
  type SimulatorError,
  type SimulatorSettings,
  simulatorClient,
  simulatorDefaults,
  startSimulator,
} from '../testing/one-login-simulator.ts';
import type { EvidenceAdapter, Received } from './adapter.ts';
import { type OneLoginConfig, oneLoginConfig } from './config.ts';
import { govukOneLogin } from './govuk-one-login.ts';

const redirectUri = 'http://localhost:4603/enrolment/callback';
const folder = mkdtempSync(join(tmpdir(), 'one-login-'));
let keys: RegistrarKeys['evidenceClients'];
let settings: SimulatorSettings;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
beforeAll(async () => {
  keys = (await loadRegistrarKeys(folder, ['RS256', 'PS256', 'ES256'])).evidenceClients;
  const clientKeys = Object.values(keys).map(({ publicJwk }) => publicJwk);
  settings = { ...simulatorDefaults, clientKeys, redirectUrl: redirectUri };
  simulator = await startSimulator(settings);
});
beforeEach(() => Object.assign(settings, structuredClone(simulatorDefaults)));
afterAll(async () => {
  await simulator?.close();
  rmSync(folder, { recursive: true, force: true });
});

const adapter = (changed: Partial<OneLoginConfig> = {}): EvidenceAdapter =>
  govukOneLogin(
    oneLoginConfig.parse({
      id: 'one-login',
      adapter: 'govuk-one-login',
      issuer: simulator.url,
      clientId: simulatorClient,
      ...changed,
    }),
    { mode: 'practice', origin: 'https://registrar.example', redirectUri, keys, clock: realClock },
  );

let states = 0;
async function step(one: EvidenceAdapter, signedInAs?: string): Promise<Received> {
  const signIn = { nonce: 'the-nonce', state: `state-${states++}`, ...(signedInAs ? { signedInAs } : {}) };
  const answer = await fetch(await one.authorizationUrl(signIn), { redirect: 'manual' });
  if (answer.status !== 302) throw new Error(`the simulator answered ${answer.status}`);
  return one.receive(new URL(answer.headers.get('location')!).searchParams, signIn);
}
async function bothSteps(one: EvidenceAdapter): Promise<Received> {
  const first = await step(one);
  if (!('signedIn' in first)) throw new Error('one step was enough');
  return step(one, first.signedIn.subject);
}

const geoffrey = {
  names: [{ given: 'GEOFFREY', family: 'HEARNSHAW' }],
  birthDate: '1955-04-19',
  assurance: 'medium',
  documents: [],
  residence: 'gb',
};

describe('somebody proves who they are', () => {
  it.each<[string, Partial<OneLoginConfig>]>([
    ['as it comes', {}],
    ['by signed requests', { signedRequest: true }],
    ['by signed requests and PS256', { signedRequest: true, signing: 'PS256' }],
  ])('in two steps, %s', async (_what, changed) => {
    expect(await bothSteps(adapter(changed))).toMatchObject({ evidence: geoffrey });
  });

  it('in one step, where that is configured', async () => {
    expect(await step(adapter({ twoSteps: false }))).toMatchObject({ evidence: geoffrey });
  });

  it('with a passport, and with a letter that comes along', async () => {
    settings.passport = [{ documentNumber: '1223456', icaoIssuerCode: 'GBR', expiryDate: '2032-02-02' }];
    settings.returnCodes = [{ code: 'P' }];
    expect(await bothSteps(adapter())).toMatchObject({
      evidence: { documents: [{ kind: 'passport', issuer: 'GBR', number: '1223456' }] },
    });
  });

  it('and every call says who is calling', async () => {
    simulator.seen.length = 0;
    await bothSteps(adapter());
    const ours = simulator.seen.filter((headers) => headers.get('user-agent') !== 'node');
    expect(ours.length).toBeGreaterThan(4);
    for (const headers of ours)
      expect(headers.get('user-agent')).toBe('registrar/1.0 (https://registrar.example)');
  });
});

describe('is refused', () => {
  it('an EC key, which the simulator does not take', async () => {
    await expect(bothSteps(adapter({ signing: 'ES256' }))).rejects.toMatchObject({
      code: 'evidence_refused',
    });
  });

  it.each<SimulatorError>([
    'INVALID_ALG_HEADER',
    'INVALID_SIGNATURE',
    'INVALID_ISS',
    'INVALID_AUD',
    'INCORRECT_SUB',
    'TOKEN_EXPIRED',
  ])('a signed identity with %s', async (error) => {
    settings.coreIdentityErrors = [error];
    await expect(bothSteps(adapter())).rejects.toMatchObject({ code: 'evidence_refused' });
  });

  it.each<SimulatorError>([
    'INVALID_ALG_HEADER',
    'INVALID_SIGNATURE',
    'INVALID_ISS',
    'INVALID_AUD',
    'TOKEN_EXPIRED',
    'TOKEN_NOT_VALID_YET',
    'NONCE_NOT_MATCHING',
  ])('an id token with %s', async (error) => {
    settings.idTokenErrors = [error];
    await expect(step(adapter())).rejects.toMatchObject({ code: 'evidence_refused' });
  });

  it.each([
    ['a sign-in with one factor', () => void Object.assign(settings, { idTokenErrors: ['INCORRECT_VOT'] })],
    ['a low level', () => void Object.assign(settings.identity!, { level: 'P1' })],
  ])('%s, as not enough', async (_what, change) => {
    change();
    await expect(bothSteps(adapter())).rejects.toMatchObject({ code: 'evidence_insufficient' });
  });

  it.each([
    [[], 'evidence_unproven'],
    [['X'], 'evidence_unproven'],
    [['D'], 'evidence_document'],
    [['D', 'T'], 'evidence_later'],
    [['D', 'T', 'N'], 'evidence_unproven'],
  ])('an identity that was not proved, with the letters %j: %s', async (letters, code) => {
    settings.identity = null;
    settings.returnCodes = letters.map((letter) => ({ code: letter }));
    const returnCodes = { D: 'another-document', T: 'later', N: 'another-way' } as const;
    await expect(bothSteps(adapter({ returnCodes }))).rejects.toMatchObject({ code });
  });

  it.each([
    ['ACCESS_DENIED', 'evidence_denied'],
    ['TEMPORARILY_UNAVAILABLE', 'evidence_unavailable'],
  ] as const)('%s as %s', async (error, code) => {
    settings.authoriseErrors = [error];
    await expect(step(adapter())).rejects.toMatchObject({ code });
  });

  it('a provider that is not there, as that', async () => {
    const away = adapter({ issuer: 'http://localhost:9' });
    await expect(away.authorizationUrl({ nonce: 'n', state: 's' })).rejects.toMatchObject({
      code: 'evidence_unavailable',
    });
  });

  it('whoever is another person in the second step', async () => {
    await expect(step(adapter(), 'somebody else')).rejects.toMatchObject({ code: 'evidence_mismatch' });
  });

  it('an answer to another state', async () => {
    const one = adapter();
    const answered = new URLSearchParams({ code: 'c', state: 'another' });
    await expect(one.receive(answered, { nonce: 'n', state: 's' })).rejects.toMatchObject({
      code: 'evidence_refused',
    });
  });
});
