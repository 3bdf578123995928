/**
 * A proxy that a whole browser is started behind, loopback too: whatever leaves, from pages, workers, service
 * workers or the browser itself, passes here and is kept. Tunnels (https, web sockets) are kept by their name and
 * refused. It changes nothing on the way.
 */
import { createServer, type IncomingHttpHeaders, type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Passed {
  method: string;
  origin: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  body: string;
  /** Names of cookies that the answer set. */
  cookiesSet: string[];
  status: number;
}

export interface RecordingProxy {
  server: string;
  passed: Passed[];
  close(): Promise<void>;
}

export async function startRecordingProxy(): Promise<RecordingProxy> {
  const passed: Passed[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const url = new URL(incoming.url ?? '', 'http://not.proxied');
      const kept = keep(passed, incoming.method ?? '', url, incoming.headers, body);
      const { 'proxy-connection': _, ...headers } = incoming.headers;
      const onward = send(
        {
          host: '127.0.0.1',
          port: url.port,
          method: incoming.method,
          path: url.pathname + url.search,
          headers,
        },
        (answer) => {
          kept.status = answer.statusCode ?? 0;
          kept.cookiesSet = (answer.headers['set-cookie'] ?? []).map((line) => line.split('=')[0] ?? '');
          outgoing.writeHead(kept.status, answer.headers);
          answer.pipe(outgoing);
        },
      );
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  });
  for (const kind of ['connect', 'upgrade'] as const)
    server.on(kind, (incoming, socket) => {
      keep(passed, kind.toUpperCase(), tunnelOf(incoming.url ?? ''), incoming.headers, Buffer.alloc(0));
      socket.destroy();
    });
  const port = await listen(server);
  return { server: `http://127.0.0.1:${port}`, passed, close: () => closeServer(server) };
}

function keep(
  passed: Passed[],
  method: string,
  url: URL,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Passed {
  const { origin, pathname: path, searchParams } = url;
  const query = Object.fromEntries(searchParams);
  const one = { method, origin, path, query, headers, body: body.toString(), cookiesSet: [], status: 0 };
  passed.push(one);
  return one;
}

const tunnelOf = (name: string) => new URL(name.includes('://') ? name : `https://${name}`);

function listen(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
