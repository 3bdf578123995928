/** A real labeler (Ozone) with a database of its own, on loopback, and its labels as anybody reads them. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@answerable/kit/free-port';
import { type TestDatabase, testDatabase } from '@answerable/kit/testing/test-database';
import { type Installed, startProcess } from './real-process.ts';

const run = promisify(execFile);

export interface RealLabeler {
  /** as the connector's settings have it */
  settings: { did: string; origin: string; adminPassword: string };
  /** what it says of an account or a record now, to anybody who asks */
  labels(address: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function startRealLabeler({ folder, node }: Installed, directory: string): Promise<RealLabeler> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const adminPassword = randomBytes(24).toString('base64url');
  const { stdout } = await run(node, [join(folder, 'labeler-did.mjs'), directory, origin]);
  const { did, signingKeyHex } = JSON.parse(stdout);
  const database: TestDatabase = await testDatabase('platform_labeler');
  const stop = await startProcess(node, join(folder, 'labeler.mjs'), {
    OZONE_DEV_MODE: 'true',
    OZONE_PORT: String(port),
    OZONE_PUBLIC_URL: origin,
    OZONE_SERVER_DID: did,
    OZONE_SIGNING_KEY_HEX: signingKeyHex,
    OZONE_ADMIN_PASSWORD: adminPassword,
    OZONE_DB_POSTGRES_URL: database.url,
    OZONE_DB_POSTGRES_SCHEMA: 'ozone',
    OZONE_DID_PLC_URL: directory,
    // It wants to know of an app view. There is none here.
    OZONE_APPVIEW_URL: directory,
    OZONE_APPVIEW_DID: 'did:web:localhost',
    LOG_ENABLED: 'false',
  }).catch(async (error) => {
    await database.drop();
    throw error;
  });
  return {
    settings: { did, origin, adminPassword },
    async labels(address) {
      const query = new URLSearchParams({ uriPatterns: address });
      const response = await fetch(`${origin}/xrpc/com.atproto.label.queryLabels?${query}`);
      const { labels } = await response.json();
      return labels
        .filter((one: { src: string; neg?: boolean; sig?: object }) => one.src === did && one.sig && !one.neg)
        .map(({ val }: { val: string }) => val);
    },
    async close() {
      await stop();
      await database.drop();
    },
  };
}
