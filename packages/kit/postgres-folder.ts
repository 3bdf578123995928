/**
 * One owner for one data folder. A second start is refused while the first lives; what a killed start left
 * behind (its claim, a server still shutting down, a stale postmaster.pid) is cleared on the way up.
 * Must never: end a process that is not the server of this very folder.
 */
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigRefused } from './config.ts';

const shutdownWaitMs = 15_000;
const pollMs = 50;

export interface Claim {
  release(): void;
}

/** Claims `dataDir`. Throws ConfigRefused with a sentence to show if another process holds it. */
export async function claimDataFolder(dataDir: string, clusterDir: string): Promise<Claim> {
  const path = join(resolve(dataDir), 'owner.pid');
  takeClaim(path, dataDir);
  try {
    await clearOldServer(clusterDir);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
  return { release: () => rmSync(path, { force: true }) };
}

function takeClaim(path: string, dataDir: string): void {
  const owner = readOwner(path);
  if (owner && isAlive(owner)) throw inUse(dataDir, owner.pid);
  rmSync(path, { force: true });
  try {
    const file = openSync(path, 'wx', 0o644);
    writeSync(file, `${process.pid} ${startedAt(process.pid)}\n`);
    closeSync(file);
  } catch {
    throw inUse(dataDir, readOwner(path)?.pid);
  }
}

function inUse(dataDir: string, pid: number | undefined): ConfigRefused {
  const who = pid === undefined ? 'Another process' : `Another process (${pid})`;
  return new ConfigRefused(
    `${who} is already using the data in ${dataDir}. Stop it first, or choose another folder.`,
  );
}

interface Owner {
  pid: number;
  started: string;
}

function readOwner(path: string): Owner | undefined {
  if (!existsSync(path)) return undefined;
  const [pid = '', started = ''] = readFileSync(path, 'utf8').trim().split(' ');
  return { pid: Number(pid), started };
}

// Process ids are used again after a restart of the machine; with the start time they are not.
function isAlive(owner: Owner): boolean {
  if (!exists(owner.pid)) return false;
  return startedAt(owner.pid) === owner.started;
}

function exists(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function startedAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
  } catch {
    return '-'; // no /proc here: the id alone must do
  }
}

async function clearOldServer(clusterDir: string): Promise<void> {
  const path = join(clusterDir, 'postmaster.pid');
  const deadline = Date.now() + shutdownWaitMs;
  let asked = false;
  for (;;) {
    if (!existsSync(path)) return;
    const pid = Number(readFileSync(path, 'utf8').split('\n')[0]);
    if (!exists(pid) || !isServerOf(pid, clusterDir)) return rmSync(path, { force: true });
    // Our claim says that its owner is gone: this is the server it left, already told to stop or not.
    if (!asked) process.kill(pid, 'SIGINT');
    asked = true;
    if (Date.now() > deadline)
      throw new ConfigRefused(`An earlier PostgreSQL (${pid}) does not stop. Stop it first.`);
    await new Promise((done) => setTimeout(done, pollMs));
  }
}

function isServerOf(pid: number, clusterDir: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(clusterDir);
  } catch {
    return existsSync('/proc') ? false : exists(pid);
  }
}
