/**
 * A WordPress that an operator runs already, named with `npm run test:platforms -- --wordpress PATH --url URL
 * --for-trying`: a site for trying, never one that people use. Its sign-in plugin is set with just what `answerable
 * gateway add wordpress` prints, and set back afterwards; the accounts and the page that are made are taken away.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@answerable/connector/connect';
import type { ConnectorMemory } from '@answerable/connector/memory';
import type { Platform } from '@answerable/connector/platform';
import { platformSettings } from '@answerable/connector/settings';
import { signatureHeader, signTimed } from '@answerable/connector/webhook-signature';
import { toBase64url } from '@answerable/core/bytes';
import type { Credential } from '@answerable/core/presentation/credential';
import { randomBytes } from '@answerable/core/rng';
import type { Browser } from '@answerable/gateway/testing/browser';
import { type Scene, startScene, token } from '@answerable/gateway/testing/scene';
import { dayOf } from '@answerable/kit/clock';
import { dayPlus } from '@answerable/protocol/platform/succession';
import { knownKinds } from 'answerable/gateway-kinds';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  administrator,
  firstIn,
  nameThemself,
  signInAt,
  signInWithPassword,
  whoIsIn,
} from './wordpress-site.ts';

const { WORDPRESS_PATH: path = '', WORDPRESS_URL: given = '' } = process.env;
const url = given.replace(/\/+$/, '');
const sinceSeconds = { timeout: 20_000 };
const id = () => toBase64url(randomBytes(16));
const name = () => `try_${toBase64url(randomBytes(6)).toLowerCase().replaceAll('-', '_')}`;
const admin = administrator(path, url);

let scene: Scene;
const password = 'a password of my own';
let before: ReturnType<typeof admin.look> | undefined;
const pages: number[] = [];
const made: [id: number, sub: string][] = [];
let desk: Platform;

beforeAll(async () => {
  if (!existsSync(join(path, 'wp-load.php')))
    throw new Error('--wordpress: there is no WordPress at this path.');
  const found = admin.look();
  console.log(
    `WordPress ${found.version}, PHP ${found.php}, OpenID Connect Generic ${found.plugin ?? 'is missing'}.`,
  );
  if (found.url.replace(/\/+$/, '') !== url) throw new Error('--url: this WordPress calls itself otherwise.');
  if (!found.plugin) throw new Error('The plugin OpenID Connect Generic is not active there.');
  if (!found.ours || !found.secret)
    throw new Error(
      'answerable.php is not in wp-content/mu-plugins, or ANSWERABLE_SECRET not in wp-config.php.',
    );
  before = found;
  const { wordpress } = knownKinds;
  const at = { origin: url, name: 'forum', gateway: '' };
  const connector = platformSettings.parse(wordpress.connector(at, found.secret, undefined));
  desk = connect(connector, {} as ConnectorMemory);
  const claim = { until: dayPlus(dayOf(new Date()), 30), afterwards: 'read-only' } as const;
  scene = await startScene({
    relayDomain: 'members.example.org',
    policy: { relayAddress: true, title: 'The blog', accountsMax: 2, claim },
    platform: {
      clientAuth: wordpress.clientAuth,
      redirectUris: [wordpress.callback!(at)],
      postLogoutOrigins: [url],
      connector,
      ...(found.apiToken ? { apiToken: found.apiToken } : {}),
    },
  });
  const client = { clientId: 'forum', clientSecret: token };
  const unknown = admin.type(wordpress.fields({ ...at, gateway: scene.config.origin }, client));
  if (unknown) throw new Error(`The plugin has no field “${unknown}”.`);
});
afterAll(async () => {
  if (before) admin.putBack(before.settings, pages, made);
  await scene?.close();
});

/** Somebody new, up to their own page there. */
async function signUp(person: Credential, slot = 1) {
  const handle = name();
  const { visitor, refused } = await signInAt(scene, url, person, { slot, handle });
  expect(refused).toBeUndefined();
  const [user, ...others] = admin.usersShown(handle);
  expect(others).toEqual([]);
  made.push([user!.id, user!.sub]);
  return { visitor, handle, ...user! };
}
const impose = async (sub: string, step: 'bar' | 'restrict') => {
  const sanction = id();
  const until = '2099-01-01';
  const said = await scene.desk('sanctions', { sanction, caseId: id(), sub, holds: 'person', step, until });
  expect(said.status).toBe(200);
  return { lift: async () => expect((await scene.desk(`sanctions/${sanction}/lift`, {})).status).toBe(200) };
};
async function say(visitor: Browser, page: number, words: string): Promise<number> {
  const form = { comment: words, comment_post_ID: String(page), comment_parent: '0', submit: 'Post Comment' };
  const response = await visitor.fetch(`${url}/wp-comments-post.php`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  return response.status;
}

it('somebody signs up with a name, signs in again as the same, and their second account is another', async () => {
  const person = scene.network.enrol();
  const first = await signUp(person);
  expect(first).toMatchObject({ login: first.handle, nicename: first.handle, roles: ['subscriber'] });
  expect(first.email).toMatch(/^[a-z0-9]+@members\.example\.org$/);
  const again = await signInAt(scene, url, person);
  expect(await whoIsIn(again.visitor, url)).toBe(first.handle);
  const second = await signUp(person, 2);
  expect(second.id).not.toBe(first.id);
  expect(second.sub).not.toBe(first.sub);
});

it('signing out there leads through the gateway and back', async () => {
  const { visitor } = await signUp(scene.network.enrol());
  const html = await (await visitor.fetch(`${url}/wp-admin/profile.php`)).text();
  const out = firstIn(html, /href="([^"]*action=logout[^"]*)"/);
  const { response } = await visitor.follow(out);
  const page = (await response?.text()) ?? '';
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const done = await visitor.fetch(`${scene.config.origin}/oidc/session/end/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
  });
  expect(done.headers.get('location') ?? '').toContain(`${url}/wp-login.php?loggedout=true`);
  expect(await whoIsIn(visitor, url)).toBeUndefined();
});

it('a person barred is out at once with every account, and has no other way in; lifted, they are back', async () => {
  const person = scene.network.enrol();
  const [member, second, other] = [
    await signUp(person),
    await signUp(person, 2),
    await signUp(scene.network.enrol()),
  ];
  // What a member could have done in their profile on a site without our file.
  admin.setPassword(member.id, password);
  expect(admin.wouldOpen(member.login, password)).toBe(true);
  const back = await signInAt(scene, url, person);
  expect(await whoIsIn(back.visitor, url)).toBe(member.handle);
  const { lift } = await impose(member.sub, 'bar');
  await expect.poll(() => whoIsIn(back.visitor, url), sinceSeconds).toBeUndefined();
  await expect.poll(() => whoIsIn(second.visitor, url), sinceSeconds).toBeUndefined();
  expect((await signInAt(scene, url, person)).refused).toBe('barred');
  expect((await signInAt(scene, url, person, { slot: 2 })).refused).toBe('barred');
  const stranger = await signInWithPassword(url, member.handle, password);
  expect(await whoIsIn(stranger, url)).toBeUndefined();
  expect(await whoIsIn(other.visitor, url)).toBe(other.handle);
  await lift();
  await expect
    .poll(async () => whoIsIn((await signInAt(scene, url, person)).visitor, url), sinceSeconds)
    .toBe(member.handle);
});

it('somebody restricted reads and writes nothing; what they said is found, put away and brought back', async () => {
  const page = admin.newPage();
  pages.push(page.id);
  const member = await signUp(scene.network.enrol());
  const { lift } = await impose(member.sub, 'restrict');
  await expect.poll(() => say(member.visitor, page.id, 'Words while restricted.'), sinceSeconds).toBe(403);
  expect(await whoIsIn(member.visitor, url)).toBe(member.handle);
  expect(admin.comments(page.id)).toEqual([]);
  const words = `words in a ${name()}`;
  await nameThemself(member.visitor, url, words);
  expect(admin.usersShown(words)).toEqual([]);
  await lift();
  await expect.poll(() => say(member.visitor, page.id, 'Words for trying.'), sinceSeconds).toBe(302);
  await nameThemself(member.visitor, url, words);
  expect(admin.usersShown(words)).toMatchObject([{ id: member.id }]);
  const [comment] = admin.comments(page.id);
  admin.approve(comment!.id);
  const locator = await desk.locate(`${page.address}#comment-${comment!.id}`, 'post');
  expect(await desk.item(locator!)).toMatchObject({ author: member.sub, text: 'Words for trying.' });
  const approved = () => admin.comments(page.id)[0]!.approved;
  const act = (kind: 'hide-item' | 'restore-item') =>
    desk.act({ act: id(), kind, target: locator!, notice: '' });
  expect([await act('hide-item'), approved()]).toEqual([{ done: true, could: '' }, '0']);
  expect([await act('restore-item'), approved()]).toEqual([{ done: true, could: '' }, '1']);
  expect(await desk.pageRecord(`page/${page.id}`)).toMatchObject({ posts: [{ locator }] });
});

it('somebody attaches the account they had, and signs in to it with no password any more', async ({
  skip,
}) => {
  if (!before!.apiToken) return skip('answerable-claims.php or ANSWERABLE_API_TOKEN is not there');
  const login = name();
  const account = admin.oldAccount(login, password);
  made.push([account, '']);
  const visitor = await signInWithPassword(url, login, password);
  expect(await whoIsIn(visitor, url)).toBe(login);
  const html = await (await visitor.fetch(`${url}/wp-admin/profile.php`)).text();
  const attach = firstIn(html, /href="([^"]*action=answerable_attach[^"]*)"/);
  const { url: page } = await visitor.follow(attach);
  expect(page).toContain(`${scene.config.origin}/claim/`);
  const pressed = await visitor.fetch(page, { method: 'POST' });
  const person = scene.network.enrol();
  const back = pressed.headers.get('location') ?? '';
  const { refused } = await signInAt(scene, url, person, { visitor, page: back, handle: login });
  expect([refused, await whoIsIn(visitor, url)]).toEqual([undefined, login]);
  expect(admin.usersShown(login)).toMatchObject([
    { id: account, sub: expect.stringMatching(/^[a-z2-7]{52}$/) },
  ]);
  expect(admin.wouldOpen(login, password)).toBe(true);
  expect(await whoIsIn(await signInWithPassword(url, login, password), url)).toBeUndefined();
});

it('a letter that is not signed, signed with another secret, or sent later is refused', async () => {
  const body = JSON.stringify({ ask: 'check' });
  const post = async (signature: string) =>
    (
      await fetch(`${url}/wp-admin/admin-post.php`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [signatureHeader]: signature },
        body,
      })
    ).status;
  const now = Math.floor(Date.now() / 1000);
  const secret = before!.secret!;
  expect(await post(signTimed(secret, body, now))).toBe(200);
  for (const forged of [
    't=1,v1=00',
    signTimed(`${secret}x`, body, now),
    signTimed(secret, `${body} `, now),
    signTimed(secret, body, now - 400),
    signTimed(secret, body, now + 400),
  ])
    expect(await post(forged)).toBe(401);
});
