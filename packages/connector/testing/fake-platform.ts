/**
 * A platform's API on a socket, which writes down what it was asked and can answer as badly as the network does.
 * For tests only.
 */
import { type Served, serve } from '@answerable/kit/serve';
import { Hono } from 'hono';
import type { ConnectorMemory, ForeignName } from '../memory.ts';

export type Mood =
  | 'well'
  /** no answer at all */
  | 'hangs'
  /** does what it was asked, and nobody hears of it */
  | 'loses-answers'
  /** a page of somebody's proxy, with this status */
  | { page: number }
  | { status: number; retryAfter?: string }
  | 'redirects-elsewhere'
  | 'huge'
  | 'half-a-json';

export interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was sent
  body: any;
}

export interface FakePlatform {
  origin: string;
  mood: Mood;
  /** the address whose answers are lost after it did what it was asked */
  loses: string | undefined;
  asked: Asked[];
  /** what changed something there */
  changes(): string[];
  /** requests that came to the place it redirects to */
  elsewhere: Asked[];
  close(): Promise<void>;
}

const hugeBytes = 10 * 1024 * 1024;

/** `api` is the platform's own part; requests without `authorised` headers get 401. */
export async function fakePlatform(
  api: Hono,
  authorised: (headers: Record<string, string>) => boolean,
): Promise<FakePlatform> {
  const app = new Hono();
  const trap = new Hono();
  const asked: Asked[] = [];
  const elsewhere: Asked[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  trap.all('*', async (c) => {
    elsewhere.push(await noted(c.req.raw));
    return c.json({});
  });
  const trapServed = await serve(trap, { port: 0 });
  app.use(async (c, next) => {
    const { mood } = fake;
    asked.push(await noted(c.req.raw.clone()));
    if (mood === 'hangs') {
      await released;
      return c.text('late');
    }
    if (mood === 'huge') return c.body('x'.repeat(hugeBytes), 200, { 'content-type': 'application/json' });
    if (mood === 'half-a-json') return c.body('{"id": "1', 200, { 'content-type': 'application/json' });
    if (mood === 'redirects-elsewhere') return c.redirect(`${trapServed.origin}/anything`, 307);
    if (typeof mood === 'object' && 'page' in mood) return c.html('<h1>Back soon</h1>', mood.page as 503);
    if (typeof mood === 'object')
      return c.json(
        { error: 'no' },
        mood.status as 500,
        mood.retryAfter ? { 'retry-after': mood.retryAfter } : {},
      );
    if (!authorised(c.req.header())) return c.json({ error: 'The access token is invalid' }, 401);
    await next();
    if (mood === 'loses-answers' || fake.loses === c.req.path)
      c.res = new Response('<h1>Bad gateway</h1>', { status: 502 });
  });
  app.route('/', api);
  const served: Served = await serve(app, { port: 0 });
  const fake: FakePlatform = {
    origin: served.origin,
    mood: 'well',
    loses: undefined,
    asked,
    changes: () =>
      asked.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`),
    elsewhere,
    async close() {
      release();
      await served.close();
      await trapServed.close();
    },
  };
  return fake;
}

async function noted(request: Request): Promise<Asked> {
  const { pathname, search } = new URL(request.url);
  const text = await request.text();
  return {
    method: request.method,
    path: pathname + search,
    headers: Object.fromEntries(request.headers),
    body: text.startsWith('{') ? JSON.parse(text) : text,
  };
}

/** What an adapter remembers, in memory. */
export function memoryOfTests(): ConnectorMemory & { names: Map<string, ForeignName> } {
  const names = new Map<string, ForeignName>();
  const befores = new Map<string, string>();
  return {
    names,
    name: async (locator) => names.get(locator),
    async keepNames(more) {
      for (const one of more) if (!names.has(one.locator)) names.set(one.locator, one);
    },
    before: async (target) => befores.get(target),
    async keepBefore(target, before) {
      if (!befores.has(target)) befores.set(target, before);
    },
    async forgetBefore(target) {
      befores.delete(target);
    },
  };
}
