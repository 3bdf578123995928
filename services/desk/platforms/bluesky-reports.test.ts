/** Reports from accounts of the AT Protocol: the same report, once, and nothing of who sent it. */
import { foreignLocator, foreignSub } from '@answerable/connector/foreign-name';
import {
  aliceDid,
  blueskyPassword,
  type FakeBluesky,
  fakeBluesky,
  postUri,
} from '@answerable/connector/testing/fake-bluesky';
import { type Served, serve } from '@answerable/kit/serve';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator } from '../testing/desk-world.ts';
import { cases, caseWith, everything, name } from './testing/report-scene.ts';
import { accountKey, jwt } from './testing/service-jwt.ts';

describe('the AT Protocol', () => {
  const serviceDid = 'did:web:desk.example';
  const method = 'com.atproto.moderation.createReport';
  const reporter = 'did:plc:bbbbbbbbbbbbbbbbbbbbbbbb';
  const key = accountKey('ES256K');
  let fake: FakeBluesky;
  let resolver: Served;
  let world: DeskWorld;
  let a: Moderator;
  let document: (of: string) => object;
  beforeEach(() => {
    document = (of) => ({
      id: of,
      verificationMethod: [
        { id: `${of}#atproto`, type: 'Multikey', controller: of, publicKeyMultibase: key.multibase },
      ],
    });
  });
  beforeAll(async () => {
    fake = await fakeBluesky();
    const directory = new Hono();
    directory.get('/:did', (c) =>
      c.req.param('did').includes('zzz')
        ? c.json({ message: 'no' }, 404)
        : c.json(document(c.req.param('did'))),
    );
    resolver = await serve(directory, { port: 0 });
    const settings = { kind: 'bluesky', name, origin: fake.origin, adminPassword: blueskyPassword } as const;
    const reports = { serviceDid, resolver: resolver.origin };
    world = await deskWorld('desk-of-bluesky', { platform: { ...settings, reports }, gateway: null });
    a = await world.signIn('Moderator A');
  });
  afterAll(async () => {
    await world.close();
    await fake.close();
    await resolver.close();
  });
  const seconds = () => Math.floor(world.clock.now().getTime() / 1000);
  const token = (change: object = {}, by = key) =>
    jwt(
      { alg: 'ES256K', typ: 'JWT' },
      { iss: reporter, aud: serviceDid, lxm: method, exp: seconds() + 60, jti: 'one', ...change },
      by,
    );
  const subject = { $type: 'com.atproto.repo.strongRef', uri: postUri, cid: 'bafy' };
  const reportOf = (more: object = {}) => ({
    reasonType: 'tools.ozone.report.defs#reasonHarassmentHateSpeech',
    reason: 'Hateful',
    subject,
    modTool: { name: 'bsky-app/android' },
    ...more,
  });
  const send = async (authorization: string, body: object = reportOf()) => {
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(`${world.origin}/xrpc/${method}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  };

  it('a report is answered as the lexicon has it, is one report however often it comes, and its sender is not kept', async () => {
    const first = await send(`Bearer ${token()}`);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ reportedBy: reporter, subject, reasonType: reportOf().reasonType });
    expect(Number.isSafeInteger(first.body.id)).toBe(true);
    expect((await send(`Bearer ${token()}`)).body.id).toBe(first.body.id);
    const locator = foreignLocator('post', name, postUri);
    await expect.poll(async () => (await caseWith(a, locator))?.items[0].seen).toBe('platform');
    const view = await caseWith(a, locator);
    expect(view).toMatchObject({ reasons: ['hate'], reportCount: 1 });
    expect(view.items[0].author).toBe(foreignSub(name, aliceDid));
    const all = await everything(world);
    expect(all).toContain('Hateful');
    expect(all).not.toContain(reporter);
  });
  it('of an account', async () => {
    const repo = { $type: 'com.atproto.admin.defs#repoRef', did: aliceDid };
    expect((await send(`Bearer ${token({ jti: 'two' })}`, reportOf({ subject: repo }))).status).toBe(200);
    expect(await caseWith(a, `account/${foreignSub(name, aliceDid)}`)).toBeDefined();
  });
  const stranger = (n: string) => `did:plc:${n.repeat(24)}`;
  it.each([
    ['no token', 401, () => send('')],
    ['a token for another service', 401, () => send(`Bearer ${token({ aud: 'did:web:other.example' })}`)],
    [
      'a token for another method',
      401,
      () => send(`Bearer ${token({ lxm: 'com.atproto.server.getSession' })}`),
    ],
    ['a token that ended', 401, () => send(`Bearer ${token({ exp: seconds() - 1 })}`)],
    ['a token signed with another key', 401, () => send(`Bearer ${token({}, accountKey('ES256K'))}`)],
    [
      'a token in the name of somebody else',
      401,
      () => {
        document = (of) => ({
          id: of,
          verificationMethod: [
            {
              id: '#atproto',
              type: 'Multikey',
              controller: of,
              publicKeyMultibase: accountKey('ES256K').multibase,
            },
          ],
        });
        return send(`Bearer ${token({ iss: stranger('c') })}`);
      },
    ],
    [
      'a document of somebody else',
      401,
      () => {
        document = () => ({
          id: reporter,
          verificationMethod: [
            { id: '#atproto', type: 'Multikey', controller: reporter, publicKeyMultibase: key.multibase },
          ],
        });
        return send(`Bearer ${token({ iss: stranger('d') })}`);
      },
    ],
    [
      'a document without a key',
      401,
      () => {
        document = (of) => ({ id: of });
        return send(`Bearer ${token({ iss: stranger('e') })}`);
      },
    ],
    ['an account that nobody knows', 401, () => send(`Bearer ${token({ iss: stranger('z') })}`)],
    [
      'a subject that is none',
      400,
      () => send(`Bearer ${token()}`, reportOf({ subject: { $type: 'other' } })),
    ],
    [
      'a subject at another address',
      400,
      () => send(`Bearer ${token()}`, reportOf({ subject: { ...subject, uri: 'https://other.example/1' } })),
    ],
    [
      'an appeal by this door',
      403,
      () => send(`Bearer ${token()}`, reportOf({ reasonType: 'com.atproto.moderation.defs#reasonAppeal' })),
    ],
  ])('refused: %s', async (_sin, status, sent) => {
    const before = await cases(a);
    expect((await sent()).status).toBe(status);
    expect(await cases(a)).toBe(before);
  });
});
