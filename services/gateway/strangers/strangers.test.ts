/** Limits by source: a flood from one stops nobody else, ten people behind one address get in, and nothing is kept. */
import type { PracticeClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { TooOften } from '@answerable/kit/source-limits';
import { stillClock } from '@answerable/kit/testing/still-clock';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browser } from '../testing/browser.ts';
import { clientOf } from '../testing/client.ts';
import { membersOf } from '../testing/members.ts';
import { postJson, type Scene, startScene } from '../testing/scene.ts';
import { answerAsNew } from '../testing/wallet.ts';
import { type Doors, strangersDoors } from './doors.ts';

const atOnce = 120;
const school = '192.0.2.7';
const flooder = '198.51.100.9';
let scene: Scene;
let clock: PracticeClock;
let sign: string;
beforeAll(async () => {
  clock = stillClock();
  scene = await startScene({
    clock,
    proxies: 1,
    others: [
      {
        name: 'town',
        platform: {
          kind: 'bluesky',
          connector: {
            kind: 'bluesky',
            name: 'town',
            origin: 'http://localhost:9',
            adminPassword: 'x'.repeat(32),
          },
          redirectUris: [],
        },
      },
    ],
  });
  const redirect_uri = scene.config.platforms[0]!.redirectUris[0]!;
  const query = { client_id: 'forum', response_type: 'code', scope: 'openid profile', redirect_uri };
  sign = `${scene.config.origin}/oidc/auth?${new URLSearchParams(query)}`;
});
afterAll(() => scene?.close());

const rows = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));
const from = (address: string) => ({ 'x-forwarded-for': `203.0.113.250, ${address}` });
const begin = (address: string, more: Record<string, string> = {}, path = sign) =>
  fetch(path, { headers: { ...from(address), ...more }, redirect: 'manual' });
/** How many of `n` at once came in. */
async function flood(address: string, n: number): Promise<number> {
  const answers = await Promise.all(Array.from({ length: n }, () => begin(address)));
  return answers.filter(({ status }) => status !== 429).length;
}

/** Whatever came back meanwhile is used up. */
async function spent(): Promise<void> {
  while ((await begin(flooder)).status !== 429);
}

describe('a sign-in', () => {
  it('ten people behind one address who come at the same moment all sign up', async () => {
    const redirect_uri = scene.config.platforms[0]!.redirectUris[0]!;
    const query = { client_id: 'forum', response_type: 'code', scope: 'openid', redirect_uri };
    const client = clientOf(scene);
    const join = async (n: number) => {
      const visit = await client.arrive(query, browser(from(school)));
      const chosen = { checkpoint: scene.network.log.checkpoint(), handle: `pupil${n}` };
      const answer = answerAsNew(scene.network.enrol(), visit.request, scene.network.policy, chosen as never);
      return (await client.goOn(visit, answer)).get('code');
    };
    const codes = await Promise.all(Array.from({ length: 10 }, (_, n) => join(n)));
    expect(codes.filter(Boolean)).toHaveLength(10);
  });

  it('a flood from one source is cut off, told when to come again, and stops nobody else', async () => {
    const before = await rows("select 1 from oidc_state where model = 'Interaction'");
    const came = await flood(flooder, atOnce + 20);
    expect(came).toBe(atOnce);
    const kept = await rows("select 1 from oidc_state where model = 'Interaction'");
    expect(kept.length - before.length).toBe(atOnce);
    const turned = await begin(flooder);
    expect([turned.status, await turned.json()]).toMatchObject([429, { code: 'too_many_requests' }]);
    const seconds = Number(turned.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect((await begin('198.51.100.10')).status).toBe(303);
    clock.advance({ seconds });
    expect((await begin(flooder)).status).toBe(303);
  });

  it('control: what is not limited, as this machine itself is not, leaves a row for every visit', async () => {
    const count = async () => (await rows("select 1 from oidc_state where model = 'Interaction'")).length;
    const before = await count();
    await Promise.all(Array.from({ length: atOnce + 5 }, () => fetch(sign, { redirect: 'manual' })));
    expect((await count()) - before).toBe(atOnce + 5);
  });

  it('a browser that comes too often gets a page with kind words, and its way on', async () => {
    await spent();
    const answer = await begin(flooder, { accept: 'text/html' });
    const text = await answer.text();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect(text).toContain('nothing was lost');
    expect(text).toContain('href="/oidc/auth?client_id=forum&amp;');
    expect(text).not.toContain(flooder);
  });

  it.each([
    ['in capitals', '/oidc/AUTH'],
    ['with a slash at the end', '/oidc/auth/'],
    ['by the address that signs out', '/oidc/session/end'],
    ['by the way into a server of the AT Protocol', '/join/town'],
  ])('the limit is not gone around %s', async (_sin, path) => {
    await spent();
    const { search } = new URL(sign);
    const address = `${scene.config.origin}${path}${search}`;
    expect((await begin(flooder, {}, address)).status).toBe(429);
    expect((await begin('198.51.100.10', {}, address)).status).not.toBe(429);
  });

  it('nor by lies about who stands before: only the last proxy is believed', async () => {
    await spent();
    for (const lie of ['10.0.0.1', '127.0.0.1', '']) {
      const headers = { 'x-forwarded-for': `${lie}, ${flooder}` };
      expect((await fetch(sign, { headers, redirect: 'manual' })).status).toBe(429);
    }
  });

  it('what a sign-in does after its door is not slowed, nor are policies, keys and health', async () => {
    await spent();
    for (const path of ['/oidc/jwks', '/oidc/.well-known/openid-configuration', '/policy/forum', '/health'])
      expect([path, (await begin(flooder, {}, scene.config.origin + path)).status]).toEqual([path, 200]);
  });

  it('no source is in the database, in the journal or in the metrics', async () => {
    const tables = await rows(
      "select table_name from information_schema.tables where table_schema = 'public'",
    );
    const all: unknown[] = [];
    for (const { table_name } of tables) all.push(await rows(`select * from "${table_name}"`));
    const metrics = await (await fetch(`${scene.config.origin}/metrics`)).text();
    for (const held of [JSON.stringify(all), scene.journal.join(), metrics])
      for (const address of ['198.51.100.', school, '203.0.113.250']) expect(held).not.toContain(address);
  });
});

it('somebody with a key that is nobody’s leaves no row', async () => {
  const before = await rows('select 1 from spent_call');
  const person = scene.network.enrol();
  const stranger = await membersOf(scene).call({ person, slot: 1, sub: '' }, { kind: 'inbox' });
  expect(stranger.body.code).toBe('account_unknown');
  expect(await rows('select 1 from spent_call')).toHaveLength(before.length);
});

describe('presentations', () => {
  const failing = 60;
  const at = (address: string) =>
    ({
      env: { incoming: { socket: { remoteAddress: address } } },
      req: { header: () => undefined },
    }) as unknown as Context;
  const isFailure = (error: unknown) => error instanceof Refusal && error.code === 'presentation_refused';
  const bad = async () => {
    throw new Refusal('presentation_refused');
  };
  const barred = async () => {
    throw new Refusal('barred');
  };
  const codeOf = (doors: Doors, address: string, work: () => Promise<unknown>) =>
    doors.present(at(address), isFailure, work).then(
      () => 'in',
      (error: Refusal) => error.code,
    );

  it('whose proofs fail are cut off for their source, and for no other; good ones count nothing', async () => {
    const time = stillClock();
    const doors = strangersDoors({}, time);
    for (let n = 0; n < 300; n += 1) {
      expect(await codeOf(doors, school, async () => n)).toBe('in');
      expect(await codeOf(doors, school, barred)).toBe('barred');
    }
    for (let n = 0; n < failing; n += 1)
      expect(await codeOf(doors, school, bad)).toBe('presentation_refused');
    expect(await codeOf(doors, school, bad)).toBe('too_many_requests');
    expect(await codeOf(doors, '192.0.2.8', bad)).toBe('presentation_refused');
    const refused = await doors.present(at(school), isFailure, bad).catch((error) => error);
    expect(refused).toBeInstanceOf(TooOften);
    time.advance({ seconds: refused.seconds });
    expect(await codeOf(doors, school, async () => 'good')).toBe('in');
  });

  it('that come at the same instant are counted before they are looked at', async () => {
    const doors = strangersDoors({}, stillClock());
    let looked = 0;
    const slow = async () => {
      looked += 1;
      await new Promise((resolve) => setImmediate(resolve));
      throw new Refusal('presentation_refused');
    };
    await Promise.all(Array.from({ length: 500 }, () => codeOf(doors, school, slow)));
    expect(looked).toBe(failing);
  });

  it('over HTTP: a bad proof is charged to where it came from', async () => {
    const redirect_uri = scene.config.platforms[0]!.redirectUris[0]!;
    const query = { client_id: 'forum', response_type: 'code', scope: 'openid', redirect_uri };
    const visit = await clientOf(scene).arrive(query, browser(from('198.51.100.77')));
    const chosen = { checkpoint: scene.network.log.checkpoint(), handle: 'nobody' };
    const good = answerAsNew(scene.network.enrol(), visit.request, scene.network.policy, chosen);
    const wrong = { ...good, accountProof: `${'A'.repeat(85)}A` };
    const answers = await Promise.all(
      Array.from({ length: failing + 5 }, () => postJson(visit.browser, `${visit.address}/answer`, wrong)),
    );
    const counts = answers.filter(({ status }) => status === 429);
    expect(counts.length).toBeGreaterThanOrEqual(5);
    expect(counts[0]!.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('several gateways of one origin share the limit out', async () => {
    const doors = strangersDoors({ replicas: 3 }, stillClock());
    const answers = [];
    for (let n = 0; n < failing; n += 1) answers.push(await codeOf(doors, school, bad));
    expect(answers.filter((code) => code === 'presentation_refused')).toHaveLength(failing / 3);
  });
});
