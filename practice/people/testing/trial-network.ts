/**
 * A whole network for tests of enrolment, everything real: identity provider, logbook, registrar, three keepers,
 * three guardians, one gateway; ceremonies held, the first policy signed by all.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start as startGateway } from '@answerable/gateway/start';
import { start as startGuardian } from '@answerable/guardian/start';
import { start as startKeeper } from '@answerable/keeper/start';
import { type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { foundNetwork } from '@answerable/kit/found-network';
import { freePort } from '@answerable/kit/free-port';
import { silentJournal } from '@answerable/kit/journal';
import type { TestDatabase } from '@answerable/kit/testing/test-database';
import { start as startLogbook } from '@answerable/logbook/start';
import { start as startIdentityProvider } from '@answerable/practice-identity-provider/start';
import { verifyingKeyOf } from '@answerable/protocol/signed';
import { type TrustPolicy, trustPolicyHash } from '@answerable/protocol/trust-policy';
import { start as startRegistrar } from '@answerable/registrar/start';
import { memoryStore, type WalletState } from '@answerable/wallet/engine/state';
import { createWallet, type Wallet } from '@answerable/wallet/engine/wallet';

const operatorToken = 'operator-token-of-a-trial-network-1';
const walletOrigin = 'http://localhost:9';
const clientId = 'registrar-client';
const twoStepsClient = 'registrar-two-steps';
const flatClient = 'registrar-flat';
const flatSecret = 'a secret between two practice parties';

interface Closes {
  close(): Promise<void>;
}

export interface TrialNetwork {
  policy: TrustPolicy;
  clock: PracticeClock;
  databases: Record<string, TestDatabase>;
  folder: string;
  forum: { signInUrl: string; redirectUri: string };
  /** takes in nobody for whom a referee vouched, and says so */
  strictForum: { signInUrl: string };
  /** of every party here */
  operatorToken: string;
  origin(name: string): string;
  /** Ends the registrar and starts it again on what it kept. */
  restartRegistrar(): Promise<void>;
  /** A wallet with nothing in it, or with a state; `fetch` stands in for the network. */
  wallet(given?: {
    state?: WalletState;
    fetch?: typeof fetch;
    policy?: TrustPolicy;
    label?: string;
  }): DeviceWallet;
  close(): Promise<void>;
}

export type DeviceWallet = Wallet & { state(): Promise<WalletState | undefined> };

const otherNames = [
  'identity-provider',
  'logbook',
  'registrar',
  'guardian-1',
  'guardian-2',
  'guardian-3',
  'gateway',
];

/** An empty database; `name` is the service's. */
export type NewDatabase = (name: string) => Promise<TestDatabase>;

/** Loaded only then: the bench has no test runner. */
const databaseOfTests: NewDatabase = async (name) =>
  (await import('@answerable/kit/testing/test-database')).testDatabase(name);

/** How many keepers there are, and how many of them are needed: 2 of 3 unless said otherwise. */
export interface Keepers {
  of: number;
  needed: number;
}

export async function startTrialNetwork(
  limits: Partial<TrustPolicy['limits']> = {},
  keepers: Keepers = { of: 3, needed: 2 },
  newDatabase: NewDatabase = databaseOfTests,
): Promise<TrialNetwork> {
  const keeperNames = Array.from({ length: keepers.of }, (_, i) => `keeper-${i + 1}`);
  const names = [...otherNames, ...keeperNames];
  const folder = mkdtempSync(join(tmpdir(), 'answerable-trial-'));
  const clock = practiceClock();
  const parts = { clock, journal: silentJournal };
  const ports = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await freePort()])));
  const origin = (name: string) => `http://localhost:${ports[name]}`;
  const policyPath = join(folder, 'trial-1.policy');
  const databases: Record<string, TestDatabase> = {};
  const common = async (name: string) => {
    databases[name] = await newDatabase(name);
    return {
      name,
      mode: 'practice' as const,
      host: '127.0.0.1',
      port: ports[name] as number,
      origin: origin(name),
      dataDir: join(folder, name),
      databaseUrl: databases[name].url,
      policyPath,
    };
  };
  const platform = trialPlatform();
  const registrarConfig = {
    ...(await common('registrar')),
    operatorToken,
    evidence: [
      {
        id: 'login',
        adapter: 'govuk-one-login' as const,
        issuer: `${origin('identity-provider')}/`,
        clientId,
        twoSteps: false,
        returnCodes: { X: 'another-document' as const },
      },
      {
        id: 'two-steps',
        adapter: 'govuk-one-login' as const,
        issuer: `${origin('identity-provider')}/`,
        clientId: twoStepsClient,
        signing: 'PS256' as const,
        signedRequest: true,
      },
      {
        id: 'flat',
        adapter: 'openid' as const,
        issuer: `${origin('identity-provider')}/`,
        clientId: flatClient,
        client: { method: 'client_secret_basic' as const, secret: flatSecret },
        mapping: 'flat-claims',
      },
    ],
    batchSeconds: 0.4,
    censusSeconds: 0.5,
    issuerKeys: 3,
  };
  let registrar = await startRegistrar(registrarConfig, parts);
  const running: Closes[] = [
    await startIdentityProvider(
      {
        mode: 'practice',
        port: ports['identity-provider'] as number,
        clients: [
          {
            client_id: clientId,
            redirect_uris: [`${origin('registrar')}/enrolment/callback`],
            jwks_uri: `${origin('registrar')}/evidence/jwks.json`,
            backchannel_logout_uri: `${origin('registrar')}/evidence/login/back-channel-logout`,
          },
          {
            client_id: twoStepsClient,
            redirect_uris: [`${origin('registrar')}/enrolment/callback`],
            jwks_uri: `${origin('registrar')}/evidence/jwks.json`,
            backchannel_logout_uri: `${origin('registrar')}/evidence/two-steps/back-channel-logout`,
          },
          {
            client_id: flatClient,
            client_secret: flatSecret,
            flavour: 'flat',
            redirect_uris: [`${origin('registrar')}/enrolment/callback`],
          },
        ],
      },
      parts,
    ),
    await startLogbook(
      {
        ...(await common('logbook')),
        title: 'Logbook',
        logName: `localhost:${ports.logbook}/trial`,
        cadenceSeconds: 0.5,
        entriesPerBatch: 8,
        submitters: [],
      },
      parts,
    ),
    await startGateway(
      {
        ...(await common('gateway')),
        title: 'Gateway',
        walletOrigin,
        platforms: [platform, strictPlatform()],
        domainToken: operatorToken,
        desk: { origin: walletOrigin },
        operatorToken,
      },
      parts,
    ),
  ];
  for (const name of keeperNames)
    running.push(await startKeeper({ ...(await common(name)), operatorToken, censusSeconds: 0.5 }, parts));
  for (const index of [1, 2, 3]) {
    const guardian = await common(`guardian-${index}`);
    running.push(await startGuardian({ ...guardian, title: `Guardian ${index}`, operatorToken }, parts));
  }
  const operated = (name: string) => ({ origin: origin(name), operatorToken });
  const { policy } = await foundNetwork({
    network: 'trial',
    effective: '2026-11-01',
    epochSeconds: 3600,
    graceSeconds: 600,
    issuerKeyEpochs: 1,
    evidence: [
      ['login', clientId],
      ['two-steps', twoStepsClient],
      ['flat', flatClient],
    ].map(([id, audience]) => ({
      id: id!,
      title: `Login (${id})`,
      kind: 'openid' as const,
      issuer: origin('identity-provider'),
      audience: audience!,
      jwksUri: `${origin('identity-provider')}/.well-known/jwks.json`,
    })),
    referees: true,
    wallets: [walletOrigin],
    releases: { publisher: 'publisher', signingKey: verifyingKeyOf(new Uint8Array(32).fill(7)) },
    grounds: [{ id: 'threat-to-life', title: 'A threat to life', authorities: [] }],
    limits: {
      recallBudget: 20,
      recallPerDay: 5,
      resetWaitSeconds: 3600,
      hearingSeconds: 1,
      noticeSeconds: 1,
      checkpointAgeSeconds: 3600,
      ...limits,
    },
    parties: {
      registrar: operated('registrar'),
      logbook: operated('logbook'),
      keepers: keeperNames.map(operated),
      guardians: [1, 2, 3].map((index) => operated(`guardian-${index}`)),
      gateways: [operated('gateway')],
      authorities: [],
    },
    openingThreshold: 2,
    tagThreshold: keepers.needed,
    witnessQuorum: 3,
    policyPath,
  });

  const signInAt = (clientId: string): string =>
    `${origin('gateway')}/oidc/auth?${new URLSearchParams({
      client_id: clientId,
      redirect_uri: platform.redirectUris[0]!,
      response_type: 'code',
      scope: 'openid',
      state: 'a-state-of-the-forum',
      nonce: 'a-nonce-of-the-forum',
    })}`;
  return {
    policy,
    clock,
    databases,
    folder,
    origin,
    operatorToken,
    strictForum: { signInUrl: signInAt('strict-client') },
    forum: {
      redirectUri: platform.redirectUris[0]!,
      signInUrl: signInAt(platform.clientId),
    },
    async restartRegistrar() {
      await registrar.close();
      registrar = await startRegistrar(registrarConfig, parts);
    },
    wallet(given = {}) {
      const store = memoryStore(given.state);
      const trusted = given.policy ?? policy;
      const wallet = createWallet({
        policy: trusted,
        policyHash: trustPolicyHash(trusted),
        fetch: given.fetch ?? fetch,
        clock,
        store,
        origin: walletOrigin,
        ...(given.label === undefined ? {} : { deviceLabel: given.label }),
        pollMs: 50,
      });
      return { ...wallet, state: store.load };
    },
    async close() {
      await Promise.all([registrar, ...running].map((one) => one.close()));
      await Promise.all(Object.values(databases).map((one) => one.drop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function strictPlatform() {
  const { policy, ...platform } = trialPlatform();
  const disclose = [...policy.disclose, 'assurance' as const];
  return {
    ...platform,
    name: 'strict',
    clientId: 'strict-client',
    policy: { ...policy, platform: 'strict', title: 'Strict', disclose, vouched: 'refused' as const },
  };
}

function trialPlatform() {
  return {
    name: 'forum',
    clientId: 'forum-client',
    clientSecret: 'secret-of-the-forum-32-characters-long',
    redirectUris: ['http://localhost:9/signed-in'],
    policy: {
      v: 1 as const,
      platform: 'forum',
      title: 'The Forum',
      accountsMax: 2,
      disclose: ['over_13' as const, 'residence' as const],
      grounds: ['threat-to-life'],
      sanctionsHoldThePerson: true,
      resetNeedsModerator: true,
    },
  };
}
