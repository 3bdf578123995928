/**
 * Puts an app on a socket. Loopback by default; a TLS terminator stands in front in production.
 * Assumes: body sizes are limited by createServiceApp; here are the limits on time and headers.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

const headerBytesMax = 16 * 1024;
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
const closeGraceMs = 3_000;

/** Anything with a web-standard fetch: a Hono app. */
export interface Servable {
  fetch(request: Request, env?: unknown): Response | Promise<Response>;
}

export interface ServeOptions {
  host?: string;
  /** 0 for any free port */
  port: number;
  /** host name that others use for us; default the bound host */
  publicHost?: string;
}

export interface Served {
  origin: string;
  port: number;
  /** Lets requests under way finish (3 s), then closes. */
  close(): Promise<void>;
}

/** The port is not free. */
export class PortTaken extends Error {
  readonly port: number;
  constructor(port: number) {
    super(`Port ${port} is already in use. Stop what uses it, or choose another port.`);
    this.name = 'PortTaken';
    this.port = port;
  }
}

/** Serves `app` until close(). Throws PortTaken. */
export async function serve(app: Servable, options: ServeOptions): Promise<Served> {
  const host = options.host ?? '127.0.0.1';
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, env),
    serverOptions: {
      maxHeaderSize: headerBytesMax,
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
    },
    overrideGlobalObjects: false,
  }) as Server;
  await listen(server, host, options.port);
  const { port } = server.address() as AddressInfo;
  return { origin: `http://${options.publicHost ?? host}:${port}`, port, close: () => closeServer(server) };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    );
    server.listen(port, host, resolve);
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
