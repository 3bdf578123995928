/** Rooms that are not open to read, at a NodeBB. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startForum } from './testing/forum.ts';
import { startGateway } from './testing/gateway.ts';

const [member, barred, stranger, admin] = [2, 3, 4, 5];
const settings = (gateway: string) => ({
  gateway,
  token: 'the-token-of-the-forum-with-thirty-two-characters',
  strategy: 'town',
  rooms: { 7: 'council' },
  closed: ['council'],
  otherwise: 'square',
  messages: 'square',
  uploads: 'square',
});
const accounts = {
  [member]: { username: 'member', sub: 'sub-member' },
  [barred]: { username: 'barred', sub: 'sub-barred' },
  [stranger]: { username: 'stranger' },
  [admin]: { username: 'admin', runsIt: true },
};
let gateway: Awaited<ReturnType<typeof startGateway>>;
let forum: ReturnType<typeof startForum>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(() => {
  forum = startForum({ accounts, topics: {}, posts: {}, chats: {} }, settings(gateway.origin));
  gateway.answers(({ body }) => ({
    may: body.sub === 'sub-member' ? 'yes' : 'needs-answerable',
    words: 'W.',
  }));
});
const allowed = async (uid: number | string | undefined, more: object = {}) => {
  const asked = { privilege: 'topics:read', uid, cid: [2, 7], allowed: [true, true], ...more };
  return (await forum.fire('filter:privileges:isAllowedTo', asked)) as { allowed: boolean[] };
};

it('are read by whom the gateway says, and nothing is asked of the others', async () => {
  expect((await allowed(member)).allowed).toEqual([true, true]);
  expect((await allowed(barred)).allowed).toEqual([true, false]);
  expect(gateway.asked.map(({ body }) => body)).toEqual([
    { sub: 'sub-member', room: 'council', act: 'read' },
    { sub: 'sub-barred', room: 'council', act: 'read' },
  ]);
});

it.each([
  ['a stranger', stranger],
  ['a guest', 0],
  ['a guest, as a text', '0'],
  ['a search engine', -1],
  ['another server', -2],
  ['an account without a number', undefined],
  ['an account with an empty one', ''],
  ['somebody on another server', 'https://elsewhere.example/users/x'],
])('are closed to %s', async (_, uid) => {
  expect((await allowed(uid)).allowed).toEqual([true, false]);
});

it.each(['find', 'read', 'topics:read'])(
  'are closed for %s, also beside other privileges',
  async (privilege) => {
    const asked = { privilege: ['topics:reply', privilege], cid: 7, allowed: [true, true] };
    expect((await allowed(stranger, asked)).allowed).toEqual([true, false]);
  },
);

it('are not asked about for groups, whose names the pages about privileges bring', async () => {
  expect((await allowed('registered-users')).allowed).toEqual([true, true]);
  expect(gateway.asked).toEqual([]);
});

it('open to nobody whom the forum itself keeps out, and stay open to who runs the forum', async () => {
  expect((await allowed(member, { allowed: [true, false] })).allowed).toEqual([true, false]);
  expect((await allowed(admin)).allowed).toEqual([true, true]);
});

it('are closed while the gateway is away, and no other room is', async () => {
  gateway.answers(() => undefined);
  expect((await allowed(member)).allowed).toEqual([true, false]);
});

it('are asked about once in a request, for each account, and again in the next', async () => {
  const caller = {};
  await Promise.all([allowed(member, { caller }), allowed(member, { caller, privilege: 'find' })]);
  await allowed(stranger, { caller });
  expect(gateway.asked).toHaveLength(2);
  gateway.answers(() => ({ may: 'no', words: 'W.' }));
  expect((await allowed(member, { caller: {} })).allowed).toEqual([true, false]);
});

it('send no notice to who may not read them, however many they are', async () => {
  const uids = [member, stranger, admin, ...Array.from({ length: 120 }, () => stranger)];
  const asked = { privilege: 'topics:read', uids, cid: 7, allowed: uids.map(() => true) };
  const told = (await forum.fire('filter:privileges:isUsersAllowedTo', asked)) as { allowed: boolean[] };
  expect(told.allowed).toHaveLength(uids.length);
  expect(told.allowed.filter(Boolean)).toHaveLength(2);
  const open = { ...asked, cid: 2 };
  gateway.answers(() => undefined);
  expect(await forum.fire('filter:privileges:isUsersAllowedTo', open)).toEqual(open);
});

it('that the settings forgot are said in the log, loudly', async () => {
  const { closed: _, ...forgot } = settings(gateway.origin);
  forum = startForum({ accounts, topics: {}, posts: {}, chats: {} }, forgot);
  const acts = { read: 'answerable', post: 'answerable' };
  gateway.answers(() => ({
    policy: {
      rooms: [
        { id: 'square', acts: { read: 'open' } },
        { id: 'council', acts },
      ],
    },
  }));
  await forum.load();
  expect(forum.log).toEqual([expect.stringContaining('EVERYBODY CAN READ "council"')]);
});
