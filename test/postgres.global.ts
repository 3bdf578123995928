/**
 * One real PostgreSQL for a run of the living tests: a server of yours if TEST_DATABASE_URL names one, else
 * the embedded one in a temporary folder, gone afterwards.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@answerable/kit/embedded-postgres';
import type { TestProject } from 'vitest/node';
import type {} from '../packages/kit/testing/test-database.ts';

/** Every worker may have a whole network, and some tests have two. */
const connectionsMax = 500;

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    project.provide('postgresAdminUrl', given);
    return undefined;
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'answerable-test-'));
  const server = await startEmbeddedPostgres({ dataDir, durable: false, connectionsMax });
  project.provide('postgresAdminUrl', server.adminUrl);
  return async () => {
    await server.erase();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
