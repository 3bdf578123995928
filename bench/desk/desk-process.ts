/**
 * One desk in a process of its own, on a real PostgreSQL that keeps what it acknowledges (fsync on), between
 * neighbours that answer at once. The load comes from this process over loopback.
 */

import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  connectorToken,
  domainToken,
  fakeNeighbours,
  type Neighbours,
  signInToken,
} from '@answerable/desk/testing/fake-neighbours';
import { startEmbeddedPostgres } from '@answerable/kit/embedded-postgres';
import { freePort } from '@answerable/kit/free-port';
import { provisionDatabases } from '@answerable/kit/provision';
import { healthy, type Memory, memoryOf } from '../process.ts';

export interface DeskUnderTest {
  origin: string;
  databaseUrl: string;
  /** the same database, as its administrator */
  adminUrl: string;
  neighbours: Neighbours;
  /** headers of somebody who works there */
  staff: Record<string, string>;
  /** resident memory of the process, now and at most so far, in MB */
  memory(): Memory;
  close(): Promise<void>;
}

export async function startDesk(): Promise<DeskUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'answerable-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  const { desk: databaseUrl = '' } = await provisionDatabases({
    adminUrl: postgres.adminUrl,
    secretsDir: join(folder, 'secrets'),
    services: ['desk'],
  });
  const neighbours = await fakeNeighbours();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const child = fork(
    fileURLToPath(new URL('../../services/desk/main.ts', import.meta.url)),
    [configAt(folder, { origin, port, databaseUrl, neighbours })],
    {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, ANSWERABLE_MODE: 'practice' },
      stdio: 'ignore',
    },
  );
  await healthy(origin);
  return {
    origin,
    databaseUrl,
    adminUrl: asAdmin(postgres.adminUrl, databaseUrl),
    neighbours,
    staff: await signIn(origin),
    memory: () => memoryOf(child.pid),
    async close() {
      child.kill();
      await neighbours.close();
      await postgres.erase();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function asAdmin(adminUrl: string, databaseUrl: string): string {
  const url = new URL(adminUrl);
  url.pathname = new URL(databaseUrl).pathname;
  return url.href;
}

function configAt(
  folder: string,
  given: { origin: string; port: number; databaseUrl: string; neighbours: Neighbours },
): string {
  const { origin, port, databaseUrl, neighbours } = given;
  const dataDir = join(folder, 'desk');
  mkdirSync(dataDir, { recursive: true });
  const path = join(folder, 'desk.json');
  const config = {
    name: 'desk',
    mode: 'practice',
    host: '127.0.0.1',
    port,
    origin,
    dataDir,
    databaseUrl,
    platform: { name: 'commons', title: 'Commons', origin: neighbours.platform.origin, connectorToken },
    gateway: { origin: neighbours.gateway.origin, token: domainToken },
    signInToken,
  };
  writeFileSync(path, JSON.stringify(config), { mode: 0o600 });
  return path;
}

async function signIn(origin: string): Promise<Record<string, string>> {
  const answer = await fetch(`${origin}/operator/sign-in-links`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${signInToken}` },
    body: JSON.stringify({ name: 'Moderator A', roles: ['moderator', 'admin'] }),
  });
  const { path } = (await answer.json()) as { path: string };
  const opened = await fetch(origin + path, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const me = await fetch(`${origin}/me`, { headers: { cookie, accept: 'application/json' } });
  const { csrf } = (await me.json()) as { csrf: string };
  return { cookie, 'x-csrf-token': csrf };
}
