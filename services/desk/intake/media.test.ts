/** Pictures over HTTP: sent by anybody, seen by those who work here, and by nobody as anything but a picture. */

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, snapshot } from '../testing/desk-world.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';
import { jpegAndPage, notPictures, withPlace } from '../testing/hostile-pictures.ts';

let world: DeskWorld;
let a: Moderator;

beforeAll(async () => {
  world = await deskWorld('desk-media');
  a = await world.signIn('Moderator A');
});
afterAll(() => world.close());

async function upload(bytes: Buffer, type = 'application/octet-stream') {
  const headers = { 'content-type': type };
  const body = new Uint8Array(bytes);
  const response = await fetch(`${world.origin}/media`, { method: 'POST', headers, body });
  return { status: response.status, body: await response.json() };
}
const seen = (path: string, cookie = a.cookie) =>
  fetch(world.origin + path, { headers: { cookie, accept: 'application/json' } });

describe('a picture with a report', () => {
  let hash = '';

  it('is sent first and attached by its hash; the case shows it to be looked at', async () => {
    const { status, body } = await upload(await withPlace());
    expect(status).toBe(201);
    expect(body).toEqual({ hash: expect.stringMatching(/^[\w-]{43}$/), width: 64, height: 48 });
    ({ hash } = body);
    const media = [{ hash, kind: 'video-still' as const, description: 'as the reporter says' }];
    const links = ['https://elsewhere.example/copy'];
    expect((await world.report([snapshot('post/m1', null)], { media, links })).status).toBe(201);
    const { shown } = (await world.caseOf(a, 'post/m1')).beside;
    expect(shown.pictures).toEqual([
      { hash, kind: 'video-still', width: 64, height: 48, description: '', describedBy: null },
    ]);
    expect(shown.links).toEqual(links);
  });

  it.each([
    ['', false],
    ['/blurred', true],
  ])('leaves at /media/…%s as a picture, in a sandbox, to be kept and not run', async (path, grey) => {
    const answer = await seen(`/media/${hash}${path}`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    });
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${hash.slice(0, 12)}.jpg"`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const { channels } = await sharp(bytes).stats();
    const means = new Set(channels.map((one) => Math.round(one.mean)));
    expect(means.size === 1).toBe(grey);
    expect(bytes.includes('canary')).toBe(false);
  });

  it('that the platform shows in an item stays with the case; one that it only names is named', async () => {
    const here = { hash, kind: 'picture' as const, description: '' };
    const named = { hash: 'B'.repeat(43), kind: 'picture' as const, description: 'a cat' };
    const item = { ...snapshot('post/m2', null), media: [here, named] };
    expect((await world.report([item], {}, connectorToken)).status).toBe(201);
    const { shown } = (await world.caseOf(a, 'post/m2')).beside;
    expect(shown.pictures).toMatchObject([{ hash }]);
    expect(shown.named).toEqual([{ ...named, locator: 'post/m2' }]);
  });

  it('is described by a moderator, in words that stay words', async () => {
    const description = 'A red square \u202Egpj <b>';
    const answer = await a.post(`/media/${hash}/description`, { description });
    expect(answer.status).toBe(200);
    const { caseId, beside } = await world.caseOf(a, 'post/m1');
    expect(beside.shown.pictures).toMatchObject([{ description, describedBy: 'Moderator A' }]);
    const page = await (
      await fetch(`${world.origin}/cases/${caseId}`, { headers: { cookie: a.cookie } })
    ).text();
    expect(page).toContain('A red square gpj &lt;b&gt;');
    const posted = await a.form(`/media/${hash}/description`, { description: 'A red square', case: caseId });
    expect([posted.status, posted.headers.get('location')]).toEqual([303, `/cases/${caseId}`]);
  });

  it('is shown to nobody who does not work here, nor to those who work in other queues', async () => {
    for (const path of [`/media/${hash}`, `/media/${hash}/blurred`])
      expect((await fetch(world.origin + path)).status).toBe(401);
    const elsewhere = await world.signIn('Elsewhere', ['moderator'], ['appeals']);
    expect((await seen(`/media/${hash}`, elsewhere.cookie)).status).toBe(403);
    expect((await elsewhere.post(`/media/${hash}/description`, { description: 'x' })).status).toBe(403);
    const here = await world.signIn('Here', ['moderator'], ['content']);
    expect((await seen(`/media/${hash}`, here.cookie)).status).toBe(200);
  });

  it('is not described by a stranger, an observer, or a form of elsewhere', async () => {
    const path = `/media/${hash}/description`;
    const send = (headers: Record<string, string>) =>
      fetch(world.origin + path, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ description: 'x' }),
      });
    expect((await send({})).status).toBe(401);
    expect((await send({ cookie: a.cookie })).status).toBe(403);
    const observer = await world.signIn('Observer', ['observer']);
    expect((await observer.post(path, { description: 'x' })).status).toBe(403);
  });

  it('that nobody attached is gone after a day; one that is shown stays', async () => {
    const { body: unused } = await upload(await jpegAndPage());
    world.clock.advance({ days: 2 });
    // The first may have begun before the clock was moved.
    await world.desk.tick();
    await world.desk.tick();
    const later = await world.signIn('Moderator A');
    expect((await seen(`/media/${unused.hash}`, later.cookie)).status).toBe(404);
    expect((await seen(`/media/${hash}`, later.cookie)).status).toBe(200);
  });
});

describe('what is no picture', () => {
  it.each(Object.entries(notPictures))('%s is refused, whatever it calls itself', async (_, bytes) => {
    const { status, body } = await upload(bytes, 'image/jpeg');
    expect([status, body.code]).toEqual([400, 'picture_refused']);
  });

  it('a body larger than a picture may be is not read', async () => {
    const { status, body } = await upload(Buffer.alloc(9_000_000));
    expect([status, body.code]).toEqual([413, 'body_too_large']);
  });

  it('a wrong token is refused; the platform’s is not counted as a stranger’s', async () => {
    const send = async (token: string) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg' };
      const body = new Uint8Array(await withPlace());
      return (await fetch(`${world.origin}/media`, { method: 'POST', headers, body })).status;
    };
    expect(await send('x'.repeat(40))).toBe(401);
    expect(await send(connectorToken)).toBe(201);
  });
});
