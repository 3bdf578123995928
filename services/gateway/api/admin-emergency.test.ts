/** The emergency sign-in, and sanctions looked up, at /admin: who may, what is answered, what is recorded. */
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Scene, startScene } from '../testing/scene.ts';

const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
const reason = 'an administrator was barred by mistake';
const caseId = 'B'.repeat(22);
const sanction = 'A'.repeat(22);
let scene: Scene;
beforeAll(async () => {
  scene = await startScene({ adminToken });
});
afterAll(() => scene?.close());

const rows = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));
async function ask(path: string, body?: object, bearer = adminToken) {
  const response = await fetch(`${scene.config.origin}/admin/${path}`, {
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it.each<[string, object, number]>([
  ['for an hour', { minutes: 60 }, 400],
  ['without a reason', { reason: '' }, 400],
  ['at a platform that is not here', { platform: 'elsewhere' }, 404],
])('nothing is armed %s', async (_sin, change, status) => {
  expect((await ask('emergency', { platform: 'forum', minutes: 5, reason, ...change })).status).toBe(status);
  expect(await rows('select 1 from break_glass_record')).toEqual([]);
  expect(await rows("select 1 from ledger where body ->> 'kind' like 'emergency-%'")).toEqual([]);
});

it('a code is made and taken back, with both on both records', async () => {
  const arming = { platform: 'forum', minutes: 5, reason };
  expect((await ask('emergency', arming, 'x'.repeat(40))).status).toBe(401);
  const made = await ask('emergency', arming);
  expect([made.status, made.body.minutes]).toEqual([200, 5]);
  expect((await ask('emergency/end', { platform: 'forum', reason })).status).toBe(200);
  expect(await rows('select 1 from break_glass_code')).toEqual([]);
  expect(await rows('select what from break_glass_record order by seq')).toEqual([
    { what: 'armed' },
    { what: 'ended' },
  ]);
  const lines = await rows("select who from ledger where body ->> 'kind' like 'emergency-%'");
  expect(lines).toEqual([{ who: 'the machine' }, { who: 'the machine' }]);
  expect(JSON.stringify(await rows('select * from ledger'))).not.toContain(made.body.code);
});

it('a sanction that has not begun is found by its number, by its case, and in the list, without whom it holds', async () => {
  expect((await scene.admit(scene.network.enrol(), { handle: 'wren' })).status).toBe(200);
  const [account] = await rows('select sub from account');
  const wish = {
    ...{ platform: 'forum', handle: 'wren', caseId, holds: 'person', step: 'suspend', sanction },
    ...{ from: '2098-01-01', until: '2099-01-01', reason: 'You wrote to somebody who had asked you not to.' },
  };
  expect((await ask('sanctions', wish)).status).toBe(200);
  for (const path of ['to-come', `numbered/${sanction}`, `numbered/${caseId}`]) {
    const { status, body } = await ask(`sanctions/${path}`);
    expect([path, status, body]).toMatchObject([
      path,
      200,
      { sanctions: [{ sanction, caseId, state: 'scheduled', from: '2098-01-01T00:00:00.000Z' }] },
    ]);
    for (const word of ['wren', String(account?.sub)]) expect(JSON.stringify(body)).not.toContain(word);
  }
  expect((await ask(`sanctions/numbered/${'Z'.repeat(22)}`)).status).toBe(404);
  expect((await ask('sanctions/numbered/short')).status).toBe(400);
});
