/**
 * An account from before in a NodeBB that an operator runs already, with our plugin in it ("earlier" in its config.json,
 * docs/platforms/nodebb.md): its member attaches it in the forum's own pages, and comes in with the wallet from then on.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, browser } from '@answerable/gateway/testing/browser';
import { postJson, type Scene, startScene } from '@answerable/gateway/testing/scene';
import { answerAsNew } from '@answerable/gateway/testing/wallet';
import { practiceClock } from '@answerable/kit/clock';
import { dayPlus } from '@answerable/protocol/platform/succession';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RealForum, realForum } from './real-forum.ts';

const { NODEBB_PATH: path = '', NODEBB_URL: url = '', NODEBB_TOKEN: masterToken = '' } = process.env;
const uid = Number(process.env.NODEBB_UID);
const cid = Number(process.env.NODEBB_CID);
const config = join(path, 'config.json');
const settings = existsSync(config) ? JSON.parse(readFileSync(config, 'utf8')).answerable : undefined;
const clock = practiceClock(new Date(), 'practice');
const until = dayPlus(new Date().toISOString().slice(0, 10), 30);
const password = randomBytes(16).toString('hex');
const seconds = { timeout: 20_000 };

let forum: RealForum;
let scene: Scene;
const made: number[] = [];

beforeAll(async () => {
  forum = await realForum({ path, url, masterToken, uid, cid });
  const strategy = await forum.strategy(settings?.strategy);
  if (!settings?.earlier || !strategy)
    throw new Error('--nodebb: its config.json has no "earlier" under "answerable", or no such strategy.');
  const room = { id: settings.otherwise, title: 'The square' };
  scene = await startScene({
    clock,
    upkeepSeconds: 0.5,
    port: Number(new URL(settings.gateway).port),
    begin: `${forum.origin}/auth/${settings.strategy}`,
    relayDomain: 'members.example.org',
    policy: {
      relayAddress: true,
      claim: { until, afterwards: 'read-only' },
      rooms: [{ ...room, acts: { read: 'open', post: 'answerable' } }],
    },
    platform: {
      apiToken: settings.token,
      clientAuth: 'client_secret_post',
      clientId: strategy.id,
      clientSecret: strategy.secret,
      redirectUris: [strategy.callbackUrl],
      connector: {
        kind: 'nodebb',
        name: settings.strategy,
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

async function fromBefore(): Promise<{ uid: number; username: string; browser: Browser }> {
  const username = `Zoë Marlowe ${randomBytes(3).toString('hex')}`;
  const { body } = await forum.ask('POST', '/api/v3/users', { username, password });
  made.push(body.response.uid);
  const own = browser();
  const { csrf_token } = await (await own.fetch(`${forum.origin}/api/config`)).json();
  const signedIn = await own.fetch(`${forum.origin}/login`, {
    method: 'POST',
    headers: { 'x-csrf-token': csrf_token, 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  expect(signedIn.status).toBe(200);
  await forum.agree(own);
  return { uid: body.response.uid, username, browser: own };
}

it('its member attaches it, keeps it with its name, comes in with the wallet, and is held to account in it', async () => {
  const person = scene.network.enrol();
  const member = await fromBefore();
  const { origin } = forum;
  const own = member.browser;
  expect(await (await own.fetch(`${origin}/answerable`)).text()).toContain('Attach this account');
  const { csrf_token: _csrf } = await (await own.fetch(`${origin}/api/config`)).json();
  const pressed = await own.fetch(`${origin}/answerable-attach`, {
    method: 'POST',
    body: new URLSearchParams({ _csrf }),
  });
  const address = pressed.headers.get('location')!;
  expect(new URL(address).origin).toBe(scene.config.origin);
  expect(await (await own.fetch(address)).text()).toContain('Attach your account “zoe_marlowe_');
  const returned = await own.fetch(address, { method: 'POST' });
  expect(returned.headers.get('location')).toBe(`${origin}/auth/${settings.strategy}`);

  const visit = await scene.arrive(own);
  const handle = visit.request.message.claims!.handle;
  const checkpoint = scene.network.log.checkpoint();
  const answer = answerAsNew(person, visit.request, scene.network.policy, { checkpoint, handle });
  const answered = await (await postJson(own, `${visit.address}/answer`, answer)).json();
  await own.follow(answered.resume);
  expect(await forum.whoIs(own)).toMatchObject({ uid: member.uid, username: member.username });

  const elsewhere = await scene.signIn(person);
  await elsewhere.browser.follow(elsewhere.body.resume!);
  expect((await forum.whoIs(elsewhere.browser))?.uid).toBe(member.uid);

  const platform = (await forum.ask('GET', `/api/v3/users/${member.uid}`)).body.response;
  const bar = {
    sanction: randomBytes(16).toString('base64url'),
    caseId: randomBytes(16).toString('base64url'),
    sub: platform[`${settings.strategy}Id`],
    ...{ holds: 'person', step: 'bar', until: '2099-01-01' },
  };
  expect((await scene.desk('sanctions', bar)).status).toBe(200);
  await expect.poll(async () => (await forum.member(member.uid)).banned, seconds).toBe(true);
  expect((await scene.signIn(person)).body.code).toBe('barred');
}, 120_000);

it('who only says no in the wallet stays what they were', async () => {
  const member = await fromBefore();
  const { csrf_token: _csrf } = await (await member.browser.fetch(`${forum.origin}/api/config`)).json();
  const body = new URLSearchParams({ _csrf });
  const pressed = await member.browser.fetch(`${forum.origin}/answerable-attach`, { method: 'POST', body });
  await member.browser.fetch(pressed.headers.get('location')!, { method: 'POST' });
  const { address } = await scene.arrive(member.browser);
  const back = await member.browser.fetch(`${address}/cancel`, { method: 'POST' });
  await member.browser.follow(new URL(back.headers.get('location') ?? '', address).href);
  expect((await forum.whoIs(member.browser))?.uid).toBe(member.uid);
  const another = await scene.admit(scene.network.enrol());
  await another.browser.follow(another.body.resume!);
  const known = (await forum.whoIs(another.browser))!;
  made.push(known.uid);
  expect(known.uid).not.toBe(member.uid);
}, 120_000);

it('after the last day an account that nobody attached is muted, and one that the gateway was not told of is not', async () => {
  const members = [await fromBefore(), await fromBefore()];
  const accounts = members.map((one, at) => ({ account: String(one.uid), handle: `zoe_${at}` }));
  const said = await fetch(`${scene.config.origin}/platform/claims/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${settings.token}` },
    body: JSON.stringify({ accounts: accounts.slice(0, 1) }),
  });
  expect(await said.json()).toMatchObject({ added: 1 });
  clock.advance({ days: 32 });
  await expect.poll(async () => (await forum.member(members[0]!.uid)).muted, seconds).toBe(true);
  expect(await forum.member(members[1]!.uid)).toEqual({ banned: false, muted: false });
}, 120_000);
