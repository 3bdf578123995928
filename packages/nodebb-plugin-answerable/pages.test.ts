/** What a member says at a NodeBB for the gateway to keep. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startForum } from './testing/forum.ts';
import { startGateway } from './testing/gateway.ts';

const token = 'the-token-of-the-forum-with-thirty-two-characters';
const [iris, loud, stranger] = [2, 3, 4];
const ok = { ok: true };
let gateway: Awaited<ReturnType<typeof startGateway>>;
let forum: ReturnType<typeof startForum>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  const accounts = {
    [iris]: { username: 'Iris', sub: 'sub-iris' },
    [loud]: { username: 'loud', sub: 'sub-loud' },
    [stranger]: { username: 'stranger' },
  };
  forum = startForum(
    { accounts, topics: {}, posts: {}, chats: {} },
    {
      gateway: gateway.origin,
      token,
      strategy: 'town',
      otherwise: 'square',
      messages: 'square',
      uploads: 'square',
    },
  );
  gateway.answers(() => ({}));
  await forum.load();
  gateway.answers(() => ok);
  session = {};
});
let session: Record<string, unknown>;
const says = (uid: number, say: string, userslug = 'loud') =>
  forum.post('/answerable/:userslug', { uid, session, params: { userslug }, body: { say } });
const mine = (uid: number) => forum.show('/answerable', { uid, session, path: '/answerable' });
const member = (uid: number, userslug: string) =>
  forum.show('/answerable/:userslug', {
    uid,
    session,
    path: `/answerable/${userslug}`,
    params: { userslug },
  });

it('wishes are kept at the gateway; a box that is not ticked is not sent', async () => {
  const body = { reply: 'on', message: 'on' };
  expect(await forum.post('/answerable', { uid: iris, session, body })).toBe('/answerable');
  expect(gateway.asked).toEqual([
    {
      method: 'PUT',
      path: '/platform/accounts/sub-iris/wishes',
      bearer: `Bearer ${token}`,
      body: { reply: true, mention: false, message: true },
    },
  ]);
});

it.each([
  ['block', '/platform/blocks', { owner: 'sub-iris', blocked: 'sub-loud' }, ok],
  ['unblock', '/platform/blocks/removal', { owner: 'sub-iris', blocked: 'sub-loud' }, ok],
  ['knock', '/platform/knocks', { from: 'sub-iris', to: 'sub-loud' }, { knock: 'held' }],
])('%s is said for the member who is signed in', async (say, path, body, answer) => {
  gateway.answers(() => answer);
  expect(await says(iris, say)).toBe('/answerable/loud');
  expect(gateway.asked).toMatchObject([{ path, body }]);
  expect(await member(iris, 'stranger')).not.toHaveProperty(say);
  expect(await member(iris, 'loud')).toMatchObject({ [say]: true });
  expect(await member(iris, 'loud')).not.toHaveProperty(say);
});

it.each([
  ['somebody with nobody behind them', stranger, 'block', 'loud'],
  ['a guest', 0, 'block', 'loud'],
  ['oneself', loud, 'block', 'loud'],
  ['an account with nobody behind it', iris, 'block', 'stranger'],
  ['an account that is not there', iris, 'knock', 'nobody'],
  ['a word that is none', iris, 'keepWishes', 'loud'],
])('nothing is told of %s', async (_, uid, say, userslug) => {
  expect(await says(uid, say, userslug)).toBe('/answerable');
  expect(gateway.asked).toEqual([]);
});

it('a gateway that is away is said, and nothing is claimed to be done', async () => {
  gateway.answers(() => undefined);
  expect(await says(iris, 'block')).toBe('/answerable/loud');
  expect(await member(iris, 'loud')).toMatchObject({ undone: true });
  expect(await forum.post('/answerable', { uid: iris, session })).toBe('/answerable');
  expect(await mine(iris)).toMatchObject({ answerable: true, wishes: undefined, undone: true });
});

it('one’s own page shows the wishes and where the wallet is; a stranger’s, how to join', async () => {
  const wishes = { reply: true, mention: false, message: false };
  gateway.answers(({ path }) =>
    path.endsWith('/wishes') ? { wishes, guarded: true } : { reach: 'https://wallet.example/#/reach' },
  );
  const shown = await mine(iris);
  expect(shown).toMatchObject({ answerable: true, wishes, wallet: 'https://wallet.example/#/reach' });
  expect(JSON.stringify(shown)).not.toMatch(/guarded|sub-iris|the-token/);
  expect(await mine(0)).toMatchObject({
    answerable: false,
    loggedIn: false,
    join: '/auth/town',
  });
});

it('a wallet’s address that is no address is not shown', async () => {
  gateway.answers(() => ({ reach: 'javascript:alert(1)' }));
  expect((await mine(iris)).wallet).toBeUndefined();
});

it('a member’s page is for members; of an account with nobody behind it, it says so', async () => {
  expect(await member(iris, 'loud')).toMatchObject({ template: 'answerable-member', answerable: true });
  expect(await member(iris, 'stranger')).toMatchObject({ answerable: false });
  expect(await member(stranger, 'loud')).toEqual({ to: '/answerable' });
  expect(await member(iris, 'nobody')).toEqual({ next: true });
});

it('an address does not say that something was done', async () => {
  const query = { done: 'block' };
  const shown = await forum.show('/answerable/:userslug', {
    uid: iris,
    query,
    session,
    path: '/answerable/loud',
    params: { userslug: 'loud' },
  });
  expect(shown).not.toHaveProperty('block');
});

it('profiles lead there, of members with somebody behind them', async () => {
  const linked = async (uid: number, callerUID: number) => {
    const links: { route: string; name: string }[] = [];
    await forum.fire('filter:user.profileMenu', { uid, callerUID, links });
    return links.map(({ route, name }) => `${route}: ${name}`);
  };
  expect(await linked(loud, iris)).toEqual(['answerable: Block this person, or knock']);
  expect(await linked(loud, loud)).toEqual(['answerable: Who may reach you']);
  expect(await linked(stranger, iris)).toEqual([]);
  const leads = await forum.show('/user/:userslug/answerable', { uid: iris, params: { userslug: 'loud' } });
  expect(leads).toEqual({ to: '/answerable/loud' });
});
