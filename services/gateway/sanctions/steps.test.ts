/** A policy's ladder holds whoever imposes a sanction: what it does not have is refused, and leaves nothing behind. */
import { randomBytes } from 'node:crypto';
import { dayOf, practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { dayPlus } from '@answerable/protocol/platform/succession';
import { type PlatformPolicy, platformPolicyHash } from '@answerable/protocol/platform-policy';
import { promisesResponse } from '@answerable/protocol/report/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scene, startScene, token } from '../testing/scene.ts';

const today = dayOf(new Date());
/** Noon, so that today stays today. */
const clock = practiceClock(new Date(`${today}T12:00:00Z`));
const ladder: NonNullable<PlatformPolicy['ladder']> = [
  { step: 'warn', daysMax: null },
  { step: 'suspend', daysMax: 7 },
];
const clocks = { decideHours: 24, intimateImageHours: 12, appealDays: 365, appealAnswerDays: 7 };
const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
let scene: Scene;
beforeAll(async () => {
  scene = await startScene({
    clock,
    adminToken,
    policy: { ladder, clocks },
    platform: { connector: { kind: 'by-hand', name: 'forum', origin: 'http://localhost:9' } },
    others: [{ name: 'lantern' }],
  });
});
afterAll(() => scene?.close());

const rows = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));
const id = () => randomBytes(16).toString('base64url');
async function somebody(handle: string) {
  const person = scene.network.enrol();
  expect((await scene.admit(person, { handle })).status).toBe(200);
  const [row] = await rows(`select sub from account where handle = '${handle}'`);
  return { person, handle, sub: String(row?.sub) };
}
const sanctionOf = (sub: string, step: string, until: string | null, more: object = {}) => ({
  ...{ sanction: id(), caseId: id(), sub, holds: 'person', step, until, ...more },
});
const impose = async (...of: Parameters<typeof sanctionOf>) =>
  (await scene.desk('sanctions', sanctionOf(...of))).body.code;
const promises = async (subs: string[]) =>
  promisesResponse.parse((await scene.desk('promises', { platform: 'forum', subs })).body);

describe('a desk', () => {
  let victim: Awaited<ReturnType<typeof somebody>> | undefined;
  it.each<[string, string, string, object]>([
    ['a bar, where there is none', 'bar', dayPlus(today, 3), {}],
    ['a restriction, where there is none', 'restrict', dayPlus(today, 3), {}],
    ['a suspension of a day too many', 'suspend', dayPlus(today, 8), {}],
    [
      'one that begins later, and lasts a day too many',
      'suspend',
      dayPlus(today, 18),
      { from: dayPlus(today, 10) },
    ],
    ['one that says it began long ago', 'suspend', dayPlus(today, 8), { from: dayPlus(today, -30) }],
    ['one that holds an account only', 'bar', dayPlus(today, 3), { holds: 'account' }],
  ])('is refused %s, and nothing is left of it', async (_sin, step, until, more) => {
    victim ??= await somebody('robin');
    const { sub, person } = victim;
    expect(await impose(sub, step, until, more)).toBe('step_not_taken');
    expect(await rows(`select 1 from sanction where sub = '${sub}'`)).toEqual([]);
    expect(await rows(`select 1 from telling where sub = '${sub}'`)).toEqual([]);
    expect((await scene.signIn(person)).status).toBe(200);
  });

  it('takes the steps that are there, to the last day', async () => {
    const { sub, person } = await somebody('wren');
    expect(await impose(sub, 'warn', null)).toBeUndefined();
    const later = { from: dayPlus(today, 10) };
    expect(await impose(sub, 'suspend', dayPlus(today, 17), later)).toBeUndefined();
    expect(await impose(sub, 'suspend', dayPlus(today, 7))).toBeUndefined();
    expect((await scene.signIn(person)).body.code).toBe('suspended');
  });

  it('is told which steps and times are promised, for accounts of that platform only', async () => {
    const { sub } = await somebody('crow');
    const told = await promises([sub, 'z'.repeat(52)]);
    expect(told).toEqual({
      policy: platformPolicyHash(scene.config.platforms[0]!.policy),
      steps: ladder,
      clocks,
      accounts: [{ sub, steps: ladder }],
    });
    const { body } = await scene.desk('promises', { platform: 'lantern', subs: [sub] });
    const four = ['warn', 'restrict', 'suspend', 'bar'].map((step) => ({ step, daysMax: null }));
    expect(body).toMatchObject({ steps: four, clocks: null, accounts: [] });
  });

  it('is not told of a platform that is not here, nor is anybody else', async () => {
    expect((await scene.desk('promises', { platform: 'elsewhere', subs: [] })).status).toBe(404);
    expect((await scene.desk('promises', { platform: 'forum', subs: [] }, 'x'.repeat(40))).status).toBe(401);
    expect((await scene.desk('promises', { platform: 'forum', subs: ['wren'] })).status).toBe(400);
  });
});

it('an admin is refused too, before it stands in the record', async () => {
  const { handle, sub } = await somebody('heron');
  const ask = (step: string, until: string) =>
    fetch(`${scene.config.origin}/admin/sanctions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ platform: 'forum', handle, caseId: id(), holds: 'account', step, until },
        reason: 'You wrote to somebody again who had asked you not to.',
      }),
    });
  for (const [step, until] of [
    ['bar', dayPlus(today, 3)],
    ['suspend', dayPlus(today, 8)],
  ] as const) {
    const answer = await ask(step, until);
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'step_not_taken' }]);
  }
  expect(await rows("select 1 from ledger where body ->> 'kind' = 'sanction-by-hand'")).toEqual([]);
  expect(await rows(`select 1 from sanction where sub = '${sub}'`)).toEqual([]);
  expect(await rows('select 1 from inbox')).toEqual([]);
  expect((await ask('suspend', dayPlus(today, 7))).status).toBe(200);
});

describe('when the policy changes', () => {
  it('a step that went is gone for all; one that came waits for consent; what was recorded stands', async () => {
    const before = await somebody('before');
    const recorded = sanctionOf(before.sub, 'suspend', dayPlus(today, 7));
    await scene.desk('sanctions', recorded);
    const first = scene.config.platforms[0]!.policy;
    const next: PlatformPolicy = {
      ...first,
      ladder: [
        { step: 'warn', daysMax: null },
        { step: 'bar', daysMax: 90 },
      ],
      serial: 2,
      previous: platformPolicyHash(first),
      effective: today,
    };
    scene.config.policyNoticeDays = 0;
    await scene.restart();
    const announced = await fetch(`${scene.config.origin}/operator/policies/announcements`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ policy: next }),
    });
    expect(announced.status).toBe(200);
    const after = await somebody('after');
    expect(await impose(before.sub, 'suspend', dayPlus(today, 2))).toBe('step_not_taken');
    expect(await impose(before.sub, 'bar', dayPlus(today, 2))).toBe('step_not_taken');
    expect(await impose(after.sub, 'suspend', dayPlus(today, 2))).toBe('step_not_taken');
    const told = await promises([before.sub, after.sub]);
    const stepsOf = (sub: string) => told.accounts.find((one) => one.sub === sub)?.steps;
    expect(stepsOf(before.sub)).toEqual([{ step: 'warn', daysMax: null }]);
    expect(stepsOf(after.sub)).toEqual(next.ladder);
    expect(await impose(after.sub, 'bar', dayPlus(today, 2))).toBeUndefined();
    expect((await scene.desk('sanctions', recorded)).body).toMatchObject({ accounts: [before.sub] });
    // Shown again under the new policy, its holder has agreed to the bar.
    await rows(`insert into presented_again (sub, epoch, record)
      select '${before.sub}', 1, admission from account where sub = '${after.sub}'`);
    expect(await impose(before.sub, 'bar', dayPlus(today, 2))).toBeUndefined();
  });
});
