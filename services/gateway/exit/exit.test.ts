/** A platform that leaves its gateway: what its members read, what it gets, and what ends on that day. */
import { dayOf, practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Scene, startScene } from '../testing/scene.ts';
import { exitFile } from './exit-file.ts';

const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
/** From noon on: thirty days later it is the day it says, whatever the hour now. */
const clock = practiceClock(new Date(`${dayOf(new Date())}T12:00:00Z`));
const inDays = (days: number) => dayOf(new Date(clock.now().getTime() + days * 86_400_000));
let scene: Scene;
let leaves = '';

beforeAll(async () => {
  leaves = inDays(30);
  scene = await startScene({
    adminToken,
    clock,
    relayDomain: 'members.example',
    policy: { relayAddress: true },
    platform: { leaves },
  });
  const [wren, crow] = [scene.network.enrol(), scene.network.enrol()];
  for (const [who, slot, handle] of [
    [wren, 1, 'wren'],
    [wren, 2, 'jackdaw'],
    [crow, 1, 'crow'],
  ] as const)
    expect((await scene.admit(who, { slot, handle })).status).toBe(200);
});
afterAll(() => scene?.close());

const page = async (platform = 'forum') => {
  const response = await fetch(`${scene.config.origin}/exit/${platform}`, {
    headers: { accept: 'text/html' },
  });
  return { status: response.status, text: await response.text() };
};
const makeFile = async (platform = 'forum') =>
  fetch(`${scene.config.origin}/admin/platforms/${platform}/exit-file`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${adminToken}` },
    body: '{}',
  });
const rows = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));

it('anybody reads the day, that mail was never delivered, and that bars end there', async () => {
  const { status, text } = await page();
  expect(status).toBe(200);
  for (const words of [`On ${leaves}`, 'never delivered', 'holds persons any more', '365 days later'])
    expect(text).toContain(words);
});

it('of a platform that there is not nothing is said', async () => {
  expect((await page('elsewhere')).status).toBe(404);
  expect((await makeFile('elsewhere')).status).toBe(404);
});

it('the file holds what the platform knows, who is shut, and not which accounts are one', async () => {
  const accounts = await rows('select sub, handle from account');
  const subOf = (handle: string) => String(accounts.find((one) => one.handle === handle)?.sub);
  const sanction = { sanction: 'A'.repeat(22), caseId: 'B'.repeat(22), sub: subOf('crow') };
  await scene.desk('sanctions', { ...sanction, holds: 'account', step: 'suspend', until: inDays(9) });
  const text = await (await makeFile()).text();
  const file = exitFile.parse(JSON.parse(text));
  expect(file).toMatchObject({ platform: 'forum', leaves, keptDays: 365 });
  expect(file.accounts.map(({ handle }) => handle).sort()).toEqual(['crow', 'jackdaw', 'wren']);
  expect(file.accounts.map(({ sub }) => sub)).toEqual(file.accounts.map(({ sub }) => sub).sort());
  for (const { email } of file.accounts) expect(email).toMatch(/^[a-z2-9]{16}@members\.example$/);
  expect(file.accounts.filter(({ shut }) => shut).map(({ handle, until }) => [handle, until])).toEqual([
    ['crow', inDays(9)],
  ]);
  for (const { person } of await rows('select id as person from person')) expect(text).not.toContain(person);
  const record = await rows("select who from ledger where body ->> 'kind' = 'exit-file-made'");
  expect(record).toEqual([{ who: 'the machine' }]);
});

it('until the day people come in and sign in; on it nobody does, and every account is closed once', async () => {
  const late = scene.network.enrol();
  expect((await scene.admit(late, { handle: 'late' })).status).toBe(200);
  clock.advance({ days: 30 });
  await scene.restart();
  await expect.poll(() => rows('select 1 from account where closed_day is null')).toEqual([]);
  const closed = await rows('select distinct closed_day::text from account');
  expect(closed).toEqual([{ closed_day: leaves }]);
  const visit = await scene.arrive();
  expect(visit.request as unknown).toMatchObject({ code: 'platform_left' });
  expect((await page()).text).toContain(`Since ${leaves}`);
  expect(exitFile.parse(await (await makeFile()).json()).accounts).toEqual([]);
});
