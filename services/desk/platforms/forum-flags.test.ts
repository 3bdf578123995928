/** Flags from Discourse and NodeBB: the same report, once, and nothing of who flagged. */
import { foreignLocator, foreignSub } from '@answerable/connector/foreign-name';
import {
  discourseKey,
  type FakeDiscourse,
  fakeDiscourse,
} from '@answerable/connector/testing/fake-discourse';
import { type FakeNodebb, fakeNodebb, nodebbToken } from '@answerable/connector/testing/fake-nodebb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator } from '../testing/desk-world.ts';
import { cases, caseWith, everything, hub, name, webhookSecret } from './testing/report-scene.ts';

describe('Discourse', () => {
  let fake: FakeDiscourse;
  let world: DeskWorld;
  let a: Moderator;
  beforeAll(async () => {
    fake = await fakeDiscourse();
    const settings = {
      kind: 'discourse',
      name,
      origin: fake.origin,
      token: discourseKey,
      username: 'desk',
    } as const;
    world = await deskWorld('desk-of-discourse', { platform: { ...settings, webhookSecret }, gateway: null });
    a = await world.signIn('Moderator A');
  });
  afterAll(async () => {
    await world.close();
    await fake.close();
  });
  const flagged = (more: object = {}) => ({
    reviewable: {
      id: 41,
      type: 'ReviewableFlaggedPost',
      post_id: 10,
      created_by: { id: 8, username: 'whoever' },
      reviewable_scores: [
        { id: 1, score_type: { id: 4, title: 'Inappropriate' }, user: { username: 'whoever' } },
      ],
      ...more,
    },
  });
  const post = async (value: object, { event = 'reviewable_created', secret = webhookSecret } = {}) => {
    const body = JSON.stringify(value);
    const headers = {
      'content-type': 'application/json',
      'x-discourse-event-type': 'reviewable',
      'x-discourse-event': event,
      'x-discourse-event-signature': hub(body, secret),
    };
    return (await fetch(`${world.origin}/platforms/discourse`, { method: 'POST', headers, body })).status;
  };

  it('a flag is a report of the post, once; what stands there the platform says', async () => {
    expect(await post(flagged())).toBe(200);
    expect(await post(flagged())).toBe(200);
    const locator = foreignLocator('post', name, '10');
    await expect.poll(async () => (await caseWith(a, locator))?.items[0].seen).toBe('platform');
    const view = await caseWith(a, locator);
    expect(view).toMatchObject({ reasons: ['abuse'], reportCount: 1 });
    expect(view.items[0]).toMatchObject({ text: 'Words & more', author: foreignSub(name, '5') });
    expect(await everything(world)).not.toContain('whoever');
  });
  it('names a post by its address where there is no number', async () => {
    await post(flagged({ id: 42, post_id: undefined, target_url: `${fake.origin}/t/a-topic/3/2` }));
    expect(await caseWith(a, foreignLocator('post', name, '12'))).toBeDefined();
  });
  it.each([
    ['another secret', 403, () => post(flagged({ id: 50 }), { secret: 'other' })],
    ['no post at all', 400, () => post(flagged({ id: 50, post_id: undefined }))],
    [
      'a post on another site',
      400,
      () => post(flagged({ id: 50, post_id: undefined, target_url: 'https://other.example/p/1' })),
    ],
    ['a user to approve: nothing happens', 200, () => post(flagged({ id: 50, type: 'ReviewableUser' }))],
    [
      'another event: nothing happens',
      200,
      () => post(flagged({ id: 50 }), { event: 'reviewable_transitioned_to' }),
    ],
  ])('%s', async (_what, status, sent) => {
    const before = await cases(a);
    expect(await sent()).toBe(status);
    expect(await cases(a)).toBe(before);
  });
});

it('NodeBB is asked for its flags, each once', async () => {
  const fake: FakeNodebb = await fakeNodebb();
  const settings = { kind: 'nodebb', name, origin: fake.origin, token: nodebbToken, uid: 1 } as const;
  fake.flags.push({
    flagId: 3,
    type: 'post',
    targetId: 10,
    reports: [
      { value: 'Rude', timestamp: 1 },
      { value: 'Very rude', timestamp: 2 },
    ],
  });
  const world = await deskWorld('desk-of-nodebb', { platform: settings, gateway: null });
  try {
    const a = await world.signIn('Moderator A');
    const locator = foreignLocator('post', name, '10');
    await expect.poll(async () => (await caseWith(a, locator))?.reportCount).toBe(2);
    fake.mood = { page: 503 };
    world.clock.advance({ minutes: 2 });
    await world.desk.tick();
    fake.mood = 'well';
    fake.flags.push({ flagId: 4, type: 'user', targetId: 5, reports: [{ value: 'A bully', timestamp: 3 }] });
    world.clock.advance({ minutes: 2 });
    await world.desk.tick();
    const account = `account/${foreignSub(name, '5')}`;
    await expect.poll(async () => (await caseWith(a, account))?.reportCount).toBe(1);
    const view = await caseWith(a, locator);
    expect(view.reportCount).toBe(2);
    expect(view.reports.map((one: { statement: string }) => one.statement).sort()).toEqual([
      'Rude',
      'Very rude',
    ]);
  } finally {
    await world.close();
    await fake.close();
  }
});
