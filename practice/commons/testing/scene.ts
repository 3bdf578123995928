/** A forum with its gateway, an identity provider and the address of a desk, started for a test file. */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credential } from '@answerable/core/presentation/credential';
import { type Browser, browser } from '@answerable/gateway/testing/browser';
import { apiToken } from '@answerable/gateway/testing/members';
import { type Scene, startScene, token } from '@answerable/gateway/testing/scene';
import { answerAsKnown, answerAsNew } from '@answerable/gateway/testing/wallet';
import { freePort } from '@answerable/kit/free-port';
import { createJournal, silentJournal } from '@answerable/kit/journal';
import { serve } from '@answerable/kit/serve';
import { testDatabase } from '@answerable/kit/testing/test-database';
import { start as startIdentityProvider } from '@answerable/practice-identity-provider/start';
import type { Room } from '@answerable/protocol/platform-policy';
import { type Report, report } from '@answerable/protocol/report/report';
import { Hono } from 'hono';
import type { ForumConfig } from '../config.ts';
import { start } from '../start.ts';

export interface Forum {
  config: ForumConfig;
  gateway: Scene;
  reports: Report[];
  journal: string[];
  databaseUrl: string;
  set(settings: Record<string, unknown>): Promise<void>;
  /** JSON there and back, with this visitor's cookies. */
  call(
    who: Pick<Browser, 'fetch'>,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  connector(path: string, body?: unknown): Promise<Reply>;
  /** A browser that has come in through the gateway. */
  comeThroughGateway(
    person: Credential,
    choice?: { slot?: number; handle?: string; known?: boolean; query?: string },
  ): Promise<Came>;
  comeOpenly(handle: string, query?: string): Promise<Came>;
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: tests read what came back
export type Reply = { status: number; body: any };
export interface Came extends Reply {
  browser: Browser;
}

/** With `rooms` the forum asks its gateway before it lets anybody write. */
export async function startForum(rooms?: Room[]): Promise<Forum> {
  const folder = mkdtempSync(join(tmpdir(), 'answerable-forum-'));
  const database = await testDatabase('forum');
  const [port, deskPort, identityPort] = [await freePort(), await freePort(), await freePort()];
  const origin = `http://localhost:${port}`;
  const reports: Report[] = [];
  const desk = new Hono().post('/reports', async (c) => {
    reports.push(report.parse(await c.req.json()));
    return c.json(
      { receipt: randomBytes(16).toString('base64url'), acknowledged: new Date().toISOString() },
      201,
    );
  });
  const servedDesk = await serve(desk, { port: deskPort });
  const identity = await startIdentityProvider(
    {
      mode: 'practice',
      port: identityPort,
      clients: [
        {
          client_id: 'forum',
          redirect_uris: [`${origin}/sign-up/verified`],
          jwks_uri: `${origin}/jwks.json`,
        },
      ],
    },
    { journal: silentJournal },
  );
  const gateway = await startScene({
    platform: {
      redirectUris: [`${origin}/callback`],
      backchannelLogoutUri: `${origin}/backchannel-logout`,
      apiToken,
    },
    policy: rooms ? { rooms, disclose: ['over_16', 'residence', 'reset_recent', 'name'] } : {},
  });
  const config: ForumConfig = {
    name: 'forum',
    title: 'Commons',
    mode: 'practice',
    host: '127.0.0.1',
    port,
    origin,
    dataDir: join(folder, 'forum'),
    databaseUrl: database.url,
    gateway: {
      issuer: `${gateway.config.origin}/oidc`,
      clientId: 'forum',
      clientSecret: token,
      ...(rooms ? { apiToken } : {}),
    },
    identityProvider: { issuer: `http://localhost:${identityPort}/`, clientId: 'forum' },
    desk: { origin: `http://localhost:${deskPort}` },
    connectorToken: token,
    adminToken: token,
    frameAncestors: [],
  };
  const journal: string[] = [];
  const running = await start(config, {
    journal: createJournal('forum', { write: (line) => journal.push(line) }),
  });

  const call: Forum['call'] = async (who, path, body, headers = {}) => {
    const response = await who.fetch(origin + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  const bearer = { authorization: `Bearer ${token}` };

  return {
    config,
    gateway,
    reports,
    journal,
    databaseUrl: database.url,
    call,
    async set(settings) {
      await call({ fetch }, '/admin/settings', settings, bearer);
    },
    connector: (path, body) => call({ fetch }, path, body, bearer),
    async comeThroughGateway(person, { slot = 1, handle, known = false, query = '' } = {}) {
      const visitor = browser();
      const { url } = await visitor.follow(`${origin}/sign-in/gateway${query}`);
      const request = await (await visitor.fetch(`${url}/request`)).json();
      const { network } = gateway;
      const choice = { slot, checkpoint: network.log.checkpoint(), ...(handle ? { handle } : {}) };
      const answer = known
        ? answerAsKnown(person, request, slot)
        : answerAsNew(person, request, network.policy, choice);
      const answered = await call({ fetch: (_, init) => visitor.fetch(`${url}/answer`, init) }, '', answer);
      if (answered.status !== 200) return { ...answered, browser: visitor };
      const back = await visitor.follow(answered.body.resume, (next) => next.pathname === '/callback');
      const welcomed = await visitor.fetch(back.url, { headers: { accept: 'application/json' } });
      return { status: welcomed.status, body: await welcomed.json(), browser: visitor };
    },
    async comeOpenly(handle, query = '') {
      const visitor = browser();
      const reply = await call(visitor, `/sign-up${query}`, { handle, email: `${handle}@mail.example` });
      return { ...reply, browser: visitor };
    },
    async close() {
      await running.close();
      await gateway.close();
      await identity.close();
      await servedDesk.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
