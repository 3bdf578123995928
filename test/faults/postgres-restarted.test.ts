/**
 * Two gateways behind one address on one PostgreSQL, which is restarted under them, and which crashes: people come
 * in, sign in, and are barred meanwhile. What was acknowledged is there afterwards, nothing is there twice, who is
 * barred stays out, and both gateways go on by themselves.
 */
import { randomBytes } from 'node:crypto';
import type { Credential } from '@answerable/core/presentation/credential';
import { start } from '@answerable/gateway/start';
import type { browser } from '@answerable/gateway/testing/browser';
import { basic, type Client, clientOf } from '@answerable/gateway/testing/client';
import { postJson, type Scene, startScene, token } from '@answerable/gateway/testing/scene';
import { answerAsNew } from '@answerable/gateway/testing/wallet';
import { withConnection } from '@answerable/kit/database';
import { freePort } from '@answerable/kit/free-port';
import { silentJournal } from '@answerable/kit/journal';
import type { Running } from '@answerable/kit/run';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CountingForum, countingForum } from './counting-forum.ts';
import { type Ending, type OwnPostgres, ownPostgres } from './own-postgres.ts';
import { type Relay, relay } from './relay.ts';

const people = 16;
const isBarred = (n: number) => n % 4 === 0;
const members = 4;
const triesMax = 400;
/** Requests that nobody answered, or that were told to come again: there are some, or nothing was under way. */
let lost = 0;
const query = {
  client_id: 'forum',
  response_type: 'code',
  scope: 'openid profile',
  redirect_uri: 'http://localhost:9/callback',
  state: 'state',
};

let postgres: OwnPostgres;
let forum: CountingForum;
let scene: Scene;
let client: Client;
let other: Running;
let front: Relay;
let ports: number[];
beforeAll(async () => {
  [postgres, forum] = await Promise.all([ownPostgres(), countingForum()]);
  scene = await startScene({
    platform: {
      backchannelLogoutUri: `${forum.origin}/logout`,
      connector: { name: 'forum', origin: forum.origin, connectorToken: token },
    },
  });
  await scene.stop();
  const known = scene.config.port;
  ports = [await freePort(), await freePort()];
  let turn = 0;
  front = await relay(known, () => ports[turn++ % ports.length]);
  Object.assign(scene.config, { port: ports[0], databaseUrl: postgres.url });
  await scene.restart();
  other = await start({ ...scene.config, port: ports[1]! }, { journal: silentJournal });
  client = clientOf(scene);
});
afterAll(async () => {
  await front?.close();
  await other?.close();
  await scene?.close();
  await forum?.close();
  await postgres?.erase();
});

const run = (text: string, values: unknown[] = []) =>
  withConnection(postgres.url, (ask) => ask(text, values));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const id = () => randomBytes(16).toString('base64url');

type Said = { code?: string; resume?: string; accounts?: string[] };
/** Asks again until somebody answers that it was done, or clearly not. */
async function until(ask: () => Promise<Response>): Promise<Said> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const said = (await ask()
      .then((answer) => answer.json())
      .catch(() => undefined)) as Said | undefined;
    // An answer that was lost may have been a yes: the nonce that it spent says so.
    if (said?.code === 'nonce_spent' && tries > 0) return {};
    if (said && said.code !== 'unavailable') {
      expect(said.code).not.toBe('internal');
      return said;
    }
    lost += 1;
    await pause(20);
  }
  throw new Error('nobody answers');
}

const desk = (path: string, body: object): Promise<Said> =>
  until(() =>
    fetch(`${scene.config.origin}/desk/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    }),
  );

interface Comer {
  person: Credential;
  handle: string;
  post(): Promise<Response>;
}
async function comer(handle: string): Promise<Comer> {
  const person = scene.network.enrol();
  const visit = await scene.arrive();
  const choice = { checkpoint: scene.network.log.checkpoint(), handle };
  const answer = answerAsNew(person, visit.request, scene.network.policy, choice);
  return { person, handle, post: () => postJson(visit.browser, `${visit.address}/answer`, answer) };
}

/** A whole sign-in. What fails is begun anew by whoever presses the button again. */
async function signIn(person: Credential): Promise<{ sub: unknown; token: string }> {
  const params = await client.signIn(person, query);
  const form = {
    grant_type: 'authorization_code',
    code: params.get('code')!,
    redirect_uri: query.redirect_uri,
  };
  const { status, body } = await client.token(form, basic('forum', token));
  if (status !== 200) throw new Error(body.error);
  const { sub } = await client.userInfo(body.access_token);
  if (typeof sub !== 'string') throw new Error('no userinfo');
  return { sub, token: body.access_token };
}

const subOf = async (handle: string) => {
  const { account } = (await until(async () =>
    Response.json({ account: (await run('select sub from account where handle = $1', [handle]))[0]?.sub }),
  )) as { account?: string };
  return account!;
};

describe.each<Ending>(['fast', 'crash'])('a PostgreSQL that ends (%s) and comes back', (how) => {
  const comers: Comer[] = [];
  const barred: { handle: string; sub: string }[] = [];
  const signedIn: { sub: unknown; token: string }[] = [];
  let membersSubs: string[];
  let ended = 0;

  it('under people who come in, sign in, and are barred', async () => {
    const known: Comer[] = [];
    for (let n = 0; n < members; n += 1) known.push(await comer(`${how}_member_${n}`));
    for (const { post } of known) expect((await until(post)).resume).toBeDefined();
    for (let n = 0; n < people; n += 1) comers.push(await comer(`${how}_${n}`));
    membersSubs = await Promise.all(known.map(({ handle }) => subOf(handle)));

    lost = 0;
    let busy = true;
    let restart: Promise<void> | undefined;
    const restarted = async () => {
      await postgres.end(how);
      ended += 1;
      await postgres.start();
    };
    const signsIn = async ({ person }: Comer) => {
      let after = 0;
      while (busy || after === 0) {
        const back = restart !== undefined && ended > 0;
        await signIn(person).then(
          (done) => {
            signedIn.push(done);
            if (back) after += 1;
          },
          () => {
            lost += 1;
            return pause(10);
          },
        );
      }
    };
    let taken = 0;
    const comesIn = async ({ handle, post }: Comer, n: number) => {
      // Twice at once: the same answer, the same nonce.
      const said = await Promise.all([until(post), until(post)]);
      expect(said.filter(({ code }) => code !== undefined && code !== 'nonce_spent')).toEqual([]);
      taken += 1;
      if (taken === people / 4) restart = restarted();
      if (!isBarred(n)) return;
      const sub = await subOf(handle);
      const bar = { sanction: id(), caseId: id(), sub, holds: 'person', step: 'bar', until: '2099-01-01' };
      const answers = await Promise.all([desk('sanctions', bar), desk('sanctions', bar)]);
      for (const { accounts } of answers) expect(accounts).toEqual([sub]);
      barred.push({ handle, sub });
    };
    const signing = Promise.all(known.map(signsIn));
    await Promise.all(comers.map(comesIn));
    await restart;
    busy = false;
    await signing;
    expect(ended).toBe(1);
    expect(lost).toBeGreaterThan(0);
  });

  it('has everything that was acknowledged, once', async () => {
    const like = `${how}\\_%`;
    const rows = await run(
      `select handle, count(*)::int as n, count(distinct person)::int as p from account
      where handle like $1 and handle not like '%member%' group by 1`,
      [like],
    );
    expect(rows.map(({ handle }) => handle).toSorted()).toEqual(
      comers.map(({ handle }) => handle).toSorted(),
    );
    expect(rows.filter(({ n }) => n !== 1)).toEqual([]);
    const signed = await run('select sub, count(*)::int as n from sign_in where sub = any($1) group by 1', [
      membersSubs,
    ]);
    expect(signed.map(({ sub }) => sub).toSorted()).toEqual(membersSubs.toSorted());
    for (const { sub, token: bearer } of signedIn) expect((await client.userInfo(bearer)).sub).toBe(sub);
    const sanctions = await run('select sub from sanction where sub = any($1)', [
      barred.map(({ sub }) => sub),
    ]);
    expect(sanctions.map(({ sub }) => sub).toSorted()).toEqual(barred.map(({ sub }) => sub).toSorted());
  });

  it('was told to the platform, each thing once', async () => {
    const open = `select count(*)::int as n from telling where state <> 'done'`;
    await expect.poll(async () => (await run(open))[0]!.n).toBe(0);
    const subs = new Set(barred.map(({ sub }) => `account/${sub}`));
    const acts = forum.acts.filter(({ target }) => subs.has(target));
    expect(acts.map(({ target }) => target).toSorted()).toEqual([...subs].toSorted());
    for (const { sub } of barred) expect(forum.logouts).toContain(sub);
  });

  it('lets in by either gateway whom it should, and keeps out who is barred', async () => {
    for (const port of ports) expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    for (const n of [0, 1, 4, 5]) {
      const { person } = comers[n]!;
      const expected = isBarred(n) ? 'barred' : undefined;
      for (const port of ports) {
        const direct = (visitor: ReturnType<typeof browser>, address: string, answer: unknown) => {
          const url = new URL(address);
          url.port = String(port);
          return postJson(visitor, url.href, answer).then((r) => r.json() as Promise<Said>);
        };
        const visit = await scene.arrive();
        const choice = { checkpoint: scene.network.log.checkpoint(), slot: 2 + ports.indexOf(port) };
        const answer = answerAsNew(person, visit.request, scene.network.policy, choice);
        expect((await direct(visit.browser, `${visit.address}/answer`, answer)).code).toBe(expected);
      }
      const came = await signIn(person).then(
        () => undefined,
        (error: Error) => error.message,
      );
      expect(came).toBe(expected);
    }
  });
});
