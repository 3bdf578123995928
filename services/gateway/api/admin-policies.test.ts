/** Policies of a platform at /admin: read, tried and announced, each announcement on the record. */
import { dayOf } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { type PlatformPolicy, platformPolicyHash } from '@answerable/protocol/platform-policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Scene, startScene } from '../testing/scene.ts';

const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
let scene: Scene;
let first: PlatformPolicy;
beforeAll(async () => {
  scene = await startScene({ adminToken });
  first = scene.config.platforms[0]!.policy;
});
afterAll(() => scene?.close());

const inDays = (days: number) => dayOf(new Date(Date.now() + days * 86_400_000));
const next = (change: Partial<PlatformPolicy> = {}): PlatformPolicy => ({
  ...first,
  serial: 2,
  previous: platformPolicyHash(first),
  effective: inDays(20),
  accountsMax: 2,
  ...change,
});
async function ask(path: string, policy?: unknown) {
  const response = await fetch(`${scene.config.origin}/admin/platforms/${path}`, {
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    ...(policy === undefined ? {} : { method: 'POST', body: JSON.stringify({ policy }) }),
  });
  return { status: response.status, body: await response.json() };
}
const announced = () =>
  withConnection(scene.databaseUrl, (run) =>
    run("select who, body from ledger where body ->> 'kind' = 'policy-announcement-asked'"),
  );

it('the first is in force', async () => {
  const { body } = await ask('forum/policies');
  expect(body).toMatchObject({ inForce: 1, policies: [{ serial: 1, hash: platformPolicyHash(first) }] });
});

it('a trial says in words what changes, and announces nothing', async () => {
  const { status, body } = await ask('forum/policies/trials', next());
  expect([status, body.changes.length > 0]).toEqual([200, true]);
  expect((await ask('forum/policies')).body.policies).toHaveLength(1);
  expect(await announced()).toEqual([]);
});

it.each<[string, string, () => unknown]>([
  ['of another platform', 'forum/policies', () => next({ platform: 'elsewhere' })],
  ['on a ground that the network does not have', 'forum/policies', () => next({ grounds: ['nosiness'] })],
  ['that is no policy', 'forum/policies', () => ({ v: 2 })],
])('%s is refused before anything is recorded', async (_sin, path, policy) => {
  expect((await ask(path, policy())).status).toBe(400);
  expect(await announced()).toEqual([]);
});

it.each<[string, Partial<PlatformPolicy>]>([
  ['tomorrow', { effective: inDays(1) }],
  ['after another one', { previous: 'A'.repeat(43) }],
])('one that binds %s is not announced', async (_sin, change) => {
  expect((await ask('forum/policies', next(change))).status).toBe(400);
  expect((await ask('forum/policies')).body.policies).toHaveLength(1);
});

it('is announced, is to come, and who announced it is on the record', async () => {
  expect((await ask('forum/policies', next())).status).toBe(200);
  const { body } = await ask('forum/policies');
  expect([body.inForce, body.policies.map(({ serial }: { serial: number }) => serial)]).toEqual([1, [2, 1]]);
  expect((await announced()).at(-1)).toMatchObject({
    who: 'the machine',
    body: { platform: 'forum', serial: 2 },
  });
});
