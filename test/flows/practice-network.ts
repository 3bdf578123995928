/** One whole practice network in this process, on the test run's PostgreSQL; everything it made goes with it. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quoteName, withConnection } from '@answerable/kit/database';
import { rolesWithDatabase } from '@answerable/practice-constellation/configs';
import { launch } from '@answerable/practice-constellation/launch';
import type { Network } from '@answerable/practice-constellation/network';
import { inject } from 'vitest';
import type {} from '../../packages/kit/testing/test-database.ts';

/** Many are busy when all tests run: nothing here is a measurement. */
export const launchTimeoutMs = 300_000;
export const stepTimeoutMs = 300_000;

/** `name` only helps to recognise its databases. */
export async function startPracticeNetwork(name: string): Promise<Network> {
  const databaseAdminUrl = inject('postgresAdminUrl');
  const databasePrefix = `${name}_${randomBytes(4).toString('hex')}`;
  const network = await launch({
    dataDir: mkdtempSync(join(tmpdir(), `answerable-${name}-`)),
    ports: 'free',
    separate: false,
    ephemeral: true,
    databaseAdminUrl,
    databasePrefix,
  });
  return {
    ...network,
    async close() {
      await network.close();
      await drop(databaseAdminUrl, databasePrefix);
    },
  };
}

async function drop(adminUrl: string, prefix: string): Promise<void> {
  await withConnection(adminUrl, async (run) => {
    for (const service of rolesWithDatabase) {
      const name = quoteName(`${prefix}_${service.replaceAll('-', '_')}`);
      await run(`drop database if exists ${name} with (force)`);
      await run(`drop role if exists ${name}`);
    }
  });
}
