/** When a NodeBB starts, its gateway hears which accounts there were before; and of no others. */
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startForum } from './testing/forum.ts';
import { startGateway } from './testing/gateway.ts';

const token = 'the-token-of-the-forum-with-thirty-two-characters';
const rooms = { otherwise: 'square', messages: 'square', uploads: 'square' };
const before = Date.now() - 86_400_000;
const accounts = () => ({
  1: { username: 'admin', runsIt: true, joined: before },
  2: { username: 'Iris', sub: 'sub-iris', joined: before },
  3: { username: 'Zoë Marlowe', joined: before },
  4: { username: 'zoe_marlowe', joined: before },
  5: { username: 'Al', joined: before },
  6: { username: 'since', joined: Date.now() + 86_400_000 },
});
let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.answers(() => ({ added: 3, known: 0, taken: 0 })));

const starting = async (earlier = true, there: Record<string, object> = accounts()) => {
  const content = { accounts: there as never, topics: {}, posts: {}, chats: {} };
  const forum = startForum(content, { gateway: gateway.origin, token, strategy: 'town', ...rooms, earlier });
  await forum.load();
  return forum;
};
const told = () => gateway.asked.filter(({ path }) => path === '/platform/claims/accounts');
const toldOf = (n: number) => (told()[n]?.body.accounts ?? []) as { account: string; handle: string }[];

it('accounts with nobody behind them, by number and name; not who runs it, nor who joined since', async () => {
  await starting();
  await expect.poll(() => told().length).toBe(1);
  expect(told()[0]!.bearer).toBe(`Bearer ${token}`);
  expect(toldOf(0)).toEqual([
    { account: '3', handle: 'zoe_marlowe' },
    { account: '4', handle: 'zoe_marlowe' },
    { account: '5', handle: 'member_5' },
  ]);
});

it('where names are somebody’s already, once more with the number behind them', async () => {
  gateway.answers(() => ({ added: 2, known: 0, taken: 1 }));
  await starting();
  await expect.poll(() => told().length).toBe(2);
  expect(toldOf(1).map(({ handle }) => handle)).toEqual(['zoe_marlowe_3', 'zoe_marlowe_4', 'member_5_5']);
});

it('a name of full length stays within it', async () => {
  gateway.answers(() => ({ added: 0, known: 0, taken: 1 }));
  await starting(true, { 31: { username: 'a'.repeat(40), joined: before } });
  await expect.poll(() => told().length).toBe(2);
  expect(toldOf(1)).toEqual([{ account: '31', handle: `${'a'.repeat(27)}_31` }]);
});

it('many in several calls', async () => {
  const many = Array.from({ length: 250 }, (_, n) => [n + 1, { username: `m ${n}`, joined: before }]);
  await starting(true, Object.fromEntries(many));
  await expect.poll(() => told().length).toBe(3);
  expect(told().flatMap((_, n) => toldOf(n))).toHaveLength(250);
});

it('nobody, where the settings do not say so', async () => {
  const forum = await starting(false);
  expect(told()).toEqual([]);
  expect(forum.log.join()).not.toMatch(/from before/);
});

it('a gateway that is away is said in the log, and told a minute later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  gateway.answers(() => undefined);
  const forum = await starting();
  await vi.waitFor(() => expect(forum.log.join()).toMatch(/could not be told/));
  gateway.answers(() => ({ added: 3, known: 0, taken: 0 }));
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  await expect.poll(() => told().length).toBe(1);
});

it('a policy without a day for it is said in the log, and not asked again', async () => {
  gateway.answers(({ method }) => (method === 'POST' ? { code: 'claim_over' } : {}));
  const forum = await starting();
  await expect.poll(() => forum.log.join()).toMatch(/no "claim"/);
  expect(told()).toHaveLength(1);
});
