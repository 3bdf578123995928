/** Whom an adapter takes for the author: as the gateway calls them, so that a decision reaches their person. */
import { describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import { discourseKey, type FakeDiscourse, fakeDiscourse } from './testing/fake-discourse.ts';
import { fakeNodebb, nodebbToken } from './testing/fake-nodebb.ts';
import { memoryOfTests } from './testing/fake-platform.ts';

const name = 'town';
const sub = 'a'.repeat(52);

describe('who wrote something at NodeBB', () => {
  const calls = async (fields: object, more: object = {}) => {
    const fake = await fakeNodebb();
    Object.assign(fake.state.user, fields);
    const memory = memoryOfTests();
    const platform = connect(
      { kind: 'nodebb', name, origin: fake.origin, token: nodebbToken, uid: 1, ...more },
      memory,
    );
    const locator = (await platform.locate(`${fake.origin}/post/12`, 'post'))!;
    const { author } = await platform.item(locator);
    expect(memory.names.get(`account/${author}`)?.address).toBe('5');
    await fake.close();
    return author;
  };

  it('is called as the gateway calls them, if they signed in through it', async () => {
    expect(await calls({ [`${name}Id`]: sub })).toBe(sub);
    expect(await calls({ trialId: sub }, { strategy: 'trial' })).toBe(sub);
  });

  it.each([
    ['another field, which may be its holder’s to write', { otherId: sub }],
    ['a field that holds no such word', { [`${name}Id`]: 'eve' }],
    ['an empty field', { [`${name}Id`]: null }],
  ])('is called by a name of ours, by %s', async (_sin, fields) => {
    const author = await calls(fields);
    expect(author).toMatch(/^[a-z2-7]{52}$/);
    expect(author).not.toBe(sub);
    expect(author).toBe(await calls({}));
  });
});

describe('who wrote something at Discourse', () => {
  const settings = (origin: string) =>
    ({ kind: 'discourse', name, origin, token: discourseKey, username: 'desk' }) as const;
  const calls = async (externalIds: FakeDiscourse['state']['externalIds']) => {
    const fake = await fakeDiscourse();
    fake.state.externalIds = externalIds;
    const memory = memoryOfTests();
    const platform = connect(settings(fake.origin), memory);
    const locator = (await platform.locate(`${fake.origin}/p/12`, 'post'))!;
    const { author } = await platform.item(locator);
    expect(memory.names.get(`account/${author}`)?.address).toBe('5');
    await fake.close();
    return author;
  };

  it('is called as the gateway calls them, if they signed in through it', async () => {
    expect(await calls({ oidc: sub, github: '77' })).toBe(sub);
  });

  it('is asked once for all that they wrote in a topic: Discourse counts questions', async () => {
    const fake = await fakeDiscourse();
    fake.state.externalIds = { oidc: sub };
    const platform = connect(settings(fake.origin), memoryOfTests());
    const locator = (await platform.locate(`${fake.origin}/t/a-topic/3`, 'page'))!;
    const told = () => fake.asked.filter(({ path }) => path.includes('/admin/users/5')).length;
    const before = told();
    const { posts } = await platform.pageRecord(locator);
    expect(posts.map(({ author }) => author)).toEqual([sub, sub]);
    // Once for the topic itself, and once for its posts.
    expect(told() - before).toBe(2);
    await fake.close();
  });

  it.each([
    ['another way of signing in', { github: sub }],
    ['a word that is no `sub`', { oidc: 'eve' }],
    ['nothing', { oidc: null }],
    ['a Discourse that says none', undefined],
  ])('is called by a name of ours, by %s', async (_sin, externalIds) => {
    const author = await calls(externalIds);
    expect(author).toMatch(/^[a-z2-7]{52}$/);
    expect(author).not.toBe(sub);
    expect(author).toBe(await calls({}));
  });
});
