/**
 * Thin sign-in for the people who work at a console: a link with a one-time token, made by the launcher or an
 * administrator, becomes a session cookie named after the service (cookies are shared across ports).
 * State is in memory: after a restart new links are needed. Only hashes of tokens are kept.
 * Must never: act on a POST without the session's CSRF token, or tell a used link from an invented one.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { type Clock, durationMs } from './clock.ts';
import { asForm } from './read-json.ts';

const tokenBytes = 24;
const linkHours = 24;
const sessionHours = 12;
const sessionsMax = 1_000;

/** Someone who works here. `name` is a working name such as `guardian-1` or `moderator A`. */
export interface Staff {
  name: string;
  roles: readonly string[];
}

export interface Session {
  staff: Staff;
  csrf: string;
}

export interface SignInOptions {
  /** unique per service and instance, `[a-z0-9-]` */
  service: string;
  clock: Clock;
  /** where the link leads after sign-in; default `/` */
  home?: string;
  /** true behind TLS */
  secure?: boolean;
}

export interface SignIn {
  /** A one-time link path, `/sign-in?token=…`, for this member of staff. */
  issueLink(staff: Staff): string;
  /** Adds GET /sign-in and POST /sign-out to an app. */
  mount<E extends import('hono').Env>(app: Hono<E>): void;
  /** Lets pass who has one of `roles` (none named: anyone signed in); checks CSRF on everything but GET. */
  require(...roles: string[]): MiddlewareHandler;
  /** The session of this request; refuses `unauthorised`. */
  session(c: Context): Session;
  /** The session of this request, if there is one. */
  find(c: Context): Session | undefined;
}

interface Kept<T> {
  value: T;
  until: number;
}

/** Sign-in for one service. */
export function createSignIn(options: SignInOptions): SignIn {
  const { clock, home = '/' } = options;
  const cookieName = `${options.service}-staff`;
  const links = new Map<string, Kept<Staff>>();
  const sessions = new Map<string, Kept<Session>>();
  const now = () => clock.now().getTime();

  const find = (c: Context): Session | undefined => {
    const kept = sessions.get(hashed(getCookie(c, cookieName) ?? ''));
    return kept && kept.until > now() ? kept.value : undefined;
  };
  const session = (c: Context): Session => {
    const found = find(c);
    if (!found) throw new Refusal('unauthorised');
    return found;
  };
  const open = (c: Context, staff: Staff) => {
    const token = newToken();
    const until = now() + durationMs({ hours: sessionHours });
    sessions.set(hashed(token), { value: { staff, csrf: newToken() }, until });
    dropOldest(sessions);
    setCookie(c, cookieName, token, {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      secure: options.secure ?? false,
      maxAge: sessionHours * 3600,
    });
  };

  return {
    find,
    session,
    issueLink(staff) {
      const token = newToken();
      links.set(hashed(token), { value: staff, until: now() + durationMs({ hours: linkHours }) });
      dropOldest(links);
      return `/sign-in?token=${token}`;
    },
    mount(app) {
      app.get('/sign-in', (c) => {
        const key = hashed(c.req.query('token') ?? '');
        const link = links.get(key);
        links.delete(key);
        if (!link || link.until <= now()) throw new Refusal('unauthorised');
        open(c, link.value);
        return c.redirect(home, 303);
      });
      app.post('/sign-out', async (c) => {
        await checkCsrf(c, session(c));
        sessions.delete(hashed(getCookie(c, cookieName) ?? ''));
        return c.redirect(home, 303);
      });
    },
    require(...roles) {
      return async (c, next) => {
        const current = session(c);
        if (roles.length > 0 && !roles.some((role) => current.staff.roles.includes(role)))
          throw new Refusal('forbidden');
        if (c.req.method !== 'GET' && c.req.method !== 'HEAD') await checkCsrf(c, current);
        await next();
      };
    },
  };
}

// The token comes in the form field `csrf`, or for scripts of our own pages in a header.
async function checkCsrf(c: Context, { csrf }: Session): Promise<void> {
  const header = c.req.header('x-csrf-token');
  const given = header ?? (await asForm(c.req.parseBody())).csrf;
  if (typeof given !== 'string' || !same(given, csrf)) throw new Refusal('forbidden');
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashed(a)), Buffer.from(hashed(b)));
}

function dropOldest<T>(kept: Map<string, T>): void {
  const oldest = kept.keys().next();
  if (kept.size > sessionsMax && !oldest.done) kept.delete(oldest.value);
}

function newToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}

function hashed(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
