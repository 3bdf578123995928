/**
 * The chassis of every service: a Hono app with /health, /metrics, security headers, a body limit, a
 * journal line per request, and one place where errors become RFC 9457 problems.
 * Must never: journal or answer with a path, a body or an error message (PROTOCOL §8).
 */
import { Refusal } from '@answerable/protocol/refusal';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { NONCE, secureHeaders } from 'hono/secure-headers';
import { answerAway, isAwayPage, type Shown } from './away.tsx';
import { describeError, type Journal } from './journal.ts';
import type { Metrics } from './metrics.ts';
import { problemOf, problemResponse } from './problem.ts';
import { TooOften } from './source-limits.ts';

const bodyBytesMax = 512 * 1024;
const crossOriginMaxAgeSeconds = 600;

export type ServiceEnv = { Variables: { secureHeadersNonce?: string } };
export type ServiceApp = Hono<ServiceEnv>;

export type Callers = readonly string[] | '*' | ((origin: string) => boolean);

export interface ServiceAppOptions {
  name: string;
  journal: Journal;
  metrics: Metrics;
  /** bytes; default 512 KiB */
  bodyBytesMax?: number;
  /** more than that at addresses that take files; undefined for every other path */
  largerBodies?: (path: string) => number | undefined;
  /** origins besides our own that may show our pages in a frame (the practice tour) */
  frameAncestors?: readonly string[];
  /** origins besides our own to which our forms lead, redirects included */
  formTargets?: readonly string[];
  /** origins that our pages may frame */
  frames?: readonly string[];
  /** origins whose scripts may call this service (wallets), `*`, or a rule; default none */
  callers?: Callers;
  /** how the service is called on a page; default its name */
  shown?: Shown;
  /** false while the service cannot do its work yet; /health then answers 503 */
  ready?: () => boolean | Promise<boolean>;
}

/** An app that answers /health, /metrics and problems; add routes to it. */
export function createServiceApp(options: ServiceAppOptions): ServiceApp {
  const { name, journal, metrics } = options;
  const app: ServiceApp = new Hono<ServiceEnv>();
  app.use(observeRequests(journal, metrics));
  app.use(headers(options));
  if (options.callers) app.use(allowCallers(options.callers));
  app.use(limitBodies(options));
  app.get('/health', async (c) => {
    const ready = (await options.ready?.()) ?? true;
    if (!ready) throw new Refusal('not_ready');
    return c.json({ service: name, ok: true });
  });
  app.get('/metrics', async (c) => c.text(await metrics.text()));
  app.notFound(() => problemResponse(problemOf(new Refusal('not_found'))));
  app.onError((error, c) => answerError(error, c, options));
  return app;
}

function answerError(
  error: Error,
  c: Context,
  { name, journal, shown = { service: name, practice: false } }: ServiceAppOptions,
): Response | Promise<Response> {
  if (error instanceof HTTPException && error.status < 500) {
    return problemResponse(problemOf(new Refusal('malformed')));
  }
  const problem = problemOf(error);
  if (problem.code === 'internal') {
    journal.error('unexpected error', { ...describeError(error), method: c.req.method });
    if (process.env.ANSWERABLE_DEBUG === '1' && process.env.ANSWERABLE_MODE !== 'production')
      console.error(error);
  }
  if (isAwayPage(c, problem)) return answerAway(c, shown);
  const response = problemResponse(problem);
  if (error instanceof TooOften) response.headers.set('retry-after', String(error.seconds));
  return response;
}

/**
 * Over a socket a body says its length first, and Node cuts it there; one that does not say it is refused. In
 * tests without a socket the body itself is counted.
 */
function limitBodies(options: ServiceAppOptions): MiddlewareHandler {
  const tooLarge = () => {
    throw new Refusal('body_too_large');
  };
  return async (c, next) => {
    const bytesMax = options.largerBodies?.(c.req.path) ?? options.bodyBytesMax ?? bodyBytesMax;
    if (c.req.header('transfer-encoding') !== undefined) throw new Refusal('malformed', 'content-length');
    const overSocket = c.env !== undefined && c.env !== null && 'incoming' in c.env;
    if (!overSocket) return bodyLimit({ maxSize: bytesMax, onError: tooLarge })(c, next);
    if (Number(c.req.header('content-length') ?? 0) > bytesMax) tooLarge();
    return next();
  };
}

function observeRequests(journal: Journal, metrics: Metrics): MiddlewareHandler {
  return async (c, next) => {
    const start = performance.now();
    await next();
    const durationMs = performance.now() - start;
    const route = routePattern(c);
    metrics.observeRequest(route, c.req.method, c.res.status, durationMs / 1000);
    if (route === '/health' || route === '/metrics') return;
    journal.info('request', {
      route,
      method: c.req.method,
      status: c.res.status,
      durationMs: Math.round(durationMs),
    });
  };
}

// The pattern that matched, never the path: paths can hold a sub or a case number.
function routePattern(c: Context): string {
  return c.req.matchedRoutes.findLast((route) => route.method !== 'ALL')?.path ?? '(none)';
}

function headers(options: ServiceAppOptions): MiddlewareHandler {
  const self = "'self'";
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: [self, NONCE],
      scriptSrc: [self, NONCE],
      connectSrc: [self],
      imgSrc: [self, 'data:'],
      frameSrc: [self, ...(options.frames ?? [])],
      formAction: [self, ...(options.formTargets ?? [])],
      baseUri: ["'none'"],
      frameAncestors: [self, ...(options.frameAncestors ?? [])],
    },
    // frame-ancestors above says the same and can name the tour.
    xFrameOptions: false,
    referrerPolicy: 'no-referrer',
    crossOriginOpenerPolicy: 'same-origin-allow-popups',
    crossOriginResourcePolicy: options.callers ? 'cross-origin' : 'same-origin',
    overwrite: false,
  });
}

function allowCallers(callers: Callers): MiddlewareHandler {
  const allows = typeof callers === 'function' ? callers : (origin: string) => callers.includes(origin);
  return cors({
    origin: callers === '*' ? '*' : (origin) => (allows(origin) ? origin : null),
    allowHeaders: ['content-type'],
    allowMethods: ['GET', 'POST'],
    maxAge: crossOriginMaxAgeSeconds,
  });
}
