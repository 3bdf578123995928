/** The emergency sign-in: armed by the operator, once, for minutes, in public, and never into a member's account. */
import { type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browser } from '../testing/browser.ts';
import { basic, claimsIn, clientOf } from '../testing/client.ts';
import { type Scene, startScene, token } from '../testing/scene.ts';

let scene: Scene;
let clock: PracticeClock;
beforeAll(async () => {
  clock = practiceClock();
  scene = await startScene({ clock, others: [{ name: 'other' }] });
});
afterAll(() => scene?.close());

const rows = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));
const redirect_uri = 'http://localhost:9/callback';
const query = { client_id: 'forum', response_type: 'code', scope: 'openid profile', redirect_uri };
const arm = async (own: Record<string, unknown> = {}, bearer = token) => {
  const response = await fetch(`${scene.config.origin}/operator/break-glass`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ platform: 'forum', minutes: 10, reason: 'the network is away', ...own }),
  });
  return (await response.json()) as { code: string; sub: string };
};
const enter = async (code: string, name = 'forum') => {
  const client = clientOf(scene, name);
  const own = { ...query, client_id: name, redirect_uri: client.platform.redirectUris[0]! };
  const visit = await client.arrive(own);
  const response = await visit.browser.fetch(`${visit.address}/break-glass`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ code }).toString(),
  });
  if (response.status !== 303) return { code: ((await response.json()) as { code: string }).code };
  const resume = new URL(response.headers.get('location')!, scene.config.origin).href;
  const { url } = await visit.browser.follow(resume, ({ port }) => port === '9');
  const form = {
    grant_type: 'authorization_code',
    code: new URL(url).searchParams.get('code')!,
    redirect_uri,
  };
  const { body } = await client.token(form, basic(name, token));
  return { claims: { ...claimsIn(body.id_token), ...(await client.userInfo(body.access_token)) } };
};

it('lets the operator in once, as an account that says that nobody is behind it, always the same', async () => {
  const { code, sub } = await arm();
  const { claims } = await enter(code);
  expect(claims).toMatchObject({ sub, answerable: false, preferred_username: 'gateway-operator' });
  expect(await enter(code)).toEqual({ code: 'link_over' });
  const again = await arm();
  expect(again.sub).toBe(sub);
  expect((await enter(again.code)).claims?.sub).toBe(sub);
  expect((await arm({ platform: 'other' })).sub).not.toBe(sub);
  expect(await rows(`select 1 from account`)).toEqual([]);
});

it('reaches no member’s account, and no other platform', async () => {
  await scene.admit(scene.network.enrol());
  const [member] = await rows('select sub from account');
  const { code, sub } = await arm();
  expect(sub).not.toBe(member!.sub);
  expect(await enter(code, 'other')).toEqual({ code: 'link_over' });
  expect((await enter(code)).claims?.sub).toBe(sub);
});

it('is refused when it is over, was armed anew, or was never armed', async () => {
  const { code } = await arm({ minutes: 5 });
  clock.advance({ minutes: 6 });
  expect(await enter(code)).toEqual({ code: 'link_over' });
  const first = await arm();
  const second = await arm();
  expect(await enter(first.code)).toEqual({ code: 'link_over' });
  expect(await enter('a-guess')).toEqual({ code: 'link_over' });
  expect((await enter(second.code)).claims).toBeDefined();
});

it('counts once, however many use it at the same instant', async () => {
  const { code } = await arm();
  const tries = await Promise.all([enter(code), enter(code), enter(code)]);
  expect(tries.filter(({ claims }) => claims)).toHaveLength(1);
});

it('is armed by the operator alone, with a reason, for a platform that is here, and not for long', async () => {
  const other = 'another-token-that-has-more-than-thirty-two-characters';
  expect(await arm({}, other)).toMatchObject({ code: 'unauthorised' });
  expect(await arm({ reason: '' })).toMatchObject({ code: 'malformed' });
  expect(await arm({ minutes: 31 })).toMatchObject({ code: 'malformed' });
  expect(await arm({ platform: 'elsewhere' })).toMatchObject({ code: 'party_unknown' });
});

it('is written down for everybody, cannot be taken back, and stands nowhere as a code', async () => {
  const before = (await rows('select 1 from break_glass_record')).length;
  const { code } = await arm({ reason: 'an administrator was barred by mistake' });
  await enter(code);
  expect(await rows('select 1 from break_glass_record')).toHaveLength(before + 2);
  const html = await (await browser().fetch(`${scene.config.origin}/break-glass`)).text();
  expect(html).toContain('an administrator was barred by mistake');
  expect(html).toContain('the code was used');
  for (const change of ['delete from break_glass_record', `update break_glass_record set reason = ''`])
    await expect(rows(change)).rejects.toThrow('what was recorded stays');
  const kept = JSON.stringify(await rows('select * from break_glass_code'));
  const armed = await arm();
  expect(kept + JSON.stringify(await rows('select * from break_glass_code'))).not.toContain(armed.code);
  expect(scene.journal.join()).toContain('an emergency sign-in was used');
  for (const secret of [code, armed.code]) expect(scene.journal.join()).not.toContain(secret);
});
