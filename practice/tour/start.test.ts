/** The tour over an invented network with real databases and real log files, without a browser. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentJournal } from '@answerable/kit/journal';
import { people } from '@answerable/practice-identity-provider/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDatabase } from './read-database.ts';
import { startTour, type Tour } from './start.ts';
import {
  commitment,
  type InventedNetwork,
  inventedNetwork,
  notice,
  run,
} from './testing/invented-network.ts';
import { inventedSteps } from './testing/invented-steps.ts';

let invented: InventedNetwork;
let tour: Tour;
let dataDir: string;

const start = () =>
  startTour(
    { mode: 'practice', port: 0, dataDir },
    { network: invented.network, steps: inventedSteps(invented), journal: silentJournal },
  );

beforeAll(async () => {
  invented = await inventedNetwork();
  invented.log(commitment(1), commitment(2), commitment(3), notice(0, [1, 2]), commitment(4));
  dataDir = join(invented.network.dataDir, 'tour');
  tour = await start();
});
afterAll(async () => {
  await tour?.close();
  await invented?.close();
});

const ourForm = { 'sec-fetch-site': 'same-origin' };
const post = (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = ourForm) =>
  fetch(tour.origin + path, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
const text = async (path: string) => (await fetch(tour.origin + path)).text();

it('refuses to run in production', async () => {
  const parts = { network: invented.network, steps: [] };
  await expect(startTour({ mode: 'production', port: 0, dataDir }, parts)).rejects.toThrow('practice only');
});

describe('the page', () => {
  it('frames practice screens and nobody else, runs its own scripts only, calls nobody', async () => {
    const policy = (await fetch(tour.origin)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`frame-src 'self' ${invented.network.roles.commons.origin};`);
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+';/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
  });

  it('is complete without scripts: a step runs, and the page has the outcome and the rows', async () => {
    const answer = await post('/steps/sign-up/run');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/#step-sign-up');
    const page = await text('/');
    expect(page).toContain('Noor is in as night-owl.');
    expect(page).toContain('a5a5a5a5a5a5… (48 bytes)');
    expect(page).not.toContain('a5'.repeat(20));
    expect(page).toContain('k3w9sub');
  });

  it('says whose names stand where', async () => {
    await post('/steps/steal/run');
    const page = await text('/steal');
    expect(page).toContain('2 names stand here');
    expect(page).toContain('Priya Marlowe, Noor Bellamy');
    expect(page).toContain('all 12 named.');
    expect(page).toContain('0 named, 0 linked.');
  });

  it('keeps outcomes over a restart', async () => {
    await tour.close();
    tour = await start();
    expect(await text('/steal')).toContain('at an earlier start');
  });
});

describe('nobody else makes it act', () => {
  it.each([
    ['another origin of this machine', { 'sec-fetch-site': 'same-site' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['who does not say', {}],
  ])('%s', async (_who, headers) => {
    for (const path of ['/steps/second-forum/run', '/doors/desk-a', '/switches', '/log/flip'])
      expect((await post(path, { to: 'altered', rule: 'ban' }, headers)).status).toBe(403);
  });

  it('answers under its own name only', async () => {
    const { port } = new URL(tour.origin);
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const options = { host: '127.0.0.1', port, headers: { host: 'evil.example' } };
      request(options, (response) => resolve(response.resume().statusCode)).end();
    });
    expect(status).toBe(403);
  });

  it('knows no other steps, doors or files', async () => {
    expect((await post('/steps/other/run')).status).toBe(404);
    expect((await post('/doors/other')).status).toBe(404);
    for (const path of [
      '/log/..%2fpractice-1.policy',
      '/log/tile/entries/../../x',
      '/log/other',
      '/assets/x.js',
    ])
      expect((await fetch(tour.origin + path)).status).toBe(404);
  });
});

describe('the doors', () => {
  it('lead in, signed in with a link that the service makes', async () => {
    const answer = await post('/doors/desk-b');
    expect(answer.headers.get('location')).toBe(`${invented.network.roles.desk.origin}/sign-in?token=once`);
    expect(invented.calls.at(-1)).toEqual({
      address: '/operator/sign-in-links',
      token: 'operator',
      body: { name: 'moderator B', roles: ['moderator', 'appeals'] },
    });
  });

  it('and the switches turn one thing at a time', async () => {
    await post('/switches', { rule: 'ban' });
    await post('/switches', { forUk: 'yes' });
    const sent = invented.calls.filter(({ address }) => address === '/admin/settings');
    expect(sent.map(({ body, token }) => ({ body, token }))).toEqual([
      { body: { rule: 'ban' }, token: 'admin' },
      { body: { forUk: true }, token: 'admin' },
    ]);
    expect((await post('/switches', { rule: 'anarchy' })).status).toBe(400);
  });
});

describe('the flipped byte', () => {
  const bundles = () => {
    const folder = join(invented.network.logDir, 'tile/entries/000.p');
    return readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  };

  it('is in every file that holds the entry, in the newest notice, and goes back', async () => {
    const before = bundles();
    await post('/log/flip', { to: 'altered' });
    bundles().forEach((bytes, at) => {
      const differing = bytes.filter((byte, i) => byte !== before[at]?.[i]).length;
      expect(differing).toBe(1);
    });
    expect(await text('/open')).toContain('of entry 3 (disclosure-notice) is altered');
    // The log grows meanwhile and writes the entry again.
    invented.log(commitment(5));
    await fetch(`${tour.origin}/log/checkpoint`);
    expect(bundles().every((bytes) => !bytes.includes('disclosure-notice'))).toBe(true);
    await post('/log/flip', { to: 'sound' });
    expect(bundles().every((bytes) => bytes.includes('disclosure-notice'))).toBe(true);
  });

  it('goes back before a step, at the end, and after a crash', async () => {
    const sound = () => bundles().every((bytes) => bytes.includes('disclosure-notice'));
    await post('/log/flip', { to: 'altered' });
    await post('/steps/broken/run');
    expect(sound()).toBe(true);
    await post('/log/flip', { to: 'altered' });
    const memory = join(dataDir, 'flipped.json');
    const left = readFileSync(memory);
    const altered = bundles();
    await tour.close();
    expect(sound()).toBe(true);
    expect(existsSync(memory)).toBe(false);
    // As a crash leaves it: files altered, memory written.
    const folder = join(invented.network.logDir, 'tile/entries/000.p');
    for (const [at, name] of readdirSync(folder).entries()) writeFileSync(join(folder, name), altered[at]!);
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(memory, left);
    expect(sound()).toBe(false);
    tour = await start();
    expect(sound()).toBe(true);
  });
});

describe('a database', () => {
  it('is read without its bookkeeping', async () => {
    const reader = readDatabase(invented.urls.commons, people);
    const view = await reader.read();
    expect(view?.tables.map(({ name }) => name)).toEqual(['account']);
    await reader.close();
  });

  it('shows the newest rows first, an altered one among them', async () => {
    const { urls } = invented;
    for (let i = 0; i < 6; i += 1)
      await run(urls.commons, `insert into account values ('n${i}', 'h${i}', now())`);
    await run(urls.commons, "update account set handle = 'renamed' where sub = 'n0'");
    const reader = readDatabase(urls.commons, people);
    const [table] = (await reader.read())?.tables ?? [];
    expect(table?.rows.map(([sub]) => sub)).toEqual(['n0', 'n5', 'n4']);
    expect(table?.count).toBe(7);
    await reader.close();
  });

  it('that does not answer is no empty one', async () => {
    const reader = readDatabase(`${invented.urls.commons}-gone`, people);
    expect(await reader.read()).toBeUndefined();
    await reader.close();
  });
});
