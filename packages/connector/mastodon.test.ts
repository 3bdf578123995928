/** Contract-tested, not run: against a fake written from Mastodon's documentation. */
import { itemSnapshot } from '@answerable/protocol/report/report';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foreignLocator, foreignSub } from './foreign-name.ts';
import { mastodon } from './mastodon.ts';
import type { ActKind } from './platform.ts';
import { type FakeMastodon, fakeMastodon, mastodonToken } from './testing/fake-mastodon.ts';
import { memoryOfTests } from './testing/fake-platform.ts';

const platform = 'town';
const alice = `account/${foreignSub(platform, '1')}`;
const bob = `account/${foreignSub(platform, '2')}`;
const post = foreignLocator('post', platform, '10');
const page = foreignLocator('page', platform, '1');

let fake: FakeMastodon;
let memory: ReturnType<typeof memoryOfTests>;
const adapter = () =>
  mastodon({ kind: 'mastodon', name: platform, origin: fake.origin, token: mastodonToken }, memory);
let n = 0;
const act = (kind: ActKind, target: string, notice = 'Words') => {
  n += 1;
  return { act: String(n).padStart(22, 'A'), kind, target, notice };
};

beforeEach(async () => {
  fake = await fakeMastodon();
  memory = memoryOfTests();
  await memory.keepNames(
    [
      [alice, '1'],
      [bob, '2'],
      [post, '10'],
      [page, '1'],
    ].map(([locator, address]) => ({ locator: locator!, platform, address: address!, url: null })),
  );
});
afterEach(() => fake.close());

describe('accounts', () => {
  it('of this server are frozen once, and thawed again', async () => {
    const suspend = act('suspend-account', alice);
    expect(await adapter().act(suspend)).toEqual({ done: true, could: '' });
    expect(await adapter().act(suspend)).toEqual({ done: true, could: '' });
    expect(fake.accounts.get('1')?.disabled).toBe(true);
    expect(fake.changes()).toEqual(['POST /api/v1/admin/accounts/1/action']);
    expect(fake.asked.at(1)?.body).toBe('');
    expect(fake.asked.find((one) => one.method === 'POST')?.body).toEqual({
      type: 'disable',
      send_email_notification: false,
    });
    await adapter().act(act('restore-account', alice));
    await adapter().act(act('restore-account', alice));
    expect(fake.accounts.get('1')?.disabled).toBe(false);
    expect(fake.changes()).toHaveLength(2);
  });
  it('of another server are limited', async () => {
    await adapter().act(act('suspend-account', bob));
    expect(fake.accounts.get('2')).toMatchObject({ silenced: true, suspended: false });
    await adapter().act(act('restore-account', bob));
    expect(fake.accounts.get('2')).toMatchObject({ silenced: false });
  });
  it('that somebody else had frozen before stay so when we undo', async () => {
    fake.accounts.get('1')!.disabled = true;
    await adapter().act(act('suspend-account', alice));
    await adapter().act(act('restore-account', alice));
    expect(fake.accounts.get('1')?.disabled).toBe(true);
    expect(fake.changes()).toEqual([]);
  });
  it('as pages are limited, then suspended, and restored from both', async () => {
    await adapter().act(act('hold-page', page));
    expect(fake.accounts.get('1')).toMatchObject({ silenced: true, suspended: false });
    await adapter().act(act('shut-page', page));
    expect(fake.accounts.get('1')).toMatchObject({ suspended: true });
    await adapter().act(act('restore-page', page));
    expect(fake.accounts.get('1')).toMatchObject({ silenced: false, suspended: false, disabled: false });
  });
});

describe('an act whose answer is lost', () => {
  it('is done once, and undone to what was before', async () => {
    fake.mood = 'loses-answers';
    const suspend = act('suspend-account', alice);
    await expect(adapter().act(suspend)).rejects.toMatchObject({ code: 'unavailable' });
    fake.mood = 'well';
    const answers = [await adapter().act(suspend), await adapter().act(suspend)];
    expect(answers.every((one) => one.done)).toBe(true);
    expect(fake.changes()).toHaveLength(1);
    await adapter().act(act('restore-account', alice));
    expect(fake.accounts.get('1')?.disabled).toBe(false);
  });
  it('sends private words once', async () => {
    const tell = act('tell-account', alice, 'Please read https://desk.example/x');
    await adapter().act(tell);
    await adapter().act(tell);
    expect(fake.sent).toEqual([
      { status: '@alice Please read https://desk.example/x', visibility: 'direct' },
    ]);
  });
});

it('writes an e-mail, once, to whom it has frozen out of their messages', async () => {
  await adapter().act(act('suspend-account', alice));
  const tell = act('tell-account', alice, 'You are suspended. Read why.');
  await adapter().act(tell);
  await adapter().act(tell);
  expect(fake.mails).toEqual(['You are suspended. Read why.']);
  expect(fake.sent).toEqual([]);
});

describe('what Mastodon cannot do', () => {
  it.each(['hide-item', 'restore-item', 'slow-replies', 'keep-as-memorial'] as const)('%s', async (kind) => {
    const answer = await adapter().act(act(kind, kind.endsWith('item') ? post : alice));
    expect(answer.done).toBe(false);
    expect(answer.could).toMatch(/\w+ \w+/);
    expect(fake.asked).toEqual([]);
  });
  it('act on what nobody has named', async () => {
    expect((await adapter().act(act('suspend-account', 'account/unknown'))).done).toBe(false);
    expect(fake.asked).toEqual([]);
  });
  it('bring back what is gone', async () => {
    await adapter().act(act('suspend-account', alice));
    fake.accounts.delete('1');
    expect(await adapter().act(act('restore-account', alice))).toMatchObject({ done: false });
    expect(await adapter().act(act('suspend-account', alice))).toMatchObject({ done: true });
  });
});

describe('things as they are', () => {
  it('a post, in plain words, with its author’s name kept', async () => {
    const item = itemSnapshot.parse(await adapter().item(post));
    expect(item).toMatchObject({
      kind: 'post',
      locator: post,
      author: foreignSub(platform, '1'),
      text: 'Words of 10 & more.\nNext line',
    });
    expect(memory.names.get(alice)?.address).toBe('1');
  });
  it('a page with its own record', async () => {
    const record = await adapter().pageRecord(page);
    expect(record.page).toMatchObject({ kind: 'page', locator: page });
    expect(record.posts.map((one) => memory.names.get(one.locator)?.address)).toEqual(['11', '12']);
  });
  it.each([
    ['/@alice/10', 'post', post],
    [`/${'users'}/alice/statuses/10`, 'post', post],
    ['/@alice', 'post', alice],
    ['/@alice', 'page', page],
    ['/@nobody', 'post', undefined],
    ['/about', 'post', undefined],
  ] as const)('the address %s as a %s', async (path, kind, locator) => {
    expect(await adapter().locate(fake.origin + path, kind)).toBe(locator);
  });
  it('an address on another server is none of ours, and nobody is asked', async () => {
    expect(await adapter().locate('https://evil.example/@alice/10', 'post')).toBeUndefined();
    expect(await adapter().locate(`${fake.origin}.evil.example/@alice/10`, 'post')).toBeUndefined();
    expect(fake.asked).toEqual([]);
  });
});

describe('check', () => {
  it('says as whom, and which rights are missing', async () => {
    expect(await adapter().check()).toEqual({ reached: true, as: 'desk', missing: [] });
    fake.permissions = '16';
    expect((await adapter().check()).missing).toEqual(['Manage Users', 'the scope admin:read:accounts']);
    fake.permissions = '1';
    expect((await adapter().check()).missing).toEqual([]);
  });
  it('knows a wrong token from a platform that is away', async () => {
    fake.mood = { status: 401 };
    expect(await adapter().check()).toEqual({ reached: true, as: null, missing: ['The access token'] });
    fake.mood = { page: 503 };
    expect(await adapter().check()).toEqual({ reached: false, as: null, missing: [] });
  });
});
