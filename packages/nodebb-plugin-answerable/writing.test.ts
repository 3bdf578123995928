/** Who may write what to whom at a NodeBB, as its gateway says. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Forum, startForum, url } from './testing/forum.ts';
import { startGateway } from './testing/gateway.ts';

const token = 'the-token-of-the-forum-with-thirty-two-characters';
const [iris, newcomer, stranger, mona, gone] = [2, 3, 4, 5, 6];
const settingsAt = (gateway: string) => ({
  gateway,
  token,
  strategy: 'town',
  rooms: { 7: 'council', '-1': 'world' },
  otherwise: 'square',
  messages: 'letters',
  uploads: 'pictures',
});
const forumNow = (): Forum => ({
  accounts: {
    [iris]: { username: 'Iris', sub: 'sub-iris' },
    [newcomer]: { username: 'newcomer', sub: 'sub-newcomer' },
    [stranger]: { username: 'stranger' },
    [mona]: { username: 'mona', sub: 'sub-mona', runsIt: true },
    [gone]: { username: 'gone', sub: 'sub-gone' },
  },
  topics: { 1: { cid: 2, uid: iris, mainPid: 1 }, 2: { cid: 7, uid: stranger, mainPid: 3 } },
  posts: { 1: { uid: iris, tid: 1 }, 2: { uid: stranger, tid: 1 }, 3: { uid: stranger, tid: 2 } },
  chats: {
    1: { uids: [iris, newcomer], messages: [{ fromuid: newcomer }, { fromuid: iris, system: 1 }] },
    2: { uids: [iris, newcomer, stranger] },
    3: { shared: true },
  },
});

let gateway: Awaited<ReturnType<typeof startGateway>>;
let content: Forum;
let forum: ReturnType<typeof startForum>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(() => {
  content = forumNow();
  forum = startForum(content, settingsAt(gateway.origin));
  gateway.answers(() => ({ may: 'yes', words: 'Yes.' }));
});

const refuse = (may: string, when: (body: Record<string, unknown>) => boolean = () => true) =>
  gateway.answers(({ body }) =>
    when(body) ? { may, words: `Said: ${may}.` } : { may: 'yes', words: 'Yes.' },
  );
const bodies = () => gateway.asked.map(({ body }) => body);
const topic = (uid: number | string, more = {}) =>
  forum.fire('filter:topic.post', { uid, cid: 2, title: 'A title', content: 'Words.', ...more });
const reply = (uid: number | string, more = {}) =>
  forum.fire('filter:topic.reply', { uid, tid: 1, content: 'Words.', ...more });
const message = (fromuid: number, roomId: number, more = {}) =>
  forum.fire('filter:messaging.save', { fromuid, roomId, content: 'Words.', ...more });

describe('rooms', () => {
  it('are asked about by the category, with the account’s sub and the token', async () => {
    await topic(newcomer);
    await topic(newcomer, { cid: 7 });
    expect(bodies()).toEqual([
      { sub: 'sub-newcomer', room: 'square', act: 'post' },
      { sub: 'sub-newcomer', room: 'council', act: 'post' },
    ]);
    expect(gateway.asked[0]).toMatchObject({ path: '/platform/acts', bearer: `Bearer ${token}` });
  });

  it('refuse in the gateway’s words, with the address of what one can do', async () => {
    refuse('needs-answerable');
    await expect(topic(stranger)).rejects.toThrow(
      `Said: needs-answerable. What you can do: ${url}/answerable`,
    );
    expect(bodies()[0]?.sub).toBeNull();
    refuse('no');
    await expect(topic(newcomer)).rejects.toThrow(/^Said: no\.$/);
  });

  it.each([
    ['a guest', 0],
    ['somebody on another server', 'https://elsewhere.example/users/x'],
    ['a spider', -1],
    ['a uid that is a text of another shape', '3abc'],
  ])('take %s for nobody that is answerable', async (_, uid) => {
    content.accounts['https://elsewhere.example/users/x'] = { username: 'x', sub: 'sub-x', runsIt: true };
    await topic(uid);
    expect(bodies()).toEqual([{ sub: null, room: 'square', act: 'post' }]);
  });

  it('have one for everything of other servers', async () => {
    await topic(newcomer, { cid: 'https://elsewhere.example/category/1' });
    await topic(newcomer, { cid: -1 });
    expect(bodies().map(({ room }) => room)).toEqual(['world', 'world']);
  });

  it('do not hold those who run the forum, so that it can be run', async () => {
    gateway.answers(() => undefined);
    await topic(mona);
    await reply(mona);
    expect(gateway.asked).toEqual([]);
  });

  it('hold an edit as they hold a post, and what waits in the queue', async () => {
    refuse('no');
    const edited = { uid: newcomer, data: { pid: 3, content: 'Other words.' }, post: {} };
    await expect(forum.fire('filter:post.edit', edited)).rejects.toThrow('Said: no.');
    expect(bodies()[0]).toMatchObject({ room: 'council', act: 'post' });
    const queued = { type: 'topic', uid: newcomer, data: { cid: 7, title: 'T', content: 'W' } };
    await expect(forum.fire('filter:post-queue.save', queued)).rejects.toThrow('Said: no.');
    const answer = { type: 'reply', uid: newcomer, data: { tid: 2, content: 'W' } };
    await expect(forum.fire('filter:post-queue.save', answer)).rejects.toThrow('Said: no.');
    expect(bodies().at(-1)).toMatchObject({ room: 'council', act: 'reply' });
  });

  it('hold an upload when it is done, and not when its button is drawn', async () => {
    refuse('needs-answerable');
    const privilege = (more: object) =>
      forum.fire('filter:privileges:isAllowedTo', { uid: stranger, cid: 0, allowed: [true], ...more });
    await expect(privilege({ privilege: ['upload:post:image'] })).rejects.toThrow('Said: needs-answerable.');
    await expect(privilege({ privilege: ['upload:post:file'] })).rejects.toThrow('Said: needs-answerable.');
    expect(bodies()[0]).toEqual({ sub: null, room: 'pictures', act: 'upload' });
    gateway.answers(() => undefined);
    await privilege({ privilege: ['upload:post:image', 'chat'], allowed: [true, true] });
    await privilege({ privilege: ['chat'] });
    await privilege({ privilege: ['upload:post:image'], uid: 'registered-users' });
    await privilege({ privilege: ['upload:post:image'], allowed: [false] });
    expect(gateway.asked).toEqual([]);
  });

  it('ask about accounts from before by their uid, and once more without where they are not known', async () => {
    forum = startForum(content, { ...settingsAt(gateway.origin), earlier: true });
    gateway.answers(({ body }) =>
      body.account === '4' ? { code: 'account_unknown' } : { may: 'yes', words: 'Yes.' },
    );
    await topic(stranger);
    expect(bodies()).toEqual([
      { sub: null, account: '4', room: 'square', act: 'post' },
      { sub: null, room: 'square', act: 'post' },
    ]);
    await topic(newcomer);
    expect(bodies()[2]).toEqual({ sub: 'sub-newcomer', room: 'square', act: 'post' });
  });
});

describe('wishes and blocks', () => {
  it('of whoever began the topic and of whoever is answered are asked about', async () => {
    content.posts[2] = { uid: gone, tid: 1 };
    await reply(newcomer, { toPid: 2 });
    expect(bodies().slice(1)).toEqual(
      expect.arrayContaining([
        { sub: 'sub-newcomer', room: 'square', act: 'reply', to: 'sub-iris' },
        { sub: 'sub-newcomer', room: 'square', act: 'reply', to: 'sub-gone' },
      ]),
    );
  });

  it.each([
    'hello @iris',
    'hello @Iris.',
    '(@iris)',
    'in a quotation\n> @iris wrote',
    'of another server: @<span>iris</span>',
  ])('of whoever is mentioned are asked about: %s', async (text) => {
    refuse('knock', ({ act }) => act === 'mention');
    await expect(topic(newcomer, { content: text })).rejects.toThrow(`${url}/answerable/iris`);
    await expect(topic(newcomer, { title: text })).rejects.toThrow('Said: knock.');
    const edited = { uid: stranger, data: { pid: 3, content: text }, post: {} };
    await expect(forum.fire('filter:post.edit', edited)).rejects.toThrow('Said: knock.');
  });

  it('are not asked about for oneself, nor of members with nobody behind them', async () => {
    await reply(iris, { content: 'I, @iris, and @stranger, and @nobody.' });
    expect(bodies()).toEqual([{ sub: 'sub-iris', room: 'square', act: 'reply' }]);
  });

  it('let through whom the member wrote to first, in a reply or between the two, and only then', async () => {
    refuse('knock', ({ to, inTouch }) => to === 'sub-iris' && !inTouch);
    await expect(reply(newcomer)).rejects.toThrow('Said: knock.');
    expect(bodies().some(({ inTouch }) => inTouch)).toBe(false);
    content.posts[9] = { uid: newcomer, tid: 2 };
    content.posts[10] = { uid: iris, tid: 2, toPid: 9 };
    await reply(newcomer);
    delete content.posts[10];
    await expect(message(newcomer, 1)).rejects.toThrow('Said: knock.');
    content.chats[1]!.messages!.push({ fromuid: iris });
    await message(newcomer, 1);
    await reply(newcomer);
  });

  it('say nothing of who was blocked: named or not, the words are the same', async () => {
    refuse('knock', ({ to }) => to === 'sub-iris');
    const said = await Promise.all([newcomer, gone].map((uid) => reply(uid).catch(({ message: m }) => m)));
    expect(new Set(said).size).toBe(1);
  });

  it('hold nobody back from a member who has left', async () => {
    refuse('no', ({ to }) => to === 'sub-iris');
    await reply(newcomer);
  });

  it('hold a chat, when it is opened and at each message, for every member in it', async () => {
    refuse('needs-answerable', ({ to, act }) => to === 'sub-iris' && act === 'message');
    const asked = { uid: stranger, toUid: iris };
    // The profile takes only words of this kind for a "no".
    await expect(forum.fire('static:messaging.canMessageUser', asked)).rejects.toThrow(
      /^\[\[error:answerable, Said: needs-answerable\. What you can do: https:.*\]\]$/,
    );
    await expect(message(stranger, 2)).rejects.toThrow('Said: needs-answerable.');
    expect(bodies()[1]).toMatchObject({ room: 'letters', act: 'message', sub: null });
    await message(stranger, 2, { system: 1 });
  });

  it('hold a mention in a chat that is open to many, and an edit where the account may not write', async () => {
    refuse('knock', ({ act }) => act === 'mention');
    await message(newcomer, 3);
    await expect(message(newcomer, 3, { content: 'hello @iris' })).rejects.toThrow('Said: knock.');
    refuse('no');
    const edited = { content: 'W', caller: { uid: newcomer } };
    await expect(forum.fire('filter:messaging.edit', edited)).rejects.toThrow('Said: no.');
    await expect(forum.fire('filter:messaging.edit', { content: 'W' })).rejects.toThrow('Said: no.');
  });

  it('cannot be asked about for more members than can be asked about', async () => {
    for (let uid = 100; uid < 160; uid += 1)
      content.accounts[uid] = { username: `m${uid}`, sub: `sub-${uid}` };
    const many = Object.values(content.accounts).map(({ username }) => `@${username}`);
    await expect(topic(newcomer, { content: many.join(' ') })).rejects.toThrow('at most 20 members');
    const names = Array.from({ length: 101 }, (_, n) => `@x${n}`);
    await expect(topic(newcomer, { content: names.join(' ') })).rejects.toThrow('at most 100 names');
    content.chats[4] = { uids: Object.keys(content.accounts).map(Number) };
    await expect(message(newcomer, 4)).rejects.toThrow('more than 50 members');
  });
});

describe('a gateway that is away', () => {
  it.each([
    ['cuts the connection', undefined],
    ['answers no JSON', 'nothing'],
    ['answers another thing', { hello: true }],
    ['answers a number', '1'],
    ['answers more than anybody reads', `{"may":"yes","words":"${'x'.repeat(70_000)}"}`],
    ['does not take the token', { code: 'unauthorised', status: 401 }],
  ])('and %s lets nobody write, in kind words', async (_, answer) => {
    gateway.answers(() => answer);
    await expect(topic(newcomer)).rejects.toThrow(/cannot ask just now.*try again in a few minutes/);
    await expect(reply(stranger)).rejects.toThrow('cannot ask just now');
    await expect(message(newcomer, 1)).rejects.toThrow('cannot ask just now');
    gateway.answers(() => ({ may: 'yes', words: 'Yes.' }));
    await topic(newcomer);
  });

  it('follows no redirect with the token', async () => {
    const other = await startGateway();
    gateway.answers(() => ({ redirect: `${other.origin}/platform/acts` }));
    await expect(topic(newcomer)).rejects.toThrow('cannot ask just now');
    expect(other.asked).toEqual([]);
    await other.close();
  });

  it('puts no mark of NodeBB and no tag into a page', async () => {
    gateway.answers(() => ({ may: 'no', words: '<b>[[global:home]]</b> & "x"' }));
    await expect(topic(newcomer)).rejects.toThrow(/^[^<>[\]&"]*$/);
  });

  it('does not know the account any more: it signs in again', async () => {
    gateway.answers(() => ({ code: 'account_unknown' }));
    await expect(topic(newcomer)).rejects.toThrow('sign in again');
  });
});

describe('settings', () => {
  const right = () => settingsAt('https://gateway.example');
  it.each([
    ['nothing', undefined, 'answerable'],
    ['a list', [], 'answerable'],
    ['no token', { ...right(), token: undefined }, 'token'],
    ['a short token', { ...right(), token: 'short' }, 'token'],
    ['a gateway over plain http elsewhere', { ...right(), gateway: 'http://gateway.example' }, 'gateway'],
    ['a gateway with a path', { ...right(), gateway: 'https://gateway.example/x' }, 'gateway'],
    ['no room for the rest', { ...right(), otherwise: undefined }, 'otherwise'],
    ['no room for messages', { ...right(), messages: '' }, 'messages'],
    ['a category that is no number', { ...right(), rooms: { general: 'square' } }, 'rooms'],
    ['a closed room that is none', { ...right(), closed: 'council' }, 'closed'],
    ['a room that is none', { ...right(), rooms: { 1: 'The Square' } }, 'rooms'],
    ['a strategy that is a path', { ...right(), strategy: '../x' }, 'strategy'],
    ['a field too many', { ...right(), open: true }, 'open'],
  ])('with %s let nobody write, and the log names the field and no value', async (_, raw, field) => {
    forum = startForum(content, raw);
    await forum.load();
    expect(forum.log).toEqual([expect.stringContaining(`(${field})`)]);
    expect(forum.log.join()).not.toContain(token);
    await expect(topic(newcomer)).rejects.toThrow('cannot ask just now');
    await topic(mona);
  });

  it('that name a room which the policy does not have are said in the log', async () => {
    gateway.answers(() => ({ policy: { rooms: [{ id: 'square' }, { id: 'letters' }, { id: 'world' }] } }));
    await forum.load();
    expect(forum.log).toEqual([expect.stringContaining('no room "council", "pictures"')]);
  });
});
