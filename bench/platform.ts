/** The platform of a gateway or desk under test: is told of sessions that end, does what it is asked, all at once. */
import { createServer, type IncomingMessage } from 'node:http';
import { freePort } from '@answerable/kit/free-port';

export interface BenchPlatform {
  origin: string;
  logoutUri: string;
  /** Accounts whose platform was told that their sessions ended, with the moment. */
  toldAt: Map<string, number>;
  /** acts that it was asked for so far */
  acts(): number;
  close(): Promise<void>;
}

export async function startPlatform(): Promise<BenchPlatform> {
  const toldAt = new Map<string, number>();
  let acts = 0;
  const server = createServer(async (incoming, outgoing) => {
    const text = await bodyOf(incoming);
    if (incoming.url === '/logout') {
      const [, claims = ''] = (new URLSearchParams(text).get('logout_token') ?? '').split('.');
      const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}') as { sub?: string };
      if (sub && !toldAt.has(sub)) toldAt.set(sub, performance.now());
      outgoing.end();
      return;
    }
    if (incoming.url === '/moderation/acts') acts += 1;
    else outgoing.statusCode = 404;
    outgoing.setHeader('content-type', 'application/json');
    outgoing.end(outgoing.statusCode === 404 ? '{"code":"not_found"}' : '{"done":true,"could":""}');
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    logoutUri: `${origin}/logout`,
    toldAt,
    acts: () => acts,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
