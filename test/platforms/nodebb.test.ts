/**
 * A NodeBB that an operator runs already, named with `npm run test:platforms -- --nodebb PATH --url URL --token
 * TOKEN [--strategy NAME] [--uid 1] [--cid 2]`: a forum for trying, never one that people use. With --strategy people
 * come in through the forum's own sign-in plugin, at a gateway of ours on loopback; without it the gateway is asked as
 * the plugin asks, and its account is made through the write API. The token is a master token (uid 0), because the
 * new members write through it. What was made there is taken away afterwards.
 */

import { randomBytes } from 'node:crypto';
import { connect } from '@answerable/connector/connect';
import { memoryOfTests } from '@answerable/connector/testing/fake-platform';
import type { Credential } from '@answerable/core/presentation/credential';
import { type Browser, browser } from '@answerable/gateway/testing/browser';
import { type Answered, type Scene, startScene } from '@answerable/gateway/testing/scene';
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodebbAsPlugin } from './nodebb-plugin.ts';
import { type RealForum, realForum, type Strategy } from './real-forum.ts';

const { NODEBB_PATH: path = '', NODEBB_URL: url = '', NODEBB_TOKEN: masterToken = '' } = process.env;
const { NODEBB_STRATEGY: strategyName = '' } = process.env;
const uid = Number(process.env.NODEBB_UID);
const cid = Number(process.env.NODEBB_CID);
/** Where the plugin is told that the gateway is, if this run tells it. */
const gatewayPort = 4690;
const seconds = { timeout: 20_000 };
const id = () => randomBytes(16).toString('base64url');

interface Member {
  uid: number;
  sub: string;
  browser: Browser;
}

let forum: RealForum;
let scene: Scene;
let strategy: Strategy | undefined;
const made = new Set<number>();

beforeAll(async () => {
  forum = await realForum({ path, url, masterToken, uid, cid });
  console.log(forum.versions);
  strategy = strategyName ? await strategyOf(strategyName) : undefined;
  scene = await startScene({
    relayDomain: 'members.example.org',
    policy: { relayAddress: true, title: 'The forum' },
    ...(strategy
      ? { port: Number(new URL(strategy.authUrl).port), begin: `${forum.origin}/auth/${strategyName}` }
      : {}),
    platform: {
      clientAuth: 'client_secret_post',
      ...(strategy ? { clientId: strategy.id, clientSecret: strategy.secret } : {}),
      redirectUris: [strategy?.callbackUrl ?? 'http://localhost:9/auth/forum/callback'],
      connector: {
        kind: 'nodebb',
        name: strategyName || 'forum',
        origin: forum.origin,
        token: masterToken,
        uid,
      },
    },
  });
}, 60_000);
afterAll(async () => {
  for (const member of made) await forum.ask('DELETE', `/api/v3/users/${member}`);
  await scene?.close();
});

/** The plugin reads its strategies when the forum starts, so a new one asks for a start of the forum. */
async function strategyOf(name: string): Promise<Strategy> {
  const found = await forum.strategy(name);
  const gateway = `http://localhost:${gatewayPort}/oidc`;
  if (found) {
    if (new URL(found.authUrl).hostname !== 'localhost')
      throw new Error('--strategy: this strategy leads to a gateway that is not on this machine.');
    return found;
  }
  const secret = randomBytes(32).toString('base64url');
  const said = await forum.ask('POST', '/api/v3/plugins/oauth2-multiple/strategies', {
    ...{ name, id: name, secret, enabled: true, trustEmailVerified: 'on', scope: 'openid profile email' },
    ...{ authUrl: `${gateway}/auth`, tokenUrl: `${gateway}/token`, userRoute: `${gateway}/me` },
  });
  if (said.status !== 200) throw new Error('--strategy: the forum has no such plugin, or it is not active.');
  throw new Error(`The forum has the strategy ${name} now. Start the forum again, then call this again.`);
}

/** From the wallet back into the forum, as a browser goes; a member there from then on. */
async function comeIn(answered: Answered): Promise<Member> {
  expect(answered.status).toBe(200);
  const { browser: own, body } = answered;
  if (!strategy) return makeMember(answered);
  const { url: at } = await own.follow(body.resume ?? '');
  expect(new URL(at).origin).toBe(forum.origin);
  if (new URL(at).pathname === '/register/complete') await forum.agree(own);
  const known = (await forum.whoIs(own))!;
  made.add(known.uid);
  const { answer } = answered;
  if ('handle' in answer && answer.handle !== known.username)
    console.log('The forum calls them otherwise than they chose: docs/platforms/nodebb.md says why.');
  const [row] = await withConnection(scene.databaseUrl, (run) =>
    run('select sub from account where account_key = $1', [answer.accountKey]),
  );
  return { uid: known.uid, sub: String(row!.sub), browser: own };
}

/** What the plugin does with what it hears: an account of that name, with that address as checked. */
async function makeMember(answered: Answered): Promise<Member> {
  const claims = await nodebbAsPlugin(scene.config, answered);
  const account = await forum.ask('POST', '/api/v3/users', {
    username: claims.preferred_username,
    email: claims.email,
    password: id(),
  });
  expect(account.status).toBe(200);
  const member = Number(account.body.response.uid);
  made.add(member);
  const confirm = `/api/v3/users/${member}/emails/${encodeURIComponent(claims.email)}/confirm`;
  expect((await forum.ask('POST', confirm, {})).status).toBe(200);
  return { uid: member, sub: claims.sub, browser: browser() };
}

const sanction = async (sub: string, holds: 'person' | 'account', step: string): Promise<string> => {
  const wish = { sanction: id(), caseId: id(), sub, holds, step, until: '2099-01-01' };
  expect((await scene.desk('sanctions', wish)).status).toBe(200);
  return wish.sanction;
};
const lift = async (which: string) =>
  expect((await scene.desk(`sanctions/${which}/lift`, {})).status).toBe(200);
/** What a desk calls whoever wrote it, which has a name of its own for the forum. */
async function authorAtDesk(pid: number): Promise<string | null> {
  const settings = {
    kind: 'nodebb',
    name: 'desk-s-own',
    origin: forum.origin,
    token: masterToken,
    uid,
  } as const;
  const platform = connect({ ...settings, strategy: strategyName }, memoryOfTests());
  const locator = await platform.locate(`${forum.origin}/post/${pid}`, 'post');
  return (await platform.item(locator!)).author;
}
const banned = async (member: Member) => (await forum.member(member.uid)).banned;
const muted = async (member: Member) => (await forum.member(member.uid)).muted;

it('somebody joins, posts, is reported, put out, refused again; another joins; a lift brings them back', async () => {
  const person: Credential = scene.network.enrol();
  const member = await comeIn(await scene.admit(person));
  const { tid, pid } = await forum.topic(member.uid);
  const flag = { type: 'post', id: pid, reason: 'For trying.' };
  expect((await forum.ask('POST', '/api/v3/flags', flag)).status).toBe(200);

  if (strategy) expect(await authorAtDesk(pid)).toBe(member.sub);
  const bar = await sanction(member.sub, 'person', 'bar');
  await expect.poll(() => banned(member), seconds).toBe(true);
  if (strategy) {
    // NodeBB ends a banned member's session when they open the next page.
    expect((await member.browser.follow(`${forum.origin}/recent`)).url).toBe(`${forum.origin}/`);
    expect(await forum.whoIs(member.browser)).toBeUndefined();
  }
  expect((await scene.admit(person, { slot: 2 })).body.code).toBe('barred');
  expect((await scene.signIn(person)).body.code).toBe('barred');

  const other = await comeIn(await scene.admit(scene.network.enrol()));
  expect(await banned(other)).toBe(false);

  await lift(bar);
  await expect.poll(() => banned(member), seconds).toBe(false);
  const back = await scene.signIn(person);
  expect(back.status).toBe(200);
  if (strategy) expect((await comeIn(back)).uid).toBe(member.uid);
  await forum.ask('DELETE', `/api/v3/topics/${tid}`);
}, 120_000);

it('somebody is restricted, and reads on; that ends with its lift', async () => {
  const member = await comeIn(await scene.admit(scene.network.enrol()));
  const restriction = await sanction(member.sub, 'account', 'restrict');
  await expect.poll(() => muted(member), seconds).toBe(true);
  await expect(forum.topic(member.uid)).rejects.toThrow();
  if (strategy) expect((await forum.whoIs(member.browser))?.uid).toBe(member.uid);
  await lift(restriction);
  await expect.poll(() => muted(member), seconds).toBe(false);
}, 120_000);

/** The plugin keeps the word of each account; without it these have nothing by which they are found. */
const throughThePlugin = it.runIf(strategyName !== '');

throughThePlugin(
  'somebody who took another name there is found all the same',
  async () => {
    const member = await comeIn(await scene.admit(scene.network.enrol()));
    const username = `moss ${id().slice(0, 5)}`;
    const renamed = await forum.ask('PUT', `/api/v3/users/${member.uid}`, { username });
    expect(renamed.status).toBe(200);
    const bar = await sanction(member.sub, 'person', 'bar');
    await expect.poll(() => banned(member), seconds).toBe(true);
    await lift(bar);
    await expect.poll(() => banned(member), seconds).toBe(false);
  },
  120_000,
);

throughThePlugin(
  'somebody who deleted their account there and came in anew is found in the new one',
  async () => {
    const person = scene.network.enrol();
    const member = await comeIn(await scene.admit(person));
    const restriction = await sanction(member.sub, 'account', 'restrict');
    await expect.poll(() => muted(member), seconds).toBe(true);
    await lift(restriction);
    await expect.poll(() => muted(member), seconds).toBe(false);
    expect((await forum.ask('DELETE', `/api/v3/users/${member.uid}`)).status).toBe(200);
    const again = await comeIn(await scene.signIn(person));
    expect([again.sub, again.uid === member.uid]).toEqual([member.sub, false]);
    await sanction(again.sub, 'person', 'bar');
    await expect.poll(() => banned(again), seconds).toBe(true);
  },
  120_000,
);
