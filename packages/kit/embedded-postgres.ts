/**
 * A real PostgreSQL from npm in a folder of ours, on loopback only, for people who have no server.
 * Assumes: as root, PostgreSQL runs as the system user `postgres`, which is made if absent.
 * The server ends when we end, also after `kill -9`: a watcher holds a pipe of ours and sees it close.
 * Must never: keep the server's messages on disk (they may repeat values), or listen beyond loopback.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from './database.ts';
import { freePort } from './free-port.ts';
import { createSecretFile, readSecretFile } from './keys.ts';
import { claimDataFolder } from './postgres-folder.ts';
import { findPostgres, type PostgresHome, placePostgres } from './postgres-home.ts';

const startTimeoutMs = 30_000;
const stopTimeoutMs = 15_000;
const portTriesMax = 3;
const connectionsMaxDefault = 200;
const keptLines = 20;

const adminRole = 'answerable';

export interface EmbeddedPostgres {
  /** of the administrator; keep it from services */
  adminUrl: string;
  port: number;
  /** where the data lie: in the data folder, or elsewhere if the server's user cannot enter that */
  place: string;
  stop(): Promise<void>;
  /** Stops, and deletes the data: the end of `--ephemeral` and of tests. */
  erase(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** folder for data and the administrator's password */
  dataDir: string;
  /** false only where losing everything with the machine's power is fine: tests, `--ephemeral` */
  durable?: boolean;
  /** at once; default 200, three practice networks */
  connectionsMax?: number;
}

/** Starts the server of `dataDir`, made on first use. Throws ConfigRefused with a sentence to show. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const durable = options.durable ?? true;
  const { dataDir } = options;
  mkdirSync(dataDir, { recursive: true });
  const secret = loadPassword(dataDir);
  const { password } = secret;
  const home = await placePostgres(await findPostgres(), { dataDir, durable, ...secret });
  const claim = await claimDataFolder(dataDir, home.clusterDir);
  try {
    if (!existsSync(join(home.clusterDir, 'PG_VERSION'))) await initialise(home, password, durable);
    home.noteOutside();
    const { child, port } = await startOnFreePort(home, settings(durable, options.connectionsMax));
    const adminUrl = `postgresql://${adminRole}:${password}@127.0.0.1:${port}/postgres`;
    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= stopServer(child).finally(() => claim.release()));
    await withConnection(adminUrl, async (run) => {
      // A role of one service must not even look into the administrator's databases.
      await run('revoke connect on database postgres, template1 from public');
    }).catch(async (error) => {
      await stop();
      throw error;
    });
    const erase = async () => {
      await stop();
      rmSync(home.clusterDir, { recursive: true, force: true });
      home.removeOutside();
    };
    return { adminUrl, port, place: home.clusterDir, stop, erase };
  } catch (error) {
    claim.release();
    throw error;
  }
}

function loadPassword(dataDir: string): { password: string; isKnown: boolean } {
  const path = join(dataDir, 'postgres-admin.secret');
  const known = readSecretFile(path);
  return {
    password: known ?? createSecretFile(path, randomBytes(24).toString('hex')),
    isKnown: known !== undefined,
  };
}

// initdb works in a draft folder that gets its name last: a crash leaves nothing half made behind.
async function initialise(home: PostgresHome, password: string, durable: boolean): Promise<void> {
  const draft = `${home.clusterDir}.draft`;
  for (const place of [draft, home.clusterDir]) rmSync(place, { recursive: true, force: true });
  home.makeOwned(draft);
  const passwordFile = join(home.clusterDir, '..', `.${randomBytes(6).toString('hex')}.pw`);
  writeFileSync(passwordFile, password + '\n', { mode: 0o600 });
  home.giveToServer(passwordFile);
  const settings = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions'];
  const args = [`--pgdata=${draft}`, `--username=${adminRole}`, `--pwfile=${passwordFile}`, ...settings];
  if (!durable) args.push('--no-sync');
  try {
    await runToEnd(home.initdb, args, home);
    renameSync(draft, home.clusterDir);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function runToEnd(command: string, args: string[], home: PostgresHome): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...home.identity,
      env: serverEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      cwd: '/',
    });
    const tail = keepTail(child);
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`PostgreSQL could not be set up:\n${tail.join('\n')}`)),
    );
  });
}

async function startOnFreePort(
  home: PostgresHome,
  given: readonly string[],
): Promise<{ child: ChildProcess; port: number }> {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    try {
      return { child: await startServer(home, port, given), port };
    } catch (error) {
      if (tries === portTriesMax) throw error;
    }
  }
}

// sh becomes postgres by exec, so the child's id is the server's. The watcher is orphaned on purpose (the
// server would take the end of a child it does not know for a crash). It reads our pipe: a line means that
// we saw the server end; end of file means that we are gone, and it asks the server to shut down.
const watched = '( ( read -r _ <&3 || kill -INT $$ ) & ); exec "$@" 3<&-';

function startServer(home: PostgresHome, port: number, given: readonly string[]): Promise<ChildProcess> {
  const args = ['-D', home.clusterDir, '-p', String(port), ...given];
  const child = spawn('/bin/sh', ['-c', watched, 'sh', home.postgres, ...args], {
    ...home.identity,
    env: serverEnvironment(),
    cwd: '/',
    // Of its own group: Ctrl-C is for us, and we stop the server last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const tail = keepTail(child);
  child.once('exit', () => {
    const pipe = child.stdio[3] as NodeJS.WritableStream | null;
    pipe?.on('error', () => {});
    pipe?.end('over\n');
  });
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => child.kill('SIGQUIT'), startTimeoutMs);
    const fail = () => {
      clearTimeout(timeout);
      reject(new Error(`PostgreSQL did not start:\n${tail.join('\n')}`));
    };
    child.once('error', fail);
    child.once('exit', fail);
    child.stderr?.on('data', () => {
      if (!tail.some((line) => line.includes('ready to accept connections'))) return;
      clearTimeout(timeout);
      child.off('exit', fail);
      resolve(child);
    });
  });
}

function settings(durable: boolean, connectionsMax = connectionsMaxDefault): string[] {
  const quiet = [
    'log_min_messages=log',
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    'log_statement=none',
  ];
  const small = [`max_connections=${connectionsMax}`, 'shared_buffers=64MB', 'jit=off'];
  const closed = ['listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const careless = durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  return [...quiet, ...small, ...closed, ...careless].flatMap((setting) => ['-c', setting]);
}

function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH = '/usr/bin:/bin' } = process.env;
  return { PATH, LC_ALL: 'C', TZ: 'UTC' };
}

// Only start-up and shut-down lines are looked at, in memory; statements' errors are not written at all.
function keepTail(child: ChildProcess): string[] {
  const lines: string[] = [];
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => {
    lines.push(...text.split('\n').filter(Boolean));
    lines.splice(0, Math.max(0, lines.length - keptLines));
  });
  return lines;
}

function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGQUIT'), stopTimeoutMs);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    // SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, everything else is written.
    child.kill('SIGINT');
  });
}
