/**
 * Our plugin in a NodeBB that an operator runs already, before a real gateway with real proofs: rooms, wishes, blocks that
 * hold the person, knocks, and a gateway that is away. The forum's config.json says where it looks for its gateway, with
 * which token and for which rooms ("answerable", docs/platforms/nodebb.md); the gateway is started there.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join as path } from 'node:path';
import { postJson, type Scene, startScene } from '@answerable/gateway/testing/scene';
import { signCall } from '@answerable/gateway/testing/wallet';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { join, type Member, type Said, visitor } from './nodebb-member.ts';
import { realForum } from './real-forum.ts';

const { NODEBB_PATH: folder = '', NODEBB_URL: url = '', NODEBB_TOKEN: masterToken = '' } = process.env;
const uid = Number(process.env.NODEBB_UID);
const cid = Number(process.env.NODEBB_CID);
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
/** A forum lets new accounts wait, and looks at their first posts; the one for trying does not. */
const waits = [
  'initialPostDelay',
  'postDelay',
  'newbiePostDelay',
  'chatMessageDelay',
  'newbieChatMessageDelay',
];
const acts = {
  read: 'open',
  post: 'answerable',
  reply: 'open',
  message: 'open',
  upload: 'answerable',
} as const;

const closed = { ...acts, read: 'answerable', reply: 'answerable', message: 'answerable' } as const;

let scene: Scene;
interface Settings {
  gateway: string;
  token: string;
  strategy: string;
  rooms: Record<string, string>;
  closed?: string[];
  otherwise: string;
}
const config = path(folder, 'config.json');
const settings: Settings | undefined = existsSync(config)
  ? JSON.parse(readFileSync(config, 'utf8')).answerable
  : undefined;
const isClosed = (room: string) => settings?.closed?.includes(room) ?? false;
/** A category whose room is closed, if the settings have one. */
const closedCid = Object.entries(settings?.rooms ?? {}).find(([, room]) => isClosed(room))?.[0];
const made: number[] = [];

async function admin(method: string, address: string, body?: object, as = uid): Promise<Said> {
  const at = new URL(address, url);
  at.searchParams.set('_uid', String(as));
  const response = await fetch(at, {
    method,
    headers: { authorization: `Bearer ${masterToken}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

const set = (setting: string, value: number) => admin('PUT', `/api/v3/admin/settings/${setting}`, { value });

beforeAll(async () => {
  if (!settings) throw new Error('--nodebb: its config.json says nothing under "answerable".');
  for (const wait of [...waits, 'postQueue']) await set(wait, 0);
  const { gateway, token: apiToken, strategy } = settings;
  const rooms = [...new Set([...Object.values(settings.rooms), settings.otherwise])];
  const client = (await (await realForum({ path: folder, url, masterToken, uid, cid })).strategy(strategy))!;
  scene = await startScene({
    port: Number(new URL(gateway).port),
    relayDomain: 'members.example.org',
    policy: {
      relayAddress: true,
      title: 'The forum',
      rooms: rooms.map((id) => ({ id, title: id, acts: isClosed(id) ? closed : acts })),
    },
    platform: {
      apiToken,
      clientAuth: 'client_secret_post',
      clientId: client.id,
      clientSecret: client.secret,
      redirectUris: [client.callbackUrl],
    },
  });
}, 60_000);
afterAll(async () => {
  for (const member of made) await admin('DELETE', `/api/v3/users/${member}`);
  await scene?.close();
});

const newMember = async (person = scene.network.enrol(), slot = 1): Promise<Member> => {
  const member = await join(url, settings!.strategy, scene, person, slot);
  made.push(member.uid);
  return member;
};
/** An account as "Register" makes it, without a wallet, signed in by its password. */
async function newStranger(): Promise<Writer> {
  const username = `stranger-${randomBytes(3).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const account = { username, email: `${username}@example.org`, password };
  const { body } = await admin('POST', '/api/v3/users', account);
  made.push(body.response.uid);
  const here = visitor(url);
  expect((await here.ask('POST', '/login', { username, password })).status).toBe(200);
  return { ...here, uid: body.response.uid, username };
}
type Writer = Pick<Member, 'uid' | 'username' | 'ask'>;

const words = () => `Words for trying, no more: ${randomBytes(4).toString('hex')}.`;
const topic = (by: Writer, more = '') =>
  by.ask('POST', '/api/v3/topics', {
    cid,
    title: `For trying ${randomBytes(3).toString('hex')}`,
    content: words() + more,
  });
const reply = (by: Writer, tid: number, more = '') =>
  by.ask('POST', `/api/v3/topics/${tid}`, { content: words() + more });
async function message(by: Writer, to: Writer): Promise<Said> {
  const opened = await by.ask('POST', '/api/v3/chats', { uids: [to.uid] });
  if (opened.status !== 200) return opened;
  return by.ask('POST', `/api/v3/chats/${opened.body.response.roomId}`, { message: words() });
}
/** A form of the plugin's pages, sent as the page sends it; what it then says. */
const say = async (by: Member, page: string, form: Record<string, string>): Promise<string> => {
  const { csrf_token: _csrf } = await (await by.browser.fetch(`${url}/api/config`)).json();
  const body = new URLSearchParams({ ...form, _csrf });
  const sent = await by.browser.fetch(url + page, { method: 'POST', body });
  expect(sent.status).toBe(303);
  return (await by.browser.fetch(new URL(sent.headers.get('location') ?? '', url).href)).text();
};
const refusal = ({ status, body }: Said) => {
  expect(status).toBe(400);
  return String(body.status.message);
};
const wallet = async ({ person, slot }: Member, call: Parameters<typeof signCall>[3]) => {
  const { origin } = scene.config;
  const scope = { protocol: 'openid', kind: 'platform', origin, platform: 'forum' } as const;
  const signed = signCall(person, scope, 'gateway', call, slot);
  return (await postJson({ fetch }, `${origin}/account/calls`, signed)).json();
};

it('rooms: nobody answerable behind it is refused, with what one can do; a member is not', async () => {
  const [stranger, iris] = [await newStranger(), await newMember()];
  expect(refusal(await topic(stranger))).toMatch(/a person behind it.*What you can do: .*\/answerable$/);
  expect((await topic(iris)).status).toBe(200);
  const picture = () => {
    const form = new FormData();
    form.append('files[]', new Blob([onePixel], { type: 'image/png' }), 'one.png');
    return form;
  };
  expect((await iris.ask('POST', '/api/post/upload', picture())).status).toBe(200);
  const refused = await stranger.ask('POST', '/api/post/upload', picture());
  expect(refused.body.status.message).toContain('a person behind it');
  await set('postQueue', 1);
  expect(refusal(await topic(stranger))).toContain('a person behind it');
  expect((await topic(iris)).status).toBe(202);
  await set('postQueue', 0);
  const guest = visitor(url);
  expect(
    (await guest.ask('POST', '/api/v3/topics', { cid, title: 'For trying', content: words() })).status,
  ).not.toBe(200);
});

it('wishes: a reply, a mention and a message of who is not answerable, refused and then let through', async () => {
  const [stranger, iris, other] = [await newStranger(), await newMember(), await newMember()];
  const { tid } = (await topic(iris)).body.response;
  expect((await reply(stranger, tid)).status).toBe(200);
  const all = { reply: 'on', mention: 'on', message: 'on' };
  expect(await say(iris, '/answerable', all)).toContain('Saved.');
  expect(refusal(await reply(stranger, tid))).toContain('a person behind it');
  const theirs = (await topic(other)).body.response.tid;
  expect(refusal(await reply(stranger, theirs, ` @${iris.username}`))).toContain('a person behind it');
  expect(refusal(await message(stranger, iris))).toContain('a person behind it');
  expect((await reply(other, tid, ` @${iris.username}`)).status).toBe(200);
  expect(await say(iris, '/answerable', {})).toContain('Saved.');
  expect((await reply(stranger, tid)).status).toBe(200);
  expect((await message(stranger, iris)).status).toBe(200);
});

it('a block holds the person at a later account, and nobody can tell by the words; who is let in gets through', async () => {
  const person = scene.network.enrol();
  const [iris, loud, newcomer] = [await newMember(), await newMember(person), await newMember()];
  const { tid } = (await topic(iris)).body.response;
  expect((await reply(loud, tid)).status).toBe(200);
  expect(await say(iris, `/answerable/${loud.username}`, { say: 'block' })).toContain('It holds the person');
  const quiet = await newMember(person, 2);
  const said = [await reply(loud, tid), await reply(quiet, tid), await reply(newcomer, tid)].map(refusal);
  expect(new Set(said).size).toBe(1);
  expect(said[0]).toContain(`/answerable/${iris.username}`);
  for (const one of [quiet, newcomer])
    expect(refusal(await message(one, iris))).toContain('without knocking');
  expect((await topic(quiet)).status).toBe(200);

  for (const one of [quiet, newcomer]) {
    expect(await say(one, `/answerable/${iris.username}`, { say: 'knock' })).toContain(
      'Now knock in your wallet',
    );
    const { doors } = await wallet(one, { kind: 'reach' });
    await wallet(one, { kind: 'knock', knock: doors[0].id });
  }
  const { knocks } = await wallet(iris, { kind: 'reach' });
  expect(knocks).toHaveLength(1);
  await wallet(iris, { kind: 'let-in', knock: knocks[0].id });
  expect((await reply(newcomer, tid)).status).toBe(200);
  expect((await message(newcomer, iris)).status).toBe(200);
  expect(refusal(await reply(quiet, tid))).toContain('without knocking');
  expect(refusal(await message(quiet, iris))).toContain('without knocking');
});

it('whom a guarded member writes to first may answer', async () => {
  const [iris, loud, friend] = [await newMember(), await newMember(), await newMember()];
  const { tid } = (await topic(iris)).body.response;
  await say(iris, `/answerable/${loud.username}`, { say: 'block' });
  expect(refusal(await reply(friend, tid))).toContain('without knocking');
  const theirs = (await topic(friend)).body.response.tid;
  expect((await reply(iris, theirs)).status).toBe(200);
  expect((await reply(friend, tid)).status).toBe(200);
});

it.runIf(closedCid)('a room that is not open to read shows nothing of itself to who may not', async () => {
  const [iris, other, stranger] = [await newMember(), await newMember(), await newStranger()];
  const guest = visitor(url);
  // Pages repeat the words that they were asked for: those of the address are others.
  const [secret, sought] = [0, 1].map(() => `kept${randomBytes(6).toString('hex')}`);
  const said = {
    cid: closedCid,
    title: `In the closed room ${secret}`,
    content: `Words for trying: ${secret} ${sought}.`,
  };
  const { tid, mainPid } = (await iris.ask('POST', '/api/v3/topics', said)).body.response;
  const places = [
    `/api/topic/${tid}`,
    `/topic/${tid}`,
    `/topic/${tid}.rss`,
    `/api/post/${mainPid}`,
    `/api/v3/topics/${tid}`,
    `/api/v3/posts/${mainPid}`,
    `/api/v3/posts/${mainPid}/raw`,
    `/api/category/${closedCid}`,
    `/category/${closedCid}.rss`,
    '/api/recent',
    '/recent.rss',
    '/api/popular',
    '/api/unread',
    '/api/categories',
    '/api/world',
    `/api/user/${iris.username}`,
    `/api/user/${iris.username}/topics`,
    `/api/user/${iris.username}/posts`,
    `/api/search?term=${sought}&in=titlesposts`,
    `/api/search?term=${sought}&in=posts`,
    '/sitemap/topics.1.xml',
  ];
  const shownTo = async (by: { ask: Member['ask'] }) => {
    const shown: string[] = [];
    for (const place of places) {
      const { status, body } = await by.ask('GET', place);
      if (status < 500 && JSON.stringify(body).includes(secret!)) shown.push(place);
    }
    return shown;
  };
  // The control: where it stands, for who may read it.
  expect((await shownTo(other)).length).toBeGreaterThan(8);
  expect(await shownTo(guest)).toEqual([]);
  expect(await shownTo(stranger)).toEqual([]);
  const federated = { headers: { accept: 'application/activity+json' } };
  for (const place of [`/topic/${tid}`, `/post/${mainPid}`, `/category/${closedCid}/outbox`]) {
    const text = await (await fetch(url + place, federated)).text();
    expect(text).not.toContain(secret!);
  }
  await scene.stop();
  expect(await shownTo(other)).toEqual([]);
  expect((await admin('GET', `/api/topic/${tid}`)).status).toBe(200);
  await scene.restart();
  expect((await other.ask('GET', `/api/topic/${tid}`)).status).toBe(200);
});

it('without its gateway nobody writes but who runs the forum, in kind words; with it they do again', async () => {
  const iris = await newMember();
  await scene.stop();
  expect(refusal(await topic(iris))).toMatch(/cannot ask just now.*try again/);
  const written = await admin('POST', '/api/v3/topics', { cid, title: 'For trying', content: words() });
  expect(written.status).toBe(200);
  expect((await iris.browser.fetch(`${url}/answerable`)).status).toBe(200);
  await scene.restart();
  expect((await topic(iris)).status).toBe(200);
  await admin('DELETE', `/api/v3/topics/${written.body.response.tid}`);
});
