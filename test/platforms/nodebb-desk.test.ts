/** What the desk does in a real NodeBB: every act and its way back, words to somebody, flags, and what it reads there. */

import { randomBytes } from 'node:crypto';
import { connect } from '@answerable/connector/connect';
import { foreignLocator, foreignSub } from '@answerable/connector/foreign-name';
import { notThere } from '@answerable/connector/perform';
import type { ActKind, Platform } from '@answerable/connector/platform';
import { memoryOfTests } from '@answerable/connector/testing/fake-platform';
import { itemSnapshot } from '@answerable/protocol/report/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RealForum, realForum } from './real-forum.ts';

const { NODEBB_PATH: path = '', NODEBB_URL: url = '', NODEBB_TOKEN: masterToken = '' } = process.env;
const uid = Number(process.env.NODEBB_UID);
const cid = Number(process.env.NODEBB_CID);
const name = 'town';
const memory = memoryOfTests();

let forum: RealForum;
let platform: Platform;
let author: number;
let tid: number;
let pid: number;
let own: number;

beforeAll(async () => {
  forum = await realForum({ path, url, masterToken, uid, cid });
  platform = connect({ kind: 'nodebb', name, origin: forum.origin, token: masterToken, uid }, memory);
  const word = randomBytes(4).toString('hex');
  const account = await forum.ask('POST', '/api/v3/users', { username: `moss ${word}` });
  author = account.body.response.uid;
  ({ tid, pid } = await forum.topic(author));
  const category = await forum.ask('POST', '/api/v3/categories', { name: `For trying ${word}` });
  own = category.body.response.cid;
}, 60_000);
afterAll(async () => {
  await forum?.ask('DELETE', `/api/v3/topics/${tid}`);
  await forum?.ask('DELETE', `/api/v3/categories/${own}`);
  await forum?.ask('DELETE', `/api/v3/users/${author}`);
});

let acts = 0;
async function act(kind: ActKind, target: string, notice = 'Words of the desk: https://desk.example/x') {
  acts += 1;
  // Between underscores NodeBB's Markdown would slant the mark in a message.
  const asked = { act: `_act${String(acts).padStart(2, '0')}_`.padEnd(22, 'A'), kind, target, notice };
  const said = await platform.act(asked);
  expect(await platform.act(asked)).toEqual(said);
  return said;
}
const done = { done: true, could: '' };
const response = async (address: string) => (await forum.ask('GET', `/api/v3/${address}`)).body.response;

describe('acts', () => {
  it('a post is hidden, and shown again', async () => {
    const post = await platform.locate(`${forum.origin}/post/${pid}`, 'post');
    expect(await act('hide-item', post!)).toEqual(done);
    expect((await response(`posts/${pid}`)).deleted).toBe(1);
    expect(await act('restore-item', post!)).toEqual(done);
    expect((await response(`posts/${pid}`)).deleted).toBe(0);
  });

  it('a topic is held, shut, and brought back', async () => {
    const page = (await platform.locate(`${forum.origin}/topic/${tid}/a-topic-for-trying`, 'page'))!;
    const how = async () => {
      const { deleted, locked } = await response(`topics/${tid}`);
      return [deleted, locked];
    };
    expect(await act('hold-page', page)).toEqual(done);
    expect(await how()).toEqual([1, 0]);
    expect(await act('shut-page', page)).toEqual(done);
    expect(await how()).toEqual([1, 1]);
    expect(await act('restore-page', page)).toEqual(done);
    expect(await how()).toEqual([0, 0]);
  });

  it('a category is switched off and on; one that is not there is gone', async () => {
    const page = (await platform.locate(`${forum.origin}/category/${own}/for-trying`, 'page'))!;
    expect(await act('hold-page', page)).toEqual(done);
    expect((await response(`categories/${own}`)).disabled).toBe(1);
    expect(await act('restore-page', page)).toEqual(done);
    expect((await response(`categories/${own}`)).disabled).toBe(0);
    const gone = (await platform.locate(`${forum.origin}/category/987654`, 'page'))!;
    expect(await act('hold-page', gone)).toEqual({ done: true, could: notThere });
  });

  it('an account is restricted and suspended, and both end', async () => {
    const account = `account/${foreignSub(name, String(author))}`;
    await platform.item((await platform.locate(`${forum.origin}/post/${pid}`, 'post'))!);
    expect(await act('restrict-account', account)).toEqual(done);
    expect(await forum.member(author)).toEqual({ banned: false, muted: true });
    expect(await act('suspend-account', account)).toEqual(done);
    expect(await act('tell-account', account)).toMatchObject({ done: false });
    expect(await act('restore-account', account)).toEqual(done);
    expect(await act('end-restriction', account)).toEqual(done);
    expect(await forum.member(author)).toEqual({ banned: false, muted: false });
  });

  it('the administrator of the token is not put out by it', async () => {
    const account = `account/${foreignSub(name, String(uid))}`;
    await memory.keepNames([{ locator: account, platform: name, address: String(uid), url: null }]);
    expect(await act('suspend-account', account)).toMatchObject({ done: false });
  });

  it('words and help are written to somebody, each once, and the longest there are', async () => {
    const post = (await platform.locate(`${forum.origin}/post/${pid}`, 'post'))!;
    const account = `account/${foreignSub(name, String(author))}`;
    const words = `**Words** & "more" <b>here</b>: https://desk.example/case/x ${'x'.repeat(300)}`;
    expect(await act('tell-account', account, words)).toEqual(done);
    expect(await act('show-help', post, 'Samaritans: 116 123')).toEqual(done);
    const { roomId } = await response(`users/${author}/chat`);
    const { messages } = await response(`chats/${roomId}`);
    expect(messages.map((one: { content: string }) => /\(act\d\dAAA\)/.test(one.content))).toEqual([
      true,
      true,
    ]);
    expect(messages[0].content).toContain('https://desk.example/case/x');
  });
});

describe('reads', () => {
  it('a post, its author, a page with its posts, by their web addresses', async () => {
    const post = (await platform.locate(`${forum.origin}/topic/${tid}/whatever/1`, 'post'))!;
    expect(memory.names.get(post)?.address).toBe(String(pid));
    expect(itemSnapshot.parse(await platform.item(post))).toMatchObject({
      text: 'Words for trying, **no more**.',
      author: foreignSub(name, String(author)),
    });
    const page = (await platform.locate(`${forum.origin}/topic/${tid}`, 'page'))!;
    const record = await platform.pageRecord(page);
    expect(record.posts.map((one) => one.locator)).toEqual([post]);
    expect(record.page.text).toBe('A topic for trying');
  });

  it('flags on a post and on a person, each report once; nothing of who flagged', async () => {
    await forum.ask('POST', '/api/v3/flags', { type: 'post', id: pid, reason: 'Rude & <b>loud</b>' });
    await forum.ask('POST', '/api/v3/flags', { type: 'user', id: author, reason: 'A bully' });
    const found = (await platform.flags!()).filter(({ words }) => /Rude|bully/.test(words));
    const post = foreignLocator('post', name, String(pid));
    expect(found.map(({ locator, words }) => [locator, words])).toEqual([
      [`account/${foreignSub(name, String(author))}`, 'A bully'],
      [post, 'Rude & <b>loud</b>'],
    ]);
    expect((await platform.flags!()).map(({ id }) => id)).toEqual(
      expect.arrayContaining(found.map((one) => one.id)),
    );
  });

  it('its own token, and that another is none', async () => {
    expect(await platform.check()).toEqual({ reached: true, as: expect.any(String), missing: [] });
    const settings = { kind: 'nodebb', name, origin: forum.origin, token: 'no-token-of-theirs' } as const;
    expect(await connect(settings, memory).check()).toEqual({
      reached: true,
      as: null,
      missing: ['The API token'],
    });
  });
});
