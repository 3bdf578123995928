/** An account that signed in through a gateway: found there by what cannot be somebody else's, and restricted. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerable } from './answerable.ts';
import { connect } from './connect.ts';
import type { Platform } from './platform.ts';
import { aliceDid, blueskyPassword } from './testing/fake-bluesky.ts';
import { discourseKey, externalId, type FakeDiscourse, fakeDiscourse } from './testing/fake-discourse.ts';
import { type FakeMastodon, fakeMastodon, mastodonToken } from './testing/fake-mastodon.ts';
import { type FakeNodebb, fakeNodebb, nodebbToken } from './testing/fake-nodebb.ts';
import { memoryOfTests } from './testing/fake-platform.ts';

const name = 'town';
const sub = externalId;
const target = `account/${sub}`;
const act = (kind: 'restrict-account' | 'end-restriction', n: number) => ({
  act: String(n).padStart(22, 'A'),
  kind,
  target,
  notice: 'Restricted.',
});

interface Way {
  kind: string;
  begin(): Promise<FakeNodebb | FakeDiscourse | FakeMastodon>;
  connect(origin: string, memory: ReturnType<typeof memoryOfTests>): Platform;
  sought: { handle: string; email?: string };
  stranger: { sub?: string; handle?: string; email?: string };
  address: string;
  restricted(fake: never): boolean;
}
const ways: Way[] = [
  {
    kind: 'nodebb',
    begin: fakeNodebb,
    connect: (origin, memory) =>
      connect({ kind: 'nodebb', name, origin, token: nodebbToken, uid: 1 }, memory),
    sought: { handle: 'whoever_she_was', email: 'eve@mail.example' },
    stranger: { handle: 'eve', email: 'nobody@mail.example' },
    address: '5',
    restricted: ({ state }: FakeNodebb) => state.user.muted,
  },
  {
    kind: 'discourse',
    begin: fakeDiscourse,
    connect: (origin, memory) =>
      connect({ kind: 'discourse', name, origin, token: discourseKey, username: 'desk' }, memory),
    sought: { handle: 'whoever_she_was' },
    stranger: { sub: 'f'.repeat(52), handle: 'eve' },
    address: '5',
    restricted: ({ state }: FakeDiscourse) => state.user.silenced_till !== null,
  },
  {
    kind: 'mastodon',
    begin: async () => {
      const fake = await fakeMastodon();
      fake.accounts.get('1')!.email = 'alice@mail.example';
      return fake;
    },
    connect: (origin, memory) => connect({ kind: 'mastodon', name, origin, token: mastodonToken }, memory),
    sought: { handle: 'alice_1', email: 'alice@mail.example' },
    stranger: { handle: 'alice', email: 'nobody@mail.example' },
    address: '1',
    restricted: ({ accounts }: FakeMastodon) => accounts.get('1')!.silenced,
  },
];

describe.each(ways)('$kind', (way) => {
  let fake: Awaited<ReturnType<Way['begin']>>;
  let memory: ReturnType<typeof memoryOfTests>;
  let platform: Platform;
  beforeEach(async () => {
    fake = await way.begin();
    memory = memoryOfTests();
    platform = way.connect(fake.origin, memory);
  });
  afterEach(() => fake.close());

  it('finds the account once, and by its own number from then on', async () => {
    expect(await platform.account!({ sub, ...way.sought })).toBe(target);
    expect(memory.names.get(target)?.address).toBe(way.address);
    const asked = fake.asked.length;
    expect(await platform.account!({ sub, handle: 'renamed' })).toBe(target);
    // NodeBB is asked each time: an account there can be deleted by its holder, who comes in anew.
    expect(fake.asked).toHaveLength(way.kind === 'nodebb' ? asked + 1 : asked);
  });

  it('does not take somebody who only bears the name for it', async () => {
    const sought = { sub, ...way.sought, ...way.stranger };
    expect(await platform.account!(sought)).toBeUndefined();
    expect(memory.names.size).toBe(0);
  });

  it('restricts and ends that, each once', async () => {
    await platform.account!({ sub, ...way.sought });
    await platform.act(act('restrict-account', 1));
    await platform.act(act('restrict-account', 1));
    expect(way.restricted(fake as never)).toBe(true);
    expect(fake.changes()).toHaveLength(1);
    await platform.act(act('end-restriction', 2));
    await platform.act(act('end-restriction', 2));
    expect(way.restricted(fake as never)).toBe(false);
    expect(fake.changes()).toHaveLength(2);
  });

  it('says when the platform is away or the token is not taken, and remembers nothing of that', async () => {
    fake.mood = { status: 401 };
    await expect(platform.account!({ sub, ...way.sought })).rejects.toMatchObject({ code: 'unauthorised' });
    fake.mood = { page: 502 };
    await expect(platform.account!({ sub, ...way.sought })).rejects.toMatchObject({ code: 'unavailable' });
    expect(memory.names.size).toBe(0);
  });
});

describe('nodebb: whom its sign-in plugin let in', () => {
  const begin = async () => {
    const fake = await fakeNodebb();
    const memory = memoryOfTests();
    const settings = { kind: 'nodebb', name, origin: fake.origin, token: nodebbToken, uid: 1 } as const;
    return { fake, memory, platform: connect(settings, memory) };
  };

  it('is found by the word it was told, whatever they changed their name and address to', async () => {
    const { fake, memory, platform } = await begin();
    fake.letIn.set(sub, 7);
    expect(await platform.account!({ sub, handle: 'eve', email: 'eve@mail.example' })).toBe(target);
    expect(memory.names.get(target)?.address).toBe('7');
    expect(fake.asked[0]!.path).toContain(`/oauth2-multiple/provider/${name}/user/${sub}`);
    await fake.close();
  });

  it('who deleted that account and came in anew is found in the new one; what was done to the old ends with it', async () => {
    const { fake, memory, platform } = await begin();
    fake.letIn.set(sub, 7);
    expect(await platform.account!({ sub, handle: 'x' })).toBe(target);
    await platform.act(act('restrict-account', 1));
    fake.letIn.set(sub, 9);
    const again = (await platform.account!({ sub, handle: 'x' }))!;
    expect([again === target, memory.names.get(again)?.address]).toEqual([false, '9']);
    const ban = { act: 'B'.repeat(22), kind: 'suspend-account', target: again, notice: '' } as const;
    await platform.act(ban);
    expect(fake.changes().at(-1)).toMatch(/^PUT \/api\/v3\/users\/9\/ban/);
    await fake.close();
  });

  it('is never found by a name alone, which somebody else may bear', async () => {
    const { fake, memory, platform } = await begin();
    expect(await platform.account!({ sub, handle: 'eve' })).toBeUndefined();
    expect(memory.names.size).toBe(0);
    await fake.close();
  });

  it('is found by the address that was made for them, if the token is a moderator’s', async () => {
    const { fake, memory, platform } = await begin();
    fake.letIn.set(sub, 7);
    Object.assign(fake.state.self, { isAdmin: false, isGlobalModerator: true });
    expect(await platform.account!({ sub, handle: 'x', email: 'eve@mail.example' })).toBe(target);
    expect(memory.names.get(target)?.address).toBe('5');
    await fake.close();
  });
});

describe('a name that was somebody’s before there was a gateway', () => {
  it('is not enough where two accounts begin alike', async () => {
    const fake = await fakeMastodon();
    const memory = memoryOfTests();
    const platform = connect({ kind: 'mastodon', name, origin: fake.origin, token: mastodonToken }, memory);
    expect(await platform.account!({ sub, handle: 'ali' })).toBeUndefined();
    expect(await platform.account!({ sub, handle: 'bob@city.example' })).toBeUndefined();
    expect(await platform.account!({ sub, handle: 'alice' })).toBe(target);
    await fake.close();
  });
});

describe('platforms that know the word of the gateway, or were told it', () => {
  it('a forum of the protocol: the word itself', async () => {
    const forum = answerable({ name, origin: 'http://localhost:9', connectorToken: 't'.repeat(40) });
    expect(await forum.account!({ sub, handle: 'x' })).toBe(target);
  });

  it('Bluesky: only an account whose DID was kept', async () => {
    const memory = memoryOfTests();
    const settings = { kind: 'bluesky', name, origin: 'http://localhost:9' } as const;
    const server = connect({ ...settings, adminPassword: blueskyPassword }, memory);
    expect(await server.account!({ sub, handle: 'alice' })).toBeUndefined();
    await memory.keepNames([{ locator: target, platform: name, address: aliceDid, url: null }]);
    expect(await server.account!({ sub, handle: 'alice' })).toBe(target);
  });
});
