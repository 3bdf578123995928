/**
 * Where a database lies that cannot lie in its data folder, because user `postgres` may not enter that, and the note
 * in the data folder that says where. The place is of this folder with this administrator's password, so that a
 * new folder of the same name never meets the database of an old one.
 * Must never: begin anew without a word where there was a database.
 */
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ConfigRefused } from './config.ts';

/** Emptied by many systems of what is a month old: for programs, which are copied anew, and for what need not last. */
export const forAWhile = '/var/tmp';
const forGood = '/var/lib';
const noteName = 'postgres-place.txt';

export interface Outside {
  folder: string;
  /** Says in the data folder where its database lies. */
  note(): void;
  remove(): void;
}

export interface DataFolder {
  dataDir: string;
  password: string;
  /** whether the password was there before this start: if not, no database can be of this folder */
  isKnown: boolean;
  durable: boolean;
}

/** Throws ConfigRefused if the folder had a database that is not where it is looked for. */
export function placeOutside({ dataDir, password, isKnown, durable }: DataFolder): Outside {
  const noted = noteOf(dataDir);
  const own = `answerable-data-${fingerprint(`${dataDir}\n${password}`)}`;
  const first = join(durable && canWrite(forGood) ? forGood : forAWhile, own);
  // The last is where versions before this one put it.
  const places = [first, join(forGood, own), join(forAWhile, own)];
  if (isKnown) places.push(join(forAWhile, `answerable-data-${fingerprint(dataDir)}`));
  const found = places.find(hasDatabase);
  if (!found && noted !== undefined) throw notThere(dataDir, noted, first);
  const folder = found ?? first;
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  refuseStrangers(folder);
  const path = join(dataDir, noteName);
  return {
    folder,
    note: () => (noted === folder ? undefined : writeFileSync(path, `${folder}\n`, { mode: 0o600 })),
    remove() {
      rmSync(folder, { recursive: true, force: true });
      rmSync(path, { force: true });
    },
  };
}

function notThere(dataDir: string, noted: string, wanted: string): ConfigRefused {
  const note = join(dataDir, noteName);
  return new ConfigRefused(
    hasDatabase(noted)
      ? `${dataDir} was moved or copied, and its database was not: it lies in ${noted}. Stop what uses it, move that folder to ${wanted}, and start again.`
      : `The database of ${dataDir} is not in ${noted} any more. Put it back there from a backup. Only to begin anew without it: delete ${note}.`,
  );
}

// Anybody may make a folder in /var/tmp: one that is not ours may be a trap.
export function refuseStrangers(path: string): void {
  const found = lstatSync(path);
  if (found.isDirectory() && found.uid === process.getuid?.()) return;
  throw new ConfigRefused(
    `${path} belongs to somebody else. Remove it, or choose a data folder outside your home.`,
  );
}

export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

export const hasDatabase = (folder: string): boolean => existsSync(join(folder, 'postgres', 'PG_VERSION'));

/** Where the data folder says that its database lies, if it is outside. */
export function noteOf(dataDir: string): string | undefined {
  const path = join(dataDir, noteName);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
