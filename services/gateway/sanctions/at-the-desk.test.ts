/** What the desk hears of a sanction, and what the platform's own session and server see of it. */
import { randomBytes } from 'node:crypto';
import { withConnection } from '@answerable/kit/database';
import { sanctionEffect } from '@answerable/protocol/report/sanction';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CountingForum, countingForum } from '../../../test/faults/counting-forum.ts';
import { type Scene, startScene, token } from '../testing/scene.ts';

let forum: CountingForum;
let scene: Scene;
beforeAll(async () => {
  forum = await countingForum();
  scene = await startScene({
    platform: {
      backchannelLogoutUri: `${forum.origin}/logout`,
      connector: { name: 'forum', origin: forum.origin, connectorToken: token },
    },
  });
});
afterAll(async () => {
  await scene?.close();
  await forum?.close();
});

const run = (text: string) => withConnection(scene.databaseUrl, (ask) => ask(text));
const id = () => randomBytes(16).toString('base64url');
const subs = async () => (await run('select sub from account')).map(({ sub }) => String(sub));
async function somebody() {
  const before = new Set(await subs());
  const person = scene.network.enrol();
  const admitted = await scene.admit(person);
  const sub = (await subs()).find((one) => !before.has(one))!;
  return { person, sub, admitted };
}
const sanctionOf = (sub: string, step: string, more: object = {}) => ({
  ...{ sanction: id(), caseId: id(), sub, holds: 'person', step, until: '2099-01-01' },
  ...more,
});
const show = (sanction: string, bearer = token) =>
  fetch(`${scene.config.origin}/desk/sanctions/${sanction}`, {
    headers: { authorization: `Bearer ${bearer}` },
  });
const actsOn = (sub: string) => forum.acts.filter(({ target }) => target === `account/${sub}`);

describe('a bar', () => {
  it('is answered with what the gateway did at the platform itself, and can be looked at', async () => {
    const { sub } = await somebody();
    const bar = sanctionOf(sub, 'bar');
    const { body } = await scene.desk('sanctions', bar);
    expect(body).toEqual({
      accounts: [sub],
      acts: [{ sub, act: actsOn(sub)[0]!.act, state: 'done', could: '' }],
    });
    const effect = sanctionEffect.parse(await (await show(bar.sanction)).json());
    expect(effect).toMatchObject({ state: 'holds', step: 'bar', from: null });
    expect(effect.tellings.map(({ what, state, platform }) => [what, state, platform])).toEqual([
      ['sign-out', 'done', 'forum'],
      ['suspend-account', 'done', 'forum'],
    ]);
    await scene.desk(`sanctions/${bar.sanction}/lift`, {});
    expect((await (await show(bar.sanction)).json()).state).toBe('lifted');
    expect(actsOn(sub).map(({ kind }) => kind)).toEqual(['suspend-account', 'restore-account']);
  });

  it('refuses a token of before at once, and says that a session ended', async () => {
    const { sub, admitted } = await somebody();
    const { url } = await admitted.browser.follow(admitted.body.resume!, ({ port }) => port === '9');
    const basic = Buffer.from(`forum:${token}`).toString('base64');
    const answer = await fetch(`${scene.config.origin}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: new URL(url).searchParams.get('code')!,
        redirect_uri: scene.config.platforms[0]!.redirectUris![0]!,
      }),
    });
    const { access_token } = (await answer.json()) as { access_token: string };
    const me = () =>
      fetch(`${scene.config.origin}/oidc/me`, { headers: { authorization: `Bearer ${access_token}` } });
    expect((await me()).status).toBe(200);
    const bar = sanctionOf(sub, 'bar');
    await scene.desk('sanctions', bar);
    expect((await me()).status).toBe(401);
    expect((await (await show(bar.sanction)).json()).sessionsEnded).toBe(1);
    expect(forum.logouts).toContain(sub);
  });
});

describe('a restriction', () => {
  it('acts at the platform and ends no session; a new account of the person is restricted too', async () => {
    const { person, sub } = await somebody();
    const { body } = await scene.desk('sanctions', sanctionOf(sub, 'restrict'));
    await expect.poll(() => actsOn(sub).map(({ kind }) => kind)).toEqual(['restrict-account']);
    // So that the desk does not do it as well.
    expect(body.acts).toEqual([{ sub, act: actsOn(sub)[0]!.act, state: 'done', could: '' }]);
    expect(forum.logouts).not.toContain(sub);
    const before = new Set(await subs());
    expect((await scene.admit(person, { slot: 2 })).status).toBe(200);
    const second = (await subs()).find((one) => !before.has(one))!;
    await expect.poll(() => actsOn(second).map(({ kind }) => kind)).toEqual(['restrict-account']);
  });

  it('of one account leaves a new one free', async () => {
    const { person, sub } = await somebody();
    await scene.desk('sanctions', sanctionOf(sub, 'restrict', { holds: 'account' }));
    const before = new Set(await subs());
    await scene.admit(person, { slot: 2 });
    const second = (await subs()).find((one) => !before.has(one))!;
    await expect.poll(() => actsOn(sub)).toHaveLength(1);
    expect(actsOn(second)).toEqual([]);
  });
});

describe('is refused', () => {
  it.each([
    ['a beginning after its end', { step: 'suspend', from: '2099-02-01' }],
    ['a beginning at its end', { step: 'restrict', from: '2099-01-01' }],
    ['a beginning that is no day', { from: 'soon' }],
    ['a day that is in no calendar', { from: '2099-02-31' }],
    ['a beginning that is a number', { from: 4_000_000_000 }],
  ])('%s', async (_sin, more) => {
    const { sub } = await somebody();
    const { body } = await scene.desk('sanctions', sanctionOf(sub, 'suspend', more));
    expect(body.code).toBe('malformed');
    expect(actsOn(sub)).toEqual([]);
  });

  it('a look by somebody who is not the desk, and at what is not there', async () => {
    expect((await show(id(), 'x'.repeat(40))).status).toBe(401);
    expect((await show(id())).status).toBe(404);
    expect((await (await show('not-an-id')).json()).code).toBe('malformed');
  });
});

it('a desk that calls the only platform otherwise is told of it all the same', async () => {
  const { sub } = await somebody();
  const { body } = await scene.desk('promises', { platform: 'forum-example', subs: [sub] });
  expect(body).toMatchObject({ clocks: null, accounts: [{ sub }] });
});

it('says nothing of anybody in the journal', async () => {
  const text = scene.journal.join('\n');
  for (const sub of await subs()) expect(text).not.toContain(sub);
});
