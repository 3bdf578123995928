/** Where sanctions hold an account only, nobody has one hold the person: not the desk, not an admin, not a newer policy. */
import { randomBytes } from 'node:crypto';
import { dayOf } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { dayPlus } from '@answerable/protocol/platform/succession';
import { type PlatformPolicy, platformPolicyHash } from '@answerable/protocol/platform-policy';
import { promisesResponse } from '@answerable/protocol/report/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Scene, startScene, token } from '../testing/scene.ts';

const today = dayOf(new Date());
const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
let scene: Scene;
let sub: string;
beforeAll(async () => {
  scene = await startScene({ adminToken, policy: { sanctionsHoldThePerson: false } });
  sub = await somebody('robin');
}, 60_000);
afterAll(() => scene?.close());

const rows = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));
const id = () => randomBytes(16).toString('base64url');
async function somebody(handle: string): Promise<string> {
  expect((await scene.admit(scene.network.enrol(), { handle })).status).toBe(200);
  const [row] = await rows(`select sub from account where handle = '${handle}'`);
  return String(row?.sub);
}
const impose = async (who: string, holds: string, step = 'suspend', more: object = {}) => {
  const until = step === 'warn' ? null : dayPlus(today, 7);
  const asked = { sanction: id(), caseId: id(), sub: who, holds, step, until, ...more };
  const { status, body } = await scene.desk('sanctions', asked);
  return body.code ?? status;
};
const post = (path: string, bearer: string, body: object) =>
  fetch(`${scene.config.origin}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const accountOnlyOf = async (who: string) => {
  const { body } = await scene.desk('promises', { platform: 'forum', subs: [who] });
  return promisesResponse.parse(body).accounts[0]?.steps.every((one) => one.accountOnly === true);
};

it.each<[string, string, object]>([
  ['a warning', 'warn', {}],
  ['a restriction', 'restrict', {}],
  ['a suspension', 'suspend', {}],
  ['a bar', 'bar', {}],
  ['one that begins later', 'suspend', { from: dayPlus(today, 3) }],
])('%s of the person is refused to the desk, and nothing is left of it', async (_sin, step, more) => {
  expect(await impose(sub, 'person', step, more)).toBe('person_not_held');
  expect(await rows('select 1 from sanction')).toEqual([]);
  expect(await rows('select 1 from telling')).toEqual([]);
});

it('an admin is refused it too, before it stands in the record', async () => {
  const wish = {
    platform: 'forum',
    handle: 'robin',
    caseId: id(),
    step: 'suspend',
    until: dayPlus(today, 7),
  };
  const reason = 'You wrote to somebody again who had asked you not to.';
  const ask = (holds: string) => post('/admin/sanctions', adminToken, { ...wish, holds, reason });
  const answer = await ask('person');
  expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'person_not_held' }]);
  expect(await rows("select 1 from ledger where body ->> 'kind' = 'sanction-by-hand'")).toEqual([]);
  expect(await rows('select 1 from sanction')).toEqual([]);
  expect(await rows('select 1 from inbox')).toEqual([]);
  expect((await ask('account')).status).toBe(200);
});

it('one that holds the account is taken, and the desk is told which it may ask for', async () => {
  expect(await impose(sub, 'account')).toBe(200);
  expect(await accountOnlyOf(sub)).toBe(true);
});

it('a policy that lets it hold the person later does so for those who have agreed to that', async () => {
  const first = scene.config.platforms[0]!.policy;
  const previous = platformPolicyHash(first);
  const policy: PlatformPolicy = {
    ...first,
    ...{ sanctionsHoldThePerson: true, serial: 2, previous, effective: today },
  };
  scene.config.policyNoticeDays = 0;
  await scene.restart();
  expect((await post('/operator/policies/announcements', token, { policy })).status).toBe(200);
  const newcomer = await somebody('wren');
  expect(await impose(sub, 'person')).toBe('person_not_held');
  expect([await accountOnlyOf(sub), await accountOnlyOf(newcomer)]).toEqual([true, false]);
  expect(await impose(newcomer, 'person')).toBe(200);
});
