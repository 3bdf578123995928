/** Contract-tested, not run: every adapter that can hide a post, against a fake written from its documentation. */
import { itemSnapshot } from '@answerable/protocol/report/report';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import { foreignLocator, foreignSub } from './foreign-name.ts';
import { notThere } from './perform.ts';
import type { ActKind, Platform } from './platform.ts';
import type { PlatformSettings } from './settings.ts';
import {
  aliceDid,
  blueskyPassword,
  type FakeBluesky,
  fakeBluesky,
  listUri,
  postUri,
} from './testing/fake-bluesky.ts';
import { discourseKey, everyoneReads, type FakeDiscourse, fakeDiscourse } from './testing/fake-discourse.ts';
import { type FakeNodebb, fakeNodebb, nodebbToken } from './testing/fake-nodebb.ts';
import { type FakePlatform, memoryOfTests } from './testing/fake-platform.ts';

const name = 'town';
interface Way<F extends FakePlatform> {
  begin(): Promise<F>;
  settings(origin: string): PlatformSettings;
  post: string;
  page: string;
  account: string;
  /** whether post, page and account are put away */
  away(fake: F): [post: boolean, page: boolean, account: boolean];
  putAwayByOthers(fake: F): void;
  told(fake: F): string[];
  text: string;
  web: [path: string, kind: 'post' | 'page', address: string | undefined][];
}

const nodebbWay: Way<FakeNodebb> = {
  begin: fakeNodebb,
  settings: (origin) => ({ kind: 'nodebb', name, origin, token: nodebbToken, uid: 1 }),
  post: '10',
  page: 'topic:3',
  account: '5',
  away: ({ state }) => [state.post.deleted, state.topic.deleted && state.topic.locked, state.user.banned],
  putAwayByOthers: ({ state }) => {
    state.post.deleted = true;
  },
  told: ({ said }) => said.map((one) => one.replace(/ \(\w{8}\)$/, '')),
  text: 'Words & more',
  web: [
    ['/post/10', 'post', '10'],
    ['/topic/3/a-topic/2', 'post', '12'],
    ['/topic/3', 'page', 'topic:3'],
    ['/category/4/talk', 'page', 'category:4'],
    ['/user/eve', 'post', undefined],
  ],
};
const discourseWay: Way<FakeDiscourse> = {
  begin: fakeDiscourse,
  settings: (origin) => ({ kind: 'discourse', name, origin, token: discourseKey, username: 'desk' }),
  post: '10',
  page: 'topic:3',
  account: '5',
  away: ({ state }) => [
    state.post.deleted_at !== null,
    state.topic.deleted_at !== null,
    state.user.suspended_till !== null,
  ],
  putAwayByOthers: ({ state }) => {
    state.post.deleted_at = '2026-01-01T00:00:00.000Z';
  },
  told: ({ sent }) => [...sent.values()].map((one) => one.raw),
  text: 'Words & more',
  web: [
    ['/p/10', 'post', '10'],
    ['/t/a-topic/3/2', 'post', '12'],
    ['/t/a-topic/3', 'page', 'topic:3'],
    ['/c/talk/4', 'page', 'category:4'],
    ['/about', 'post', undefined],
  ],
};
const blueskyWay: Way<FakeBluesky> = {
  begin: fakeBluesky,
  settings: (origin) => ({
    kind: 'bluesky',
    name,
    origin,
    adminPassword: blueskyPassword,
    senderDid: aliceDid,
  }),
  post: postUri,
  page: listUri,
  account: aliceDid,
  away: ({ taken }) => [taken.has(postUri), taken.has(listUri), taken.has(aliceDid)],
  putAwayByOthers: ({ taken }) => {
    taken.set(postUri, 'another');
  },
  told: ({ sent }) => sent.map((one) => one.content),
  text: 'Words & more',
  web: [],
};

const ways = { nodebb: nodebbWay, discourse: discourseWay, bluesky: blueskyWay } as unknown as Record<
  string,
  Way<FakePlatform>
>;

describe.each(Object.entries(ways))('%s', (_kind, way) => {
  const post = foreignLocator('post', name, way.post);
  const page = foreignLocator('page', name, way.page);
  const account = `account/${foreignSub(name, way.account)}`;
  let fake: FakePlatform;
  let memory: ReturnType<typeof memoryOfTests>;
  let platform: Platform;
  let n = 0;
  const act = (kind: ActKind, target: string, notice = 'Words of the desk') => {
    n += 1;
    return { act: String(n).padStart(22, 'A'), kind, target, notice };
  };
  beforeEach(async () => {
    fake = await way.begin();
    memory = memoryOfTests();
    platform = connect(way.settings(fake.origin), memory);
    const names = [
      [post, way.post],
      [page, way.page],
      [account, way.account],
    ] as const;
    await memory.keepNames(
      names.map(([locator, address]) => ({ locator, platform: name, address, url: null })),
    );
  });
  afterEach(() => fake.close());

  const pairs: [hide: ActKind, target: string, restore: ActKind, n: 0 | 1 | 2][] = [
    ['hide-item', post, 'restore-item', 0],
    ['shut-page', page, 'restore-page', 1],
    ['suspend-account', account, 'restore-account', 2],
  ];
  it.each(pairs)('%s: once, however often it is asked, and undone', async (hide, target, restore, at) => {
    const asked = act(hide, target);
    expect(await platform.act(asked)).toEqual({ done: true, could: '' });
    const changes = fake.changes().length;
    expect(await platform.act(asked)).toEqual({ done: true, could: '' });
    expect(fake.changes()).toHaveLength(changes);
    expect(way.away(fake)[at]).toBe(true);
    const undo = act(restore, target);
    await platform.act(undo);
    await platform.act(undo);
    expect(way.away(fake)[at]).toBe(false);
  });

  it('loses an answer, and nothing is done twice', async () => {
    const asked = act('hide-item', post);
    fake.mood = 'loses-answers';
    await expect(platform.act(asked)).rejects.toMatchObject({ code: 'unavailable' });
    fake.mood = 'well';
    await platform.act(asked);
    await platform.act(asked);
    expect(way.away(fake)[0]).toBe(true);
    expect(fake.changes()).toHaveLength(1);
    const undo = act('restore-item', post);
    await platform.act(undo);
    expect(way.away(fake)[0]).toBe(false);
  });

  it('had hidden it before: it stays hidden when we undo', async () => {
    way.putAwayByOthers(fake);
    await platform.act(act('hide-item', post));
    await platform.act(act('restore-item', post));
    expect(way.away(fake)[0]).toBe(true);
    expect(fake.changes()).toEqual([]);
  });

  it('is told private words once', async () => {
    const tell = act('tell-account', account, 'Please read https://desk.example/x');
    await platform.act(tell);
    await platform.act(tell);
    expect(way.told(fake)).toEqual(['Please read https://desk.example/x']);
  });

  it('asks a person to write to whom it has shut out, or writes by e-mail', async () => {
    await platform.act(act('suspend-account', account));
    const { done } = await platform.act(act('tell-account', account));
    expect(way.told(fake)).toHaveLength(done ? 1 : 0);
    expect(done).toBe(way === ways.bluesky);
  });

  it('shows a post as it is, by whom, and a page’s record', async () => {
    const item = itemSnapshot.parse(await platform.item(post));
    expect(item).toMatchObject({
      kind: 'post',
      locator: post,
      author: foreignSub(name, way.account),
      text: way.text,
    });
    expect(memory.names.get(account)?.address).toBe(way.account);
    const record = await platform.pageRecord(page);
    expect(itemSnapshot.parse(record.page)).toMatchObject({ kind: 'page', locator: page });
    for (const one of record.posts) expect(memory.names.has(itemSnapshot.parse(one).locator)).toBe(true);
    expect(itemSnapshot.parse(await platform.item(account))).toMatchObject({
      kind: 'account',
      locator: account,
    });
  });

  it('with a wrong token is reached and says what is missing', async () => {
    fake.mood = { status: 401 };
    expect(await platform.check()).toMatchObject({ reached: true, as: null });
    expect((await platform.check()).missing).toHaveLength(1);
    fake.mood = 'well';
    expect((await platform.check()).as).not.toBeNull();
  });

  it('knows its own web addresses', async () => {
    for (const [path, kind, address] of way.web) {
      const locator = await platform.locate(fake.origin + path, kind);
      expect(locator === undefined ? undefined : memory.names.get(locator)?.address, path).toBe(address);
    }
    expect(await platform.locate('https://elsewhere.example/p/10', 'post')).toBeUndefined();
  });

  it('cannot keep a memorial, and says what a person does', async () => {
    expect(await platform.act(act('keep-as-memorial', account))).toMatchObject({ done: false });
    expect(fake.asked).toEqual([]);
  });
});

describe('nodebb', () => {
  it('a category that is not there is said to be gone, though it is answered with 200', async () => {
    const fake = await fakeNodebb();
    const memory = memoryOfTests();
    const platform = connect(nodebbWay.settings(fake.origin), memory);
    await memory.keepNames([{ locator: 'page/c', platform: name, address: 'category:404', url: null }]);
    const hold = { act: 'B'.repeat(22), kind: 'hold-page', target: 'page/c', notice: '' } as const;
    expect(await platform.act(hold)).toEqual({ done: true, could: notThere });
    expect(fake.changes()).toEqual([]);
    await expect(platform.item('page/c')).rejects.toMatchObject({ code: 'not_found' });
    await fake.close();
  });
  it('asks for more flags than its page of twenty, and never for all', async () => {
    const fake = await fakeNodebb();
    const platform = connect(nodebbWay.settings(fake.origin), memoryOfTests());
    for (let flagId = 1; flagId <= 60; flagId += 1)
      fake.flags.push({
        flagId,
        type: 'post',
        targetId: flagId,
        reports: [{ value: 'Rude', timestamp: flagId }],
      });
    const found = await platform.flags!();
    expect(found).toHaveLength(50);
    expect(found[0]!.id).toBe('nodebb/60/60');
    await fake.close();
  });
  it('finds its mark again, though messages come back as Markdown made them', async () => {
    const fake = await fakeNodebb();
    const platform = connect(nodebbWay.settings(fake.origin), {
      ...memoryOfTests(),
      name: async (locator) => ({ locator, platform: name, address: '5', url: null }),
    });
    const act = '_a_b_c__'.padEnd(22, 'd');
    const tell = { act, kind: 'tell-account', target: 'account/a', notice: 'Words' } as const;
    await platform.act(tell);
    await platform.act(tell);
    await platform.act({ ...tell, act: `_${'f'.repeat(6)}_`.padEnd(22, 'd') });
    await platform.act({ ...tell, act: `_${'f'.repeat(6)}_`.padEnd(22, 'd') });
    expect(fake.said).toEqual(['Words (abcddddd)', 'Words (ffffffdd)']);
    await fake.close();
  });
  it('leaves to a person whom its API does not let anybody ban', async () => {
    const fake = await fakeNodebb();
    const memory = memoryOfTests();
    const platform = connect(nodebbWay.settings(fake.origin), memory);
    await memory.keepNames([{ locator: 'account/a', platform: name, address: '1', url: null }]);
    const ban = { act: 'B'.repeat(22), kind: 'suspend-account', target: 'account/a', notice: '' } as const;
    expect(await platform.act(ban)).toMatchObject({ done: false });
    await fake.close();
  });
});

describe('discourse', () => {
  it('slows replies in the topic of a post, and sets the pace back that was there', async () => {
    const fake = await fakeDiscourse();
    const memory = memoryOfTests();
    const platform = connect(discourseWay.settings(fake.origin), memory);
    await memory.keepNames([{ locator: 'post/x', platform: name, address: '10', url: null }]);
    fake.state.topic.slow_mode_seconds = 60;
    const act = { act: 'B'.repeat(22), target: 'post/x', notice: '' };
    await platform.act({ ...act, kind: 'slow-replies' });
    expect(fake.state.topic.slow_mode_seconds).toBe(900);
    await platform.act({ ...act, kind: 'restore-replies' });
    expect(fake.state.topic.slow_mode_seconds).toBe(60);
    await fake.close();
  });
  it('leaves a category to staff, and gives each group back what it had', async () => {
    const fake = await fakeDiscourse();
    const memory = memoryOfTests();
    const platform = connect(discourseWay.settings(fake.origin), memory);
    await memory.keepNames([{ locator: 'page/c', platform: name, address: 'category:4', url: null }]);
    const act = { act: 'B'.repeat(22), target: 'page/c', notice: '' };
    await platform.act({ ...act, kind: 'hold-page' });
    expect(fake.state.permissions).toEqual([{ permission_type: 1, group_name: 'staff' }]);
    await platform.act({ ...act, kind: 'shut-page' });
    await platform.act({ ...act, kind: 'restore-page' });
    expect(fake.state.permissions).toEqual(everyoneReads);
    await fake.close();
  });
  it('shows help once as a notice above the post', async () => {
    const fake = await fakeDiscourse();
    const memory = memoryOfTests();
    const platform = connect(discourseWay.settings(fake.origin), memory);
    await memory.keepNames([{ locator: 'post/x', platform: name, address: '10', url: null }]);
    const help = {
      act: 'C'.repeat(22),
      kind: 'show-help',
      target: 'post/x',
      notice: 'Samaritans: 116 123',
    } as const;
    await platform.act(help);
    await platform.act(help);
    expect(fake.changes()).toEqual(['PUT /posts/10/notice.json']);
    await fake.close();
  });
});

describe('bluesky', () => {
  it('does not guess whether an e-mail went out', async () => {
    const fake = await fakeBluesky();
    const memory = memoryOfTests();
    const platform = connect(blueskyWay.settings(fake.origin), memory);
    await memory.keepNames([{ locator: 'account/a', platform: name, address: aliceDid, url: null }]);
    const tell = { act: 'D'.repeat(22), kind: 'tell-account', target: 'account/a', notice: 'Words' } as const;
    fake.mood = { page: 502 };
    await expect(platform.act(tell)).rejects.toMatchObject({ code: 'unavailable' });
    fake.mood = 'well';
    await memory.keepBefore(`told ${tell.act}`, 'begun');
    expect(await platform.act(tell)).toMatchObject({ done: false });
    expect(fake.sent).toEqual([]);
    await fake.close();
  });
});
