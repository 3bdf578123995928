/** Reports from Mastodon and from other servers of the Fediverse: the same report, once, and nothing of who sent it. */
import { foreignLocator, foreignSub } from '@answerable/connector/foreign-name';
import {
  type FakeMastodon,
  fakeMastodon,
  mastodonToken,
  statusOf,
} from '@answerable/connector/testing/fake-mastodon';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator } from '../testing/desk-world.ts';
import { actorDocument, type FediverseServer, fediverseServer } from './testing/fediverse-server.ts';
import { cases, caseWith, everything, hub, name, webhookSecret } from './testing/report-scene.ts';

describe('Mastodon', () => {
  let fake: FakeMastodon;
  let world: DeskWorld;
  let a: Moderator;
  let remote: FediverseServer;
  beforeAll(async () => {
    fake = await fakeMastodon();
    const settings = {
      kind: 'mastodon',
      name,
      origin: fake.origin,
      token: mastodonToken,
      webhookSecret,
    } as const;
    let clockOf = () => new Date();
    remote = await fediverseServer(() => clockOf());
    const fediverse = { accept: [remote.host, 'lies.example'] };
    world = await deskWorld('desk-of-mastodon', { platform: { ...settings, fediverse }, gateway: null });
    clockOf = () => world.clock.now();
    a = await world.signIn('Moderator A');
  });
  afterAll(async () => {
    await world.close();
    await fake.close();
    await remote.close();
  });
  const reporter = { id: '7', acct: 'bobisaburger', email: 'bob@mail.example' };
  const reportOf = (id: string, statuses: object[], more: object = {}) => ({
    event: 'report.created',
    created_at: '2026-11-23T08:00:00.000Z',
    object: {
      id,
      category: 'violation',
      comment: 'Please look',
      account: { ...reporter, account: reporter },
      target_account: { id: '1', account: statusOf('1', { id: '1', acct: 'alice' }).account },
      statuses,
      rules: [{ id: '2', text: 'Be kind' }],
      ...more,
    },
  });
  const post = async (value: unknown, signature?: string, raw?: string) => {
    const body = raw ?? JSON.stringify(value);
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (signature !== '') headers['x-hub-signature'] = signature ?? hub(body);
    return (await fetch(`${world.origin}/platforms/mastodon`, { method: 'POST', headers, body })).status;
  };
  const alice = { id: '1', acct: 'alice' };

  it('a report with its posts opens a case that can be decided at once', async () => {
    expect(await post(reportOf('500', [statusOf('10', alice)]))).toBe(200);
    const view = await caseWith(a, foreignLocator('post', name, '10'));
    expect(view).toMatchObject({ reasons: ['abuse'], reportCount: 1 });
    expect(view.items[0]).toMatchObject({ seen: 'platform', author: foreignSub(name, '1') });
    expect(view.items[0].text).toContain('Words of 10 & more');
    expect(view.reports[0].statement).toBe('Please look\nRule: Be kind');
    expect(view.beside.platform.links[0].url).toContain('/@alice/10');
  });
  it('the same report again is the same report, and another of the same post one case', async () => {
    const before = await cases(a);
    await post(reportOf('500', [statusOf('10', alice)]));
    await post(reportOf('501', [statusOf('10', alice)]));
    const view = await caseWith(a, foreignLocator('post', name, '10'));
    expect(view.reportCount).toBe(2);
    expect(await cases(a)).toBe(before);
  });
  it('a report without posts is about the account', async () => {
    await post(reportOf('502', []));
    expect(await caseWith(a, `account/${foreignSub(name, '1')}`)).toBeDefined();
  });
  it('an address that is no web address becomes no link', async () => {
    const status = { ...statusOf('31', alice), url: 'javascript:alert(1)' };
    expect(await post(reportOf('503', [status]))).toBe(200);
    const view = await caseWith(a, foreignLocator('post', name, '31'));
    expect(view.beside.platform.links).toEqual([]);
  });
  it('keeps nothing of who reported', async () => {
    const all = await everything(world);
    expect(all).toContain('Please look');
    for (const word of ['bobisaburger', 'bob@mail.example', foreignSub(name, '7')])
      expect(all).not.toContain(word);
  });
  it('other events are taken, and nothing happens', async () => {
    const before = await cases(a);
    expect(await post({ event: 'account.created', object: { id: '1' } })).toBe(200);
    expect(await cases(a)).toBe(before);
  });
  it.each([
    ['no signature', 403, () => post(reportOf('900', []), '')],
    [
      'another secret',
      403,
      () => post(reportOf('900', []), hub(JSON.stringify(reportOf('900', [])), 'other')),
    ],
    ['the signature of another body', 403, () => post(reportOf('900', []), hub('{}'))],
    ['another algorithm', 403, () => post(reportOf('900', []), hub('{}').replace('sha256', 'sha1'))],
    ['no JSON', 400, () => post(null, undefined, 'x')],
    ['no report', 400, () => post({ event: 'report.created', object: {} })],
    ['an id that is none', 400, () => post(reportOf('x/../y', []))],
    [
      '101 posts',
      400,
      () =>
        post(
          reportOf(
            '900',
            Array.from({ length: 101 }, () => statusOf('10', alice)),
          ),
        ),
    ],
  ])('refused: %s', async (_sin, status, sent) => {
    const before = await cases(a);
    expect(await sent()).toBe(status);
    expect(await cases(a)).toBe(before);
  });

  describe('a Flag from another server', () => {
    const flag = (
      id: string,
      object: unknown = [`${fake.origin}/@alice`, `${fake.origin}/@alice/20`],
      more: object = {},
    ) => ({
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${remote.actor.replace('/actor', '')}/flags/${id}`,
      type: 'Flag',
      actor: remote.actor,
      content: 'From elsewhere',
      object,
      ...more,
    });
    type Change = NonNullable<Parameters<FediverseServer['send']>[3]>;
    const send = (activity: object, change?: Change) =>
      remote.send(world.origin, world.config.origin, activity, change);
    beforeEach(() => {
      remote.document = actorDocument;
    });

    it('is a report of the post; what stands there the platform says', async () => {
      expect(await send(flag('1'))).toBe(202);
      expect(await send(flag('1'))).toBe(202);
      expect(remote.asked).toBe(1);
      const locator = foreignLocator('post', name, '20');
      await expect.poll(async () => (await caseWith(a, locator))?.items[0].seen).toBe('platform');
      const view = await caseWith(a, locator);
      expect(view.items).toHaveLength(1);
      expect(view.reportCount).toBe(1);
      expect(view.reports[0].statement).toBe('From elsewhere');
      expect(await everything(world)).not.toContain(remote.actor);
    });
    it('something else is taken, and nothing happens', async () => {
      const before = await cases(a);
      expect(await send({ ...flag('2'), type: 'Like' })).toBe(202);
      expect(await cases(a)).toBe(before);
    });
    const lie = (document: FediverseServer['document'], keyPath: string) => {
      remote.document = document;
      return send(flag('9'), { keyId: `${remote.actor}?${keyPath}#main-key` });
    };
    it.each([
      ['another body than was signed', 403, () => send(flag('9'), { body: JSON.stringify(flag('10')) })],
      [
        'two hours old',
        403,
        () => send(flag('9'), { date: new Date(world.clock.now().getTime() - 7_200_000) }),
      ],
      [
        'in the name of another actor',
        403,
        () => send({ ...flag('9'), actor: 'https://other.example/actor' }),
      ],
      ['with an id of another server', 400, () => send({ ...flag('9'), id: 'https://other.example/1' })],
      ['about something that is not ours', 400, () => send(flag('9', ['https://other.example/@eve/1']))],
      ['about nothing', 400, () => send(flag('9', []))],
      [
        'from a host that is not accepted',
        403,
        () => send(flag('9'), { keyId: 'https://other.example/actor#main-key' }),
      ],
      [
        'with a key inside the network',
        403,
        () => send(flag('9'), { keyId: 'https://10.0.0.1/actor#main-key' }),
      ],
      [
        'with a key that its document does not name',
        403,
        () => lie((actor, pem) => actorDocument(actor, pem), 'a'),
      ],
      [
        'with a key of another owner',
        403,
        () =>
          lie(
            (actor, pem) => ({
              id: actor,
              publicKey: { id: `${actor}?b#main-key`, owner: 'https://other.example/a', publicKeyPem: pem },
            }),
            'b',
          ),
      ],
      [
        'with an actor of another host',
        403,
        () =>
          lie(
            (actor, pem) => ({
              id: 'https://lies.example/a',
              publicKey: { id: `${actor}?c#main-key`, owner: 'https://lies.example/a', publicKeyPem: pem },
            }),
            'c',
          ),
      ],
      [
        'with a key that is none',
        403,
        () =>
          lie(
            (actor) => ({
              id: actor,
              publicKey: { id: `${actor}?d#main-key`, owner: actor, publicKeyPem: 'MIIB' },
            }),
            'd',
          ),
      ],
    ])('refused: %s', async (_sin, status, sent) => {
      const before = await cases(a);
      expect(await sent()).toBe(status);
      expect(await cases(a)).toBe(before);
    });
    it('says who the desk is, to who looks for it', async () => {
      const found = await (
        await fetch(`${world.origin}/.well-known/webfinger?resource=acct:desk@localhost:1`)
      ).json();
      expect(found.links[0].href).toBe('http://localhost:1/platforms/activitypub/actor');
      const actor = await (await fetch(`${world.origin}/platforms/activitypub/actor`)).json();
      expect(actor).toMatchObject({
        type: 'Service',
        inbox: 'http://localhost:1/platforms/activitypub/inbox',
      });
      expect(
        (await fetch(`${world.origin}/.well-known/webfinger?resource=acct:eve@localhost:1`)).status,
      ).toBe(404);
    });
  });
});
