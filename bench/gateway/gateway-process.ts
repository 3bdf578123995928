/**
 * One gateway in a process of its own, on a real PostgreSQL that keeps what it acknowledges (fsync on), in a
 * network that exists. The load comes from this process over loopback; it is also the platform that is told of
 * sessions which ended.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNetwork } from '@answerable/gateway/testing/network';
import { withConnection } from '@answerable/kit/database';
import { startEmbeddedPostgres } from '@answerable/kit/embedded-postgres';
import { freePort } from '@answerable/kit/free-port';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { provisionDatabases } from '@answerable/kit/provision';
import { startPlatform } from '../platform.ts';
import { cpuMsOf, healthy, type Memory, memoryOf } from '../process.ts';
import { balance } from './caller.ts';
import type { Place } from './people.ts';

export const token = 'a-token-of-the-bench-that-is-long-enough';
const client = { clientId: 'forum', clientSecret: token, redirectUri: 'http://localhost:9/callback' };

export interface GatewayUnderTest extends Place {
  /** Accounts whose platform was told that their sessions ended, with the moment. */
  toldAt: Map<string, number>;
  /** resident memory of the process, now and at most so far, in MB */
  memory(): Memory;
  /** processor time of the process so far, all threads, in ms */
  cpuMs(): number;
  /** transactions of the database so far: a statement on its own is one */
  transactions(): Promise<number>;
  /** of the database: all of it, and the tables that stay as long as an account */
  databaseBytes(): Promise<{ all: number; lasting: number }>;
  /** Starts another with the same keys on the same database; from then on each request goes to the next of both. */
  another(): Promise<{ memory(): Memory }>;
  close(): Promise<void>;
}

export async function startGateway(): Promise<GatewayUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'answerable-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  const { gateway: databaseUrl = '' } = await provisionDatabases({
    adminUrl: postgres.adminUrl,
    secretsDir: join(folder, 'secrets'),
    services: ['gateway'],
  });
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const dataDir = join(folder, 'gateway');
  mkdirSync(dataDir, { recursive: true });
  const signingKey = loadOrCreateSigningKey(join(dataDir, 'keys', 'signing.key'));
  const network = await startNetwork(folder, [{ name: 'gateway', origin, signingKey, platforms: ['forum'] }]);
  const platform = await startPlatform();
  const given = { port, origin, dataDir, databaseUrl, policyPath: network.policyPath };
  const child = startProcess(configAt(folder, { ...given, logoutUri: platform.logoutUri }));
  const children = [child];
  await healthy(origin).catch(async (error) => {
    child.kill();
    await postgres.erase();
    throw error;
  });
  return {
    origin,
    network,
    client,
    toldAt: platform.toldAt,
    memory: () => memoryOf(child.pid),
    cpuMs: () => cpuMsOf(child.pid),
    transactions: () => transactionsOf(databaseUrl),
    databaseBytes: () => bytesOf(databaseUrl),
    async another() {
      const own = { ...given, port: await freePort(), replicas: 2, logoutUri: platform.logoutUri };
      const second = startProcess(configAt(folder, own));
      children.push(second);
      await healthy(`http://localhost:${own.port}`);
      balance(origin, [port, own.port]);
      return { memory: () => memoryOf(second.pid) };
    },
    async close() {
      for (const one of children) one.kill();
      await platform.close();
      await network.close();
      await postgres.erase();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Given {
  port: number;
  origin: string;
  dataDir: string;
  databaseUrl: string;
  policyPath: string;
  logoutUri: string;
  replicas?: number;
}

function configAt(folder: string, { logoutUri, ...given }: Given): string {
  const path = join(folder, `gateway-${given.port}.json`);
  const platform = {
    name: 'forum',
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    redirectUris: [client.redirectUri],
    backchannelLogoutUri: logoutUri,
    policy: {
      v: 1,
      platform: 'forum',
      title: 'The forum',
      accountsMax: 8,
      disclose: ['over_16', 'residence'],
      grounds: ['threat-to-life'],
      sanctionsHoldThePerson: true,
      resetNeedsModerator: true,
    },
  };
  const config = {
    name: 'gateway',
    title: 'Gateway',
    mode: 'practice',
    host: '127.0.0.1',
    ...given,
    walletOrigin: 'http://localhost:9',
    platforms: [platform],
    domainToken: token,
    desk: { origin: 'http://localhost:9' },
    operatorToken: token,
  };
  writeFileSync(path, JSON.stringify(config), { mode: 0o600 });
  return path;
}

/** The gateway ends with us, however we end: it sees our end of the channel close. */
const endsWithUs = 'data:text/javascript,process.on("disconnect",()=>process.exit())';

// As the command `answerable` starts itself: its first line says how.
function startProcess(configPath: string): ChildProcess {
  const main = fileURLToPath(new URL('../../services/gateway/main.ts', import.meta.url));
  const command = readFileSync(new URL('../../apps/cli/answerable.mjs', import.meta.url), 'utf8');
  const [, malloc, flags] = command.match(/^#!\S+ -S (.*) node (.*)\n/) ?? [];
  if (!malloc || !flags) throw new Error('bug: the first line of the command says nothing of memory');
  const settings = Object.fromEntries(malloc.split(' ').map((one) => one.split('=')));
  const more = (process.env.BENCH_GATEWAY_FLAGS ?? '').split(' ').filter(Boolean);
  return fork(main, [configPath], {
    execArgv: [...flags.split(' '), ...more, '--import', 'tsx', '--import', endsWithUs],
    env: { ...process.env, ANSWERABLE_MODE: 'practice', ...settings },
    stdio: 'ignore',
  });
}

/** How long a connection may keep its counts to itself. */
const countsMs = 1_500;

async function transactionsOf(databaseUrl: string): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, countsMs));
  return withConnection(databaseUrl, async (run) => {
    const [found] = await run(
      `select (xact_commit + xact_rollback)::text as n from pg_stat_database where datname = current_database()`,
    );
    return Number(found?.n);
  });
}

function bytesOf(databaseUrl: string): Promise<{ all: number; lasting: number }> {
  return withConnection(databaseUrl, async (run) => {
    await run('vacuum');
    const size = "pg_total_relation_size('account') + pg_total_relation_size('person')";
    const [found] = await run(
      `select pg_database_size(current_database())::text as all,
        (${size} + pg_total_relation_size('presented'))::text as lasting`,
    );
    return { all: Number(found?.all), lasting: Number(found?.lasting) };
  });
}
