/** A browser for the load generator: cookies by path, connections kept open, as little work of its own as can be. */
import { Agent, request } from 'node:http';

const socketsMax = 256;
const agent = new Agent({ keepAlive: true, maxSockets: socketsMax });

/** Where several processes answer for one origin, as behind a balancer: each request goes to the next. */
const portsOf = new Map<string, readonly number[]>();
let turn = 0;

export function balance(origin: string, ports: readonly number[]): void {
  portsOf.set(origin, ports);
}

function portFor({ origin, host }: URL): { port: number; headers: { host: string } } | undefined {
  const ports = portsOf.get(origin);
  turn += 1;
  return ports && { port: ports[turn % ports.length]!, headers: { host } };
}

export interface Answer {
  status: number;
  /** where a redirect leads, absolute */
  location: string | undefined;
  cookies: string[];
  text: string;
}

export interface Sent {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** One request over loopback; redirects are not followed. */
export function call(address: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const { port, headers: asked } = portFor(new URL(address)) ?? {};
    const options = { method, agent, headers: { ...headers, ...length, ...asked } };
    const sent = request(address, port === undefined ? options : { ...options, port }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location && new URL(response.headers.location, address).href,
          cookies: response.headers['set-cookie'] ?? [],
          text: Buffer.concat(parts).toString(),
        }),
      );
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // Kept open for so long that the other side had closed it meanwhile: nothing was read.
      if (sent.reusedSocket && error.code === 'ECONNRESET')
        resolve(call(address, { method, headers, ...(body === undefined ? {} : { body }) }));
      else reject(error);
    });
    sent.end(body);
  });
}

/** Somebody's browser, new each time: what it was told to keep is sent where it belongs. */
export function visitor(): (address: string, sent?: Sent) => Promise<Answer> {
  const kept = new Map<string, { pair: string; path: string }>();
  return async (address, sent = {}) => {
    const { pathname } = new URL(address);
    const own = [...kept.values()].filter(
      ({ path }) => pathname === path || pathname.startsWith(slashed(path)),
    );
    const cookie = own.map(({ pair }) => pair).join('; ');
    const answer = await call(address, {
      ...sent,
      headers: { ...sent.headers, ...(cookie ? { cookie } : {}) },
    });
    for (const line of answer.cookies) keep(kept, line);
    return answer;
  };
}

const slashed = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

function keep(kept: Map<string, { pair: string; path: string }>, line: string): void {
  const [pair = '', ...rest] = line.split('; ');
  const path = rest.find((part) => /^path=/i.test(part))?.slice(5) ?? '/';
  const name = `${path} ${pair.slice(0, pair.indexOf('='))}`;
  if (rest.some((part) => /^expires=Thu, 01 Jan 1970/i.test(part))) kept.delete(name);
  else kept.set(name, { pair, path });
}
