/** The database of one service that this command starts: PostgreSQL of our own in its folder, or one that is given. */
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
  mkdirSync(dataDir, { recursive: true });
  if (given) return { url: given, close: async () => {} };
  say(`PostgreSQL starts, in ${dataDir}`);
  const { startEmbeddedPostgres } = await import('@answerable/kit/embedded-postgres');
  const { provisionDatabases } = await import('@answerable/kit/provision');
  const postgres = await startEmbeddedPostgres({ dataDir });
  try {
    const secretsDir = join(dataDir, 'keys');
    const urls = await provisionDatabases({ adminUrl: postgres.adminUrl, secretsDir, services: [service] });
    return { url: urls[service] ?? '', close: () => postgres.stop() };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

export function untilAskedToStop(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}
