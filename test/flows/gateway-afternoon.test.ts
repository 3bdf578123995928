/**
 * The afternoon of a forum's admin, as the command walks it: settings, a platform, a gateway that waits for its trust
 * policy in a process of its own, a sign-up with a real proof, a bar, and leaving.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browser } from '@answerable/gateway/testing/browser';
import { type Network, startNetwork } from '@answerable/gateway/testing/network';
import { postJson } from '@answerable/gateway/testing/scene';
import { answerAsKnown, answerAsNew } from '@answerable/gateway/testing/wallet';
import { freePort } from '@answerable/kit/free-port';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { type TestDatabase, testDatabase } from '@answerable/kit/testing/test-database';
import { type ConsoleVisit, consoleVisit } from '@answerable/practice-people/console-visit';
import { platformPolicyHash } from '@answerable/protocol/platform-policy';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { gatewayVerb } from '../../apps/cli/gateway.ts';
import { policyVerb } from '../../apps/cli/policy.ts';

const command = fileURLToPath(new URL('../../apps/cli/answerable.mjs', import.meta.url));
const callback = 'http://localhost:9/callback';
const waitMs = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'answerable-afternoon-'));
const path = join(folder, 'gateway.json');
let port = 0;
let origin = '';
let database: TestDatabase;
let network: Network;
let child: ChildProcess;
let printed = '';
let token = '';
let robin: ConsoleVisit;

const call = (...args: string[]) => callOf(gatewayVerb, ...args);

async function callOf(
  verb: typeof gatewayVerb,
  ...args: string[]
): Promise<{ status: number; said: string }> {
  const said: string[] = [];
  const spies = [process.stderr, process.stdout].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0),
  );
  const status = await verb.run([...args, '--config', path]).finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return { status, said: said.join('') };
}
const settings = () => JSON.parse(readFileSync(path, 'utf8'));
const health = () =>
  fetch(`${origin}/health`).then(
    ({ status }) => status,
    () => 0,
  );

function run(): void {
  const env = { ...process.env, ANSWERABLE_MODE: 'practice', DATABASE_URL: database.url };
  child = spawn(process.execPath, [command, 'gateway', 'run', '--config', path], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (printed += text));
}

beforeAll(async () => {
  [port, database] = await Promise.all([freePort(), testDatabase('afternoon')]);
  origin = `http://localhost:${port}`;
});
afterAll(async () => {
  if (child?.exitCode === null) {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGINT');
    await ended;
  }
  await network?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

it('is written down: settings, and every word to type at the forum', async () => {
  expect(
    (await call('init', '--name', 'gateway-town', '--origin', origin, '--port', String(port))).status,
  ).toBe(0);
  const added = await call(
    'add',
    'openid',
    '--url',
    'http://localhost:9',
    '--name',
    'town',
    '--callback',
    callback,
  );
  expect(added.said).toContain(settings().platforms[0].clientSecret);
});

it('runs, waits for a trust policy, says what is needed, and goes on when it is there', async () => {
  run();
  await expect.poll(health, { timeout: waitMs, interval: 200 }).toBe(503);
  await expect.poll(() => printed, { timeout: waitMs }).toContain('no trust policy yet');
  expect(printed).toContain(`${origin}/ceremony/identity`);
  const { operatorToken, ceremonyToken } = settings();
  expect([operatorToken, ceremonyToken].filter((secret) => printed.includes(secret))).toEqual([]);
  expect((await call('status')).status).toBe(1);
  const signingKey = loadOrCreateSigningKey(join(folder, 'keys', 'signing.key'));
  network = await startNetwork(join(folder, 'network'), [
    { name: 'gateway-town', origin, signingKey, platforms: ['town'] },
  ]);
  // A file that is still on its way, or another one, is not taken for the policy.
  writeFileSync(join(folder, 'trust.policy'), readFileSync(network.policyPath, 'utf8').slice(0, 500));
  await expect.poll(() => printed, { timeout: waitMs }).toContain('no trust policy that all parties');
  expect(printed).not.toContain('sign-ups can begin');
  // Which grounds there are is known only now; the forum's first policy can still name them.
  const file = join(folder, settings().platforms[0].policyFile);
  const first = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...first, grounds: ['threat-to-life'] }));
  copyFileSync(network.policyPath, join(folder, 'trust.policy'));
  await expect.poll(() => printed, { timeout: waitMs }).toContain('sign-ups can begin');
  expect(await health()).toBe(200);
  expect(await call('status')).toMatchObject({ status: 0, said: expect.stringContaining('town') });
});

it('signs a policy for who brings the token of the founding, who can do nothing else with it', async () => {
  const { operatorToken, ceremonyToken, adminToken } = settings();
  const asked = async (at: string, token: string) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const reply = await fetch(`${origin}${at}`, { method: 'POST', headers, body: '{}' });
    return (await reply.json()).code;
  };
  const doors = [
    ['/ceremony/sign-policy', operatorToken],
    ['/operator/policies/announcements', operatorToken],
    ['/operator/break-glass', operatorToken],
    ['/operator/sign-in-links', adminToken],
  ] as const;
  const opened: unknown[] = [];
  for (const [door, own] of doors)
    opened.push([door, await asked(door, own), await asked(door, ceremonyToken)]);
  expect(opened).toEqual([
    ['/ceremony/sign-policy', 'malformed', 'malformed'],
    ...doors.slice(1).map(([door]) => [door, 'malformed', 'unauthorised']),
  ]);
});

it('tries a stricter policy and announces it, by the settings beside it', async () => {
  const first = JSON.parse(readFileSync(join(folder, settings().platforms[0].policyFile), 'utf8'));
  const inTwentyDays = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const next = { ...first, serial: 2, previous: platformPolicyHash(first), effective: inTwentyDays };
  const file = join(folder, 'policies', 'town-2.json');
  writeFileSync(file, JSON.stringify({ ...next, disclose: ['over_16'] }));
  expect(await callOf(policyVerb, 'dry-run', file)).toMatchObject({
    status: 0,
    said: expect.stringContaining(inTwentyDays),
  });
  expect(await callOf(policyVerb, 'announce', file)).toEqual({
    status: 0,
    said: `Announced: policy 2 binds from ${inTwentyDays} on, once the log has it.\n`,
  });
});

it('lets its first admin in, who makes a token for a program', async () => {
  const { said } = await call('people', '--new-link', 'Robin');
  const visit = consoleVisit(origin);
  await visit.comeIn(/\/join\?token=[\w-]+/.exec(said)![0]);
  expect((await visit.page('/')).text).toContain('Nothing needs you');
  expect((await call('people')).said).toMatch(/Robin\s+admin/);
  const { text } = await visit.send('/you/tokens', { purpose: 'the tests', role: 'admin', days: '1' });
  token = /value="(answerable_[\w-]+)"/.exec(text)![1]!;
  robin = visit;
});

async function arrive() {
  const visitor = browser();
  const query = new URLSearchParams({
    client_id: 'town',
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: callback,
    state: 'state',
  });
  const { url } = await visitor.follow(`${origin}/oidc/auth?${query}`);
  return { visitor, url, request: await (await visitor.fetch(`${url}/request`)).json() };
}

it('takes somebody in with a real proof, signs them in at the forum, and keeps them out once they are barred', async () => {
  const credential = network.enrol();
  const { visitor, url, request } = await arrive();
  const answer = answerAsNew(credential, request, network.policy, {
    checkpoint: network.log.checkpoint(),
    handle: 'wren',
  });
  const { resume } = await (await postJson(visitor, `${url}/answer`, answer)).json();
  const back = await visitor.follow(resume, ({ port: at }) => at === '9');
  const { clientSecret } = settings().platforms[0];
  const response = await fetch(`${origin}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`town:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: new URL(back.url).searchParams.get('code')!,
      redirect_uri: callback,
    }),
  });
  const { id_token } = (await response.json()) as { id_token: string };
  const claims = JSON.parse(Buffer.from(id_token.split('.')[1]!, 'base64url').toString());
  expect(claims).toMatchObject({ preferred_username: 'wren', answerable: true });

  const again = await arrive();
  expect(
    (await postJson(again.visitor, `${again.url}/answer`, answerAsKnown(credential, again.request))).status,
  ).toBe(200);
  expect((await bar()).status).toBe(200);
  const late = await arrive();
  const refused = await postJson(late.visitor, `${late.url}/answer`, answerAsKnown(credential, late.request));
  expect((await refused.json()).code).toBe('barred');
});

/** By hand, in the name of who made the token, with a case and a reason. */
const bar = () =>
  fetch(`${origin}/admin/sanctions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      platform: 'town',
      handle: 'wren',
      caseId: 'B'.repeat(22),
      holds: 'person',
      step: 'bar',
      until: '2030-01-01',
      reason: 'You threatened somebody, and said that you would again.',
    }),
  });

it('shows the admin how it stands, what is left to do there by hand, and nobody', async () => {
  const pages = await Promise.all(['/', '/platforms/town', '/undone', '/record'].map(robin.page));
  expect(pages[1]!.text).toContain('fewer than 10');
  expect(pages[3]!.text).toContain('Robin (the tests)');
  for (const { text } of pages) expect(text).not.toContain('wren');
});

it('leaves with a file for the forum, for its owner’s eyes only, and on the record', async () => {
  expect((await call('exit', 'town')).said).toContain('1 accounts');
  const name = readdirSync(folder).find((one) => one.startsWith('exit-town-'))!;
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(join(folder, name), 'utf8')).accounts).toMatchObject([
    { handle: 'wren', shut: 'barred' },
  ]);
  expect((await call('exit', 'town')).status).toBe(2);
});

it('stops when it is asked to, and its journal has nobody in it', async () => {
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  const journal = readFileSync(join(folder, 'journal.log'), 'utf8');
  expect(journal.split('\n').length).toBeGreaterThan(5);
  expect(journal).not.toContain('wren');
});

it('says at the next start that a policy file which was changed binds nobody', async () => {
  const file = join(folder, settings().platforms[0].policyFile);
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), accountsMax: 8 }));
  run();
  await expect.poll(() => printed, { timeout: waitMs }).toContain('The policy file of town was changed');
});
