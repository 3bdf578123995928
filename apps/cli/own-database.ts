/** Databases of services that this command starts: PostgreSQL of our own in their folder, or ones that are given. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface OwnDatabase {
  url: string;
  close(): Promise<void>;
}

/** `given`: the address of a database that is this service's alone. */
export async function openOwnDatabase(
  service: string,
  dataDir: string,
  given: string | undefined,
  say: (line: string) => void,
): Promise<OwnDatabase> {
  const { urls, close } = await openOwnDatabases({ [service]: given }, dataDir, say);
  return { url: urls[service] ?? '', close };
}

/** For several services of one process; those without an address share a server of our own. */
export async function openOwnDatabases(
  given: Record<string, string | undefined>,
  dataDir: string,
  say: (line: string) => void,
): Promise<{ urls: Record<string, string>; close(): Promise<void> }> {
  mkdirSync(dataDir, { recursive: true });
  const known = Object.entries(given).flatMap(([name, url]) => (url ? [[name, url] as const] : []));
  const services = Object.keys(given).filter((name) => !given[name]);
  if (services.length === 0) return { urls: Object.fromEntries(known), close: async () => {} };
  say('PostgreSQL starts');
  const { startEmbeddedPostgres } = await import('@answerable/kit/embedded-postgres');
  const { provisionDatabases } = await import('@answerable/kit/provision');
  const postgres = await startEmbeddedPostgres({ dataDir });
  sayPlace(postgres.place, dataDir, say);
  try {
    const secretsDir = join(dataDir, 'keys');
    const own = await provisionDatabases({ adminUrl: postgres.adminUrl, secretsDir, services });
    return { urls: { ...own, ...Object.fromEntries(known) }, close: () => postgres.stop() };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Backups are made of what somebody knows of. */
export function sayPlace(place: string, dataDir: string, say: (line: string) => void): void {
  say(`Its data are in ${place}`);
  if (!place.startsWith(`${dataDir}/`))
    say(`and not in ${dataDir}, which user postgres cannot enter: back up both.`);
}

export function untilAskedToStop(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}
