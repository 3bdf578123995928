/**
 * Serves the wallet's files and the trust policy, and nothing else: it has no state, keeps no journal of who
 * comes, and takes no data (PROTOCOL §0: "that somebody loads it").
 * Must never: let a page run other people's code or speak to anyone whom the trust policy does not list.
 */
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { trustPolicyFile } from '@answerable/protocol/trust-policy';
import { z } from 'zod';
import { buildWallet } from './build.ts';
import { type BuiltFile, readBuilt } from './built-files.ts';

const headersTimeoutMs = 10_000;
const closeGraceMs = 1_000;

export const walletHostConfig = z.strictObject({
  name: z.string().default('wallet'),
  mode: z.enum(['production', 'practice']),
  host: z.string().max(200).default('127.0.0.1'),
  port: z.int().min(0).max(65_535),
  /** As browsers reach it; the trust policy lists it. Default from the port, on localhost. */
  origin: z.url().max(200).optional(),
  /** Not used: there is nothing to keep. */
  dataDir: z.string().optional(),
  policyPath: z.string().min(1),
  /** Origins that may show the wallet in a frame: the practice tour. Nobody in production. */
  frameAncestors: z.array(z.string().max(200)).default([]),
});
export type WalletHostConfig = z.input<typeof walletHostConfig>;

export interface WalletHost {
  origin: string;
  close(): Promise<void>;
}

/** Builds if needed, serves until close(). Throws ZodError for a wrong config, Error if the port is taken. */
export async function startWalletHost(input: WalletHostConfig): Promise<WalletHost> {
  const config = walletHostConfig.parse(input);
  if (config.mode === 'production' && config.frameAncestors.length > 0)
    throw new Error('In production nobody may show the wallet in a frame.');
  const files = readBuilt(await buildWallet());
  const policy = policyAt(config.policyPath);
  const server = createServer((request, response) => {
    const answer = answerTo(request, { files, policy: policy(), mode: config.mode });
    const headers = { ...securityHeaders(policy()?.callees ?? [], config.frameAncestors), ...answer.headers };
    send(response, request.method === 'HEAD', { ...answer, headers });
  });
  server.headersTimeout = headersTimeoutMs;
  const port = await listen(server, config.host, config.port);
  return { origin: config.origin ?? `http://localhost:${port}`, close: () => closeServer(server) };
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}
interface Served {
  files: ReadonlyMap<string, BuiltFile>;
  policy: PolicyText | undefined;
  mode: string;
}

function answerTo(request: IncomingMessage, { files, policy, mode }: Served): Answer {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return { ...text(405, 'This address does not take that method.'), headers: { allow: 'GET, HEAD' } };
  if (path === '/health') return json(policy ? 200 : 503, { service: 'wallet', ok: policy !== undefined });
  if (path === '/settings.json') return json(200, { mode });
  if (path === '/policy.json') return policy ? json(200, policy.text) : json(503, { code: 'not_ready' });
  const file = files.get(path === '/' ? '/index.html' : path);
  if (!file) return text(404, 'There is nothing at this address.');
  const packed = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) ? file.gzip : undefined;
  const headers: Record<string, string> = { 'content-type': file.type, 'cache-control': file.cache };
  if (file.gzip) headers.vary = 'accept-encoding';
  if (packed) headers['content-encoding'] = 'gzip';
  return { status: 200, headers, body: packed ?? file.body };
}

const text = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body,
});
const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: typeof value === 'string' ? value : JSON.stringify(value),
});

interface PolicyText {
  text: string;
  /** Origins that the wallet calls: registrar, keepers, gateways, log. */
  callees: string[];
}

// Read when asked and when it has changed: the first policy is made while the wallet may already be up.
function policyAt(path: string): () => PolicyText | undefined {
  let kept: PolicyText | undefined;
  let readAt = 0;
  return () => {
    try {
      const changed = statSync(path).mtimeMs;
      if (kept && changed === readAt) return kept;
      const raw = readFileSync(path, 'utf8');
      const { policy } = trustPolicyFile.parse(JSON.parse(raw));
      const called = [policy.registrar, policy.log, ...policy.tags.keepers, ...policy.gateways];
      kept = { text: raw, callees: [...new Set(called.map(({ origin }) => origin))] };
      readAt = changed;
    } catch {
      // Not there yet, or half written: the one before stays.
    }
    return kept;
  };
}

function securityHeaders(callees: string[], frameAncestors: string[]): Record<string, string> {
  const rules = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "manifest-src 'self'",
    `connect-src ${["'self'", ...callees].join(' ')}`,
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors.length > 0 ? frameAncestors.join(' ') : "'none'"}`,
  ];
  return {
    'content-security-policy': rules.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  };
}

function send(response: ServerResponse, headOnly: boolean, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(headOnly ? undefined : body);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is already in use. Stop what uses it, or choose another port.`)
          : error,
      ),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), closeGraceMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
