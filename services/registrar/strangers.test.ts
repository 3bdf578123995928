/** Limits by source at the registrar: one that floods is told when to come again, and stops nobody else. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@answerable/kit/free-port';
import { silentJournal } from '@answerable/kit/journal';
import { stillClock } from '@answerable/kit/testing/still-clock';
import { type TestDatabase, testDatabase } from '@answerable/kit/testing/test-database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { start } from './start.ts';

const clock = stillClock();
const dataDir = mkdtempSync(join(tmpdir(), 'answerable-strangers-'));
let database: TestDatabase;
let registrar: { close(): Promise<void> };
let origin = '';

beforeAll(async () => {
  database = await testDatabase('strangers');
  const port = await freePort();
  origin = `http://localhost:${port}`;
  registrar = await start(
    {
      name: 'registrar',
      mode: 'practice',
      host: '127.0.0.1',
      port,
      origin,
      dataDir,
      databaseUrl: database.url,
      policyPath: join(dataDir, 'none.policy'),
      operatorToken: 'operator-token-of-a-registrar-alone',
      evidence: [],
      proxies: 1,
    },
    { clock, journal: silentJournal },
  );
});
afterAll(async () => {
  await registrar?.close();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What is asked is no matter: the door stands before it. */
const come = (path: string, address?: string) =>
  fetch(origin + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(address ? { 'x-forwarded-for': `10.0.0.1, ${address}` } : {}),
    },
    body: '{}',
  });
const flood = async (path: string, n: number, address?: string) => {
  const answers = await Promise.all(Array.from({ length: n }, () => come(path, address)));
  return answers.filter(({ status }) => status === 429);
};

it.each([
  ['/enrolment', 60],
  ['/issuance/challenge', 120],
])('%s takes %i at once from one source, and goes on for all others', async (path, atOnce) => {
  const refused = await flood(path, atOnce + 7, '192.0.2.1');
  expect(refused).toHaveLength(7);
  expect(await refused[0]!.json()).toMatchObject({ code: 'too_many_requests' });
  const seconds = Number(refused[0]!.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect((await come(path, '192.0.2.2')).status).toBe(400);
  clock.advance({ seconds });
  expect((await come(path, '192.0.2.1')).status).toBe(400);
  // Control: this machine itself is not limited.
  expect(await flood(path, atOnce + 7)).toEqual([]);
});
