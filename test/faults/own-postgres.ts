/** A PostgreSQL of one test's own, that keeps what it acknowledges, and that the test can end and start again. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withConnection } from '@answerable/kit/database';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@answerable/kit/embedded-postgres';
import { provisionDatabases } from '@answerable/kit/provision';
import { relay } from './relay.ts';

/** `fast`: as an operator restarts it. `crash`: at once, and the next start has to recover. */
export type Ending = 'fast' | 'crash';

export interface OwnPostgres {
  /** of a database for one gateway; the same after each start */
  url: string;
  end(how: Ending): Promise<void>;
  start(): Promise<void>;
  erase(): Promise<void>;
}

export async function ownPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'answerable-own-postgres-'));
  chmodSync(folder, 0o711);
  const dataDir = join(folder, 'postgres');
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir });
  let port: number | undefined = server.port;
  const door = await relay(0, () => port);
  const provision = { adminUrl: server.adminUrl, secretsDir: join(folder, 'secrets'), services: ['gateway'] };
  const { gateway } = await provisionDatabases(provision);
  const url = new URL(gateway!);
  url.port = String(door.port);
  const place = await withConnection(server.adminUrl, (run) => run('show data_directory'));
  const pidFile = join(String(place[0]!.data_directory), 'postmaster.pid');
  return {
    url: url.href,
    async end(how) {
      if (how === 'crash') process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT');
      await server.stop();
      port = undefined;
    },
    async start() {
      server = await startEmbeddedPostgres({ dataDir });
      port = server.port;
    },
    async erase() {
      await door.close();
      await server.erase();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
