/** One gateway with one platform in a network of its own, started for a test file. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credential } from '@answerable/core/presentation/credential';
import type { PracticeClock } from '@answerable/kit/clock';
import { freePort } from '@answerable/kit/free-port';
import type { Journal } from '@answerable/kit/journal';
import { createJournal } from '@answerable/kit/journal';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import type { Running } from '@answerable/kit/run';
import { testDatabase } from '@answerable/kit/testing/test-database';
import type { AdmissionAnswer } from '@answerable/protocol/admission/answer';
import type { SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import type { PlatformPolicy } from '@answerable/protocol/platform-policy';
import type { GatewayConfig } from '../config.ts';
import { start } from '../start.ts';
import { type Browser, browser } from './browser.ts';
import { type Network, startNetwork } from './network.ts';
import { answerAsKnown, answerAsNew, type Choice } from './wallet.ts';

export const token = 'a-token-that-has-more-than-thirty-two-characters';

export interface Scene {
  config: GatewayConfig;
  network: Network;
  journal: string[];
  databaseUrl: string;
  /** Stops the gateway, if it runs, and starts it again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** A browser that stands before the wallet: the platform has sent it here. */
  arrive(visitor?: Browser): Promise<Visit>;
  /** All of it: arrives, answers as a new account, posts. */
  admit(credential: Credential, choice?: Partial<Choice>): Promise<Answered>;
  signIn(credential: Credential, slot?: number): Promise<Answered>;
  desk(
    path: string,
    body: unknown,
    bearer?: string,
  ): Promise<{ status: number; body: Record<string, never> }>;
  close(): Promise<void>;
}

export interface Visit {
  browser: Browser;
  /** …/interaction/:request */
  address: string;
  request: SignedAdmissionRequest;
}

export interface Answered extends Visit {
  status: number;
  body: { resume?: string; code?: string; title?: string };
  answer: AdmissionAnswer;
}

export interface SceneOptions {
  policy?: Partial<PlatformPolicy>;
  limits?: Partial<Network['policy']['limits']>;
  platform?: Partial<GatewayConfig['platforms'][number]>;
  deskOrigin?: string;
  relayDomain?: string;
  mail?: GatewayConfig['mail'];
  requestSeconds?: number;
  upkeepSeconds?: number;
  adminToken?: string;
  proxies?: number;
  /** where a platform that runs already looks for its gateway; one that is free, if it is not said */
  port?: number;
  /** where a visit begins: a platform's own sign-in, instead of the gateway's address as a platform calls it */
  begin?: string;
  /** platforms of this gateway besides the forum */
  others?: {
    name: string;
    policy?: Partial<PlatformPolicy>;
    platform?: Partial<GatewayConfig['platforms'][number]>;
  }[];
  /** moved on by the test; the network is founded by it too */
  clock?: PracticeClock;
}

export async function startScene(options: SceneOptions = {}): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'answerable-gateway-'));
  const database = await testDatabase('gateway');
  const port = options.port ?? (await freePort());
  const origin = `http://localhost:${port}`;
  const dataDir = join(folder, 'gateway');
  const signingKey = loadOrCreateSigningKey(join(dataDir, 'keys', 'signing.key'));
  const others = options.others ?? [];
  const gateway = {
    name: 'gateway',
    origin,
    signingKey,
    platforms: ['forum', ...others.map(nameOf)],
    ...(options.platform?.kind === 'bluesky' ? { atproto: ['forum'] } : {}),
  };
  const network = await startNetwork(folder, [gateway], options.limits, options.clock);
  const lines: string[] = [];
  const journal: Journal = createJournal('gateway', { write: (line) => lines.push(line) });
  const config: GatewayConfig = {
    name: 'gateway',
    title: 'Gateway',
    mode: 'practice',
    host: '127.0.0.1',
    port,
    origin,
    dataDir,
    databaseUrl: database.url,
    policyPath: network.policyPath,
    walletOrigin: 'http://localhost:4601',
    platforms: [
      {
        name: 'forum',
        clientId: 'forum',
        clientSecret: token,
        redirectUris: ['http://localhost:9/callback'],
        policy: {
          v: 1,
          platform: 'forum',
          title: 'The forum',
          accountsMax: 3,
          disclose: ['over_16', 'residence', 'reset_recent'],
          grounds: ['threat-to-life'],
          sanctionsHoldThePerson: true,
          resetNeedsModerator: true,
          ...options.policy,
        },
        ...options.platform,
      },
      ...others.map((other) => anotherPlatform(other)),
    ],
    domainToken: token,
    desk: { origin: options.deskOrigin ?? 'http://localhost:9' },
    operatorToken: token,
    upkeepSeconds: options.upkeepSeconds ?? 3600,
    ...(options.mail ? { mail: options.mail } : {}),
    ...(options.relayDomain ? { relayDomain: options.relayDomain } : {}),
    ...(options.adminToken ? { adminToken: options.adminToken } : {}),
    ...(options.proxies ? { proxies: options.proxies } : {}),
    ...(options.requestSeconds ? { requestSeconds: options.requestSeconds } : {}),
  };
  const brought = { journal, ...(options.clock ? { clock: options.clock } : {}) };
  let running: Running | undefined = await start(config, brought);
  const stop = async () => {
    await running?.close();
    running = undefined;
  };

  const arrive = async (visitor: Browser = browser()): Promise<Visit> => {
    const query = new URLSearchParams({
      client_id: 'forum',
      response_type: 'code',
      scope: options.relayDomain ? 'openid profile email' : 'openid profile',
      redirect_uri: config.platforms[0]!.redirectUris[0]!,
      state: 'state',
    });
    const { url } = await visitor.follow(options.begin ?? `${origin}/oidc/auth?${query}`);
    const request = await (await visitor.fetch(`${url}/request`)).json();
    return { browser: visitor, address: url, request };
  };
  const post = async (visit: Visit, answer: AdmissionAnswer): Promise<Answered> => {
    const response = await postJson(visit.browser, `${visit.address}/answer`, answer);
    return { ...visit, answer, status: response.status, body: await response.json() };
  };
  return {
    config,
    network,
    journal: lines,
    databaseUrl: database.url,
    arrive,
    stop,
    async restart() {
      await stop();
      running = await start(config, brought);
    },
    async admit(credential, choice = {}) {
      const visit = await arrive();
      const chosen = { checkpoint: network.log.checkpoint(), ...choice };
      return post(visit, answerAsNew(credential, visit.request, network.policy, chosen));
    },
    async signIn(credential, slot = 1) {
      const visit = await arrive();
      return post(visit, answerAsKnown(credential, visit.request, slot));
    },
    async desk(path, body, bearer = token) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` };
      const response = await fetch(`${origin}/desk/${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    },
    async close() {
      await stop();
      await network.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const postJson = (from: Pick<Browser, 'fetch'>, url: string, body: unknown): Promise<Response> =>
  from.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const nameOf = ({ name }: { name: string }) => name;

function anotherPlatform({
  name,
  policy,
  platform,
}: NonNullable<SceneOptions['others']>[number]): GatewayConfig['platforms'][number] {
  return {
    name,
    clientId: name,
    clientSecret: token,
    redirectUris: [`http://localhost:9/${name}/callback`],
    policy: {
      v: 1,
      platform: name,
      title: name,
      accountsMax: 1,
      disclose: [],
      grounds: [],
      sanctionsHoldThePerson: false,
      resetNeedsModerator: false,
      ...policy,
    },
    ...platform,
  };
}
