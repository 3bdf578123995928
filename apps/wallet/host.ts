/**
 * Serves the wallet's files and the trust policy, and nothing else (answers.ts): it has no state, keeps no journal
 * of who comes, and takes no data (PROTOCOL §0: "that somebody loads it").
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type TrustPolicyFile, trustPolicyFile } from '@answerable/protocol/trust-policy';
import { z } from 'zod';
import { type Answer, answerTo, type PolicyText } from './answers.ts';
import { buildWallet } from './build.ts';
import { readBuilt } from './built-files.ts';
import { calleesOf } from './security-headers.ts';

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
  const { mode, frameAncestors } = config;
  const secure = config.origin?.startsWith('https:') ?? false;
  const server = createServer((request, response) => {
    const { method = '', url = '/', headers } = request;
    const acceptEncoding = String(headers['accept-encoding'] ?? '');
    const site = { files, policy: policy(), mode, frameAncestors, secure };
    send(response, method === 'HEAD', answerTo({ method, url, acceptEncoding }, site));
  });
  server.headersTimeout = headersTimeoutMs;
  const port = await listen(server, config.host, config.port);
  return { origin: config.origin ?? `http://localhost:${port}`, close: () => closeServer(server) };
}

// Read when asked and when it has changed: the first policy is made while the wallet may already be up, and what
// follows it is put beside it. Whether any of it holds is for the wallets.
function policyAt(path: string): () => PolicyText | undefined {
  let kept: PolicyText | undefined;
  let readAt = '';
  return () => {
    try {
      const paths = [path];
      while (existsSync(successorAt(path, paths.length + 1))) paths.push(successorAt(path, paths.length + 1));
      const changed = paths.map((one) => statSync(one).mtimeMs).join();
      if (kept && changed === readAt) return kept;
      const texts = paths.map((one) => readFileSync(one, 'utf8'));
      const files = texts.map((text) => trustPolicyFile.parse(JSON.parse(text)));
      const callees = new Set(files.flatMap(({ policy }) => calleesOf(policy)));
      kept = { text: servedText(texts, files), callees: [...callees] };
      readAt = changed;
    } catch {
      // Not there yet, or half written: the one before stays.
    }
    return kept;
  };
}

/** As kit/policy-source.ts names it. */
const successorAt = (path: string, serial: number): string => `${path}.${serial}`;

function servedText([text]: string[], [first, ...successors]: TrustPolicyFile[]): string {
  return successors.length === 0 ? text! : JSON.stringify({ ...first, successors });
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
