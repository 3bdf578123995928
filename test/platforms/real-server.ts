/** A real personal data server with a directory of its own on loopback, and what people do there with an app. */

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@answerable/kit/free-port';
import { type Installed, startProcess } from './real-process.ts';

const run = promisify(execFile);

// biome-ignore lint/suspicious/noExplicitAny: whatever the server says
export type Said = { status: number; body: any };

export interface RealServer {
  origin: string;
  directory: string;
  adminPassword: string;
  /** as an app: with a session's token, or without */
  post(method: string, body: object, token?: string): Promise<Said>;
  get(method: string, query: Record<string, string>): Promise<Said>;
  admin(method: string, query: Record<string, string>): Promise<Said>;
  /** an account that lives elsewhere, and the word of its key that it moves here */
  migrant(): Promise<{ did: string; token: string }>;
  close(): Promise<void>;
}

export async function startRealServer(
  { folder, node }: Installed,
  reports: { url: string; did: string },
): Promise<RealServer> {
  const data = mkdtempSync(join(tmpdir(), 'answerable-pds-'));
  const [directoryPort, port] = [await freePort(), await freePort()];
  const directory = `http://localhost:${directoryPort}`;
  const origin = `http://localhost:${port}`;
  const adminPassword = randomBytes(24).toString('base64url');
  const stops: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const stop of stops.reverse()) await stop();
    rmSync(data, { recursive: true, force: true });
  };
  const begin = async (file: string, env: Record<string, string>) =>
    stops.push(await startProcess(node, join(folder, file), env));
  try {
    await begin('directory.mjs', { PORT: String(directoryPort) });
    await begin('server.mjs', {
      PDS_PORT: String(port),
      PDS_HOSTNAME: 'localhost',
      PDS_DEV_MODE: 'true',
      PDS_DATA_DIRECTORY: data,
      PDS_BLOBSTORE_DISK_LOCATION: join(data, 'blobs'),
      PDS_DID_PLC_URL: directory,
      PDS_JWT_SECRET: randomBytes(16).toString('hex'),
      PDS_ADMIN_PASSWORD: adminPassword,
      PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: randomBytes(32).toString('hex'),
      PDS_SERVICE_HANDLE_DOMAINS: '.test',
      PDS_INVITE_REQUIRED: 'true',
      PDS_REPORT_SERVICE_URL: reports.url,
      PDS_REPORT_SERVICE_DID: reports.did,
      LOG_ENABLED: 'false',
    });
  } catch (error) {
    await close();
    throw error;
  }
  const ask = async (path: string, init: RequestInit): Promise<Said> => {
    const response = await fetch(`${origin}/xrpc/${path}`, init);
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  const basic = `Basic ${Buffer.from(`admin:${adminPassword}`).toString('base64')}`;
  return {
    origin,
    directory,
    adminPassword,
    post: (method, body, token) =>
      ask(method, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify(body),
      }),
    get: (method, query) => ask(`${method}?${new URLSearchParams(query)}`, {}),
    admin: (method, query) =>
      ask(`${method}?${new URLSearchParams(query)}`, { headers: { authorization: basic } }),
    async migrant() {
      const { stdout } = await run(node, [join(folder, 'migrant.mjs'), directory, 'did:web:localhost']);
      return JSON.parse(stdout);
    },
    close,
  };
}
