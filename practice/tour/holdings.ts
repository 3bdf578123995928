/**
 * What every party holds now, read again and again while somebody watches. A party's view is handed on only
 * when it changed.
 */
import type { Network, RoleName } from '@answerable/practice-constellation/network';
import type { Person } from '@answerable/practice-identity-provider/people';
import { type Party, parties } from './parties.ts';
import { createLogReader, type LogView } from './published-log.ts';
import { type DatabaseReader, type DatabaseView, readDatabase } from './read-database.ts';
import { type FolderView, readFolder } from './read-folder.ts';

export interface RoleHolding {
  role: RoleName;
  /** undefined while the database does not answer, or where there is none */
  database?: DatabaseView;
  /** for a party without a database */
  files?: FolderView;
}

export interface PartyHolding {
  party: Party;
  roles: RoleHolding[];
}

export interface Snapshot {
  parties: PartyHolding[];
  log: LogView | undefined;
}

export interface Holdings {
  read(): Promise<Snapshot>;
  close(): Promise<void>;
}

export function createHoldings(network: Network, people: readonly Person[]): Holdings {
  const log = createLogReader(network.logDir);
  const readers = new Map<RoleName, DatabaseReader>();
  for (const name of parties.flatMap(({ roles }) => roles)) {
    const url = network.roles[name]?.databaseUrl;
    if (url) readers.set(name, readDatabase(url, people));
  }

  async function holdingOf(role: RoleName): Promise<RoleHolding> {
    const reader = readers.get(role);
    if (!reader) return { role, files: readFolder(network.roles[role].dataDir, people) };
    const database = await reader.read();
    return { role, ...(database ? { database } : {}) };
  }

  // One reader at a time: a page that is loaded while the round is under way waits for the same round.
  let round: Promise<Snapshot> | undefined;
  async function readAll(): Promise<Snapshot> {
    const all = parties.map(async (party) => ({
      party,
      roles: await Promise.all(party.roles.map(holdingOf)),
    }));
    return { parties: await Promise.all(all), log: log.read() };
  }

  return {
    read() {
      round ??= readAll().finally(() => {
        round = undefined;
      });
      return round;
    },
    async close() {
      await round?.catch(() => undefined);
      await Promise.all([...readers.values()].map((reader) => reader.close()));
    },
  };
}
