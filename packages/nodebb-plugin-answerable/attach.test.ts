/** An account from before at a NodeBB: to the gateway with it, back by the sign-in, and attached to whom the gateway says. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Forum, startForum, url } from './testing/forum.ts';
import { startGateway } from './testing/gateway.ts';

const token = 'the-token-of-the-forum-with-thirty-two-characters';
const [iris, stranger, short] = [2, 4, 5];
let gateway: Awaited<ReturnType<typeof startGateway>>;
let content: Forum;
let forum: ReturnType<typeof startForum>;
let session: Record<string, unknown>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const begun = async (earlier = true, at = url) => {
  const accounts = {
    [iris]: { username: 'Iris', sub: 'sub-iris' },
    [stranger]: { username: 'Zoë the Stranger' },
    [short]: { username: 'Al' },
  };
  content = { accounts, topics: {}, posts: {}, chats: {} };
  const rooms = { otherwise: 'square', messages: 'square', uploads: 'square' };
  forum = startForum(content, { gateway: gateway.origin, token, strategy: 'town', ...rooms, earlier }, at);
  session = {};
  gateway.answers(() => ({}));
  await forum.load();
};
beforeEach(() => begun());

/** What the gateway knows of one account, and where it sends who brings it. */
const knows = (known: object[] = [], address = `${gateway.origin}/claim/a-code`) =>
  gateway.answers(({ method }) => (method === 'GET' ? { accounts: known } : { address }));
const press = (uid: number) => forum.post('/answerable-attach', { uid, session });
const mine = (uid: number) => forum.show('/answerable', { uid, session, path: '/answerable' });
const back = (strategy = 'town', uid?: number) =>
  forum.get('/auth/:strategy/callback', { params: { strategy }, ...(uid ? { user: { uid } } : {}) });
const asked = () => gateway.asked.map(({ method, path }) => `${method} ${path}`);

describe('to the gateway', () => {
  it('with the account’s number, its name as names are written there, and the way back by the sign-in', async () => {
    knows();
    expect(await press(stranger)).toBe(`${gateway.origin}/claim/a-code`);
    expect(gateway.asked.at(-1)).toMatchObject({
      path: '/platform/claims',
      bearer: `Bearer ${token}`,
      body: { account: '4', handle: 'zoe_the_stranger', returnTo: `${url}/auth/town` },
    });
  });

  it('under the name that the gateway was told before', async () => {
    knows([{ account: '4', handle: 'zoe', sub: null }]);
    await press(stranger);
    expect(gateway.asked.at(-1)!.body).toMatchObject({ account: '4', handle: 'zoe' });
  });

  it('from a forum that lies in a folder of its origin, and back into it', async () => {
    await begun(true, `${url}/talk`);
    knows();
    expect(await press(stranger)).toBe(`${gateway.origin}/claim/a-code`);
    expect(gateway.asked.at(-1)!.body).toMatchObject({ returnTo: `${url}/talk/auth/town` });
    expect(await press(iris)).toBe('/talk/answerable');
  });

  it.each([
    ['who has a person behind them', iris],
    ['who is nobody’s account here', 0],
  ])('nobody goes there %s', async (_who, uid) => {
    knows();
    expect(await press(uid)).toBe('/answerable');
    expect(gateway.asked).toEqual([]);
  });

  it('nobody goes where the gateway does not know accounts from before, and nobody is asked to', async () => {
    await begun(false);
    knows();
    expect(await press(stranger)).toBe('/answerable');
    await back();
    expect(gateway.asked).toEqual([]);
    expect(await mine(stranger)).toMatchObject({ attach: false });
  });

  it.each([
    ['the gateway is away', stranger, () => undefined],
    ['it takes no more claims', stranger, () => ({ code: 'claim_over' })],
    ['the name is somebody’s', stranger, () => ({ accounts: [], code: 'handle_taken' })],
    [
      'the address is not the gateway’s',
      stranger,
      () => ({ accounts: [], address: 'https://evil.example/claim/x' }),
    ],
    ['the name is too short to be one', short, () => ({ accounts: [] })],
  ])('says so if %s', async (_why, uid, answer) => {
    gateway.answers(answer);
    expect(await press(uid)).toBe('/answerable');
    expect(await mine(uid)).toMatchObject({ attach: true, notAttached: true });
    expect(await mine(uid)).not.toHaveProperty('notAttached');
  });
});

describe('back by the sign-in', () => {
  beforeEach(async () => {
    knows();
    await press(stranger);
  });

  it('the account gets the word that the gateway names with it, where the sign-in plugin looks; once', async () => {
    knows([{ account: '4', handle: 'zoe_the_stranger', sub: 'sub-zoe' }]);
    expect(await back()).toBe('next');
    expect(asked()).toEqual(['GET /platform/claims?account=4']);
    expect(content.accounts[stranger]!.sub).toBe('sub-zoe');
    expect(forum.letIn).toEqual({ 'sub-iris': iris, 'sub-zoe': stranger });
    await back();
    expect(asked()).toHaveLength(1);
    expect(await mine(stranger)).toMatchObject({ answerable: true });
  });

  it('nothing before the gateway says so, nor of another account', async () => {
    knows([{ account: '4', handle: 'zoe_the_stranger', sub: null }]);
    expect(await back()).toBe('next');
    knows([{ account: '44', handle: 'x_x', sub: 'sub-other' }]);
    await back();
    gateway.answers(() => undefined);
    expect(await back()).toBe('next');
    expect(content.accounts[stranger]!.sub).toBeUndefined();
    knows([{ account: '4', handle: 'zoe_the_stranger', sub: 'sub-zoe' }]);
    await back();
    expect(content.accounts[stranger]!.sub).toBe('sub-zoe');
  });

  it('never the word of somebody who has an account here', async () => {
    knows([{ account: '4', handle: 'zoe_the_stranger', sub: 'sub-iris' }]);
    await back();
    expect(content.accounts[stranger]!.sub).toBeUndefined();
    expect(forum.letIn).toEqual({ 'sub-iris': iris });
  });

  it('by another way of signing in nothing is asked', async () => {
    knows([{ account: '4', handle: 'zoe_the_stranger', sub: 'sub-zoe' }]);
    expect(await back('github')).toBe('next');
    expect(gateway.asked).toEqual([]);
  });

  it('of many under way the one who comes back is among those looked at', async () => {
    const now = Date.now();
    for (let uid = 100; uid < 160; uid += 1) forum.attaching.push({ value: String(uid), score: now + uid });
    knows([{ account: '4', handle: 'zoe_the_stranger', sub: 'sub-zoe' }]);
    await back('town', stranger);
    expect(asked()).toContain('GET /platform/claims?account=4');
    expect(asked().length).toBeLessThanOrEqual(21);
  });

  it('who never comes is forgotten after an hour', async () => {
    forum.attaching[0]!.score -= 3_700_000;
    await back();
    expect(forum.attaching).toEqual([]);
  });
});
