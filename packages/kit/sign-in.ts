/**
 * Thin sign-in for the people who work at a console: a link with a one-time token, made by the launcher or an
 * administrator, becomes a session cookie named after the service (cookies are shared across ports).
 * Links are in memory: after a restart new ones are needed. Sessions are where the store keeps them; without
 * one, in memory too. Only hashes of tokens are kept, and the CSRF token follows from the cookie's.
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
  /** what is theirs to see and do, where a service divides its work; absent: all of it */
  queues?: readonly string[];
  /** of their record, where a service keeps one */
  id?: string;
  /** the credential of the passkey that they came in by: a session that began with it ends with it */
  passkey?: string;
}

export interface Session {
  staff: Staff;
  csrf: string;
}

/** Where sessions are kept, each under the hash of its token. */
export interface SessionStore {
  open(key: string, staff: Staff, until: Date): Promise<void>;
  /** Who it is as of now; undefined if there is none, or it is over. */
  find(key: string, now: Date): Promise<Staff | undefined>;
  close(key: string): Promise<void>;
}

export interface SignInOptions {
  /** unique per service and instance, `[a-z0-9-]` */
  service: string;
  clock: Clock;
  /** where the link leads after sign-in; default `/` */
  home?: string;
  /** true behind TLS */
  secure?: boolean;
  /** default: in memory, until the service stops */
  store?: SessionStore;
}

export interface SignIn {
  /** A one-time link path, `/sign-in?token=…`, for this member of staff. */
  issueLink(staff: Staff): string;
  /** Adds GET /sign-in and POST /sign-out to an app. */
  mount<E extends import('hono').Env>(app: Hono<E>): void;
  /** Lets pass who has one of `roles` (none named: anyone signed in); checks CSRF on everything but GET. */
  require(...roles: string[]): MiddlewareHandler;
  /** The session of this request, behind `require` or after `find`; refuses `unauthorised`. */
  session(c: Context): Session;
  /** The session of this request, if there is one. */
  find(c: Context): Promise<Session | undefined>;
  /** Opens a session for somebody who came in by another door, and sets its cookie. */
  enter(c: Context, staff: Staff): Promise<void>;
}

interface Kept<T> {
  value: T;
  until: number;
}

/** Sign-in for one service. */
export function createSignIn(options: SignInOptions): SignIn {
  const { clock, home = '/', store = memoryStore() } = options;
  // Behind TLS under a name that no other host of the site can set: nobody works in a session that others put there.
  const cookieName = `${options.secure ? '__Host-' : ''}${options.service}-staff`;
  const links = new Map<string, Kept<Staff>>();
  const found = new WeakMap<Context, Session>();

  const find = async (c: Context): Promise<Session | undefined> => {
    const known = found.get(c);
    const token = getCookie(c, cookieName);
    if (known || !token) return known;
    const staff = await store.find(hashToken(token), clock.now());
    if (!staff) return undefined;
    const session = { staff, csrf: hashToken(`csrf ${token}`) };
    found.set(c, session);
    return session;
  };
  const session = (c: Context): Session => {
    const known = found.get(c);
    if (!known) throw new Refusal('unauthorised');
    return known;
  };
  const enter = async (c: Context, staff: Staff) => {
    const token = newToken();
    const until = new Date(clock.now().getTime() + durationMs({ hours: sessionHours }));
    await store.open(hashToken(token), staff, until);
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
    enter,
    issueLink(staff) {
      const token = newToken();
      links.set(hashToken(token), {
        value: staff,
        until: clock.now().getTime() + durationMs({ hours: linkHours }),
      });
      dropOldest(links);
      return `/sign-in?token=${token}`;
    },
    mount(app) {
      app.get('/sign-in', async (c) => {
        const key = hashToken(c.req.query('token') ?? '');
        const link = links.get(key);
        links.delete(key);
        if (!link || link.until <= clock.now().getTime()) throw new Refusal('unauthorised');
        await enter(c, link.value);
        return c.redirect(home, 303);
      });
      app.post('/sign-out', async (c) => {
        await find(c);
        await checkCsrf(c, session(c));
        await store.close(hashToken(getCookie(c, cookieName) ?? ''));
        return c.redirect(home, 303);
      });
    },
    require(...roles) {
      return async (c, next) => {
        await find(c);
        const current = session(c);
        if (roles.length > 0 && !roles.some((role) => current.staff.roles.includes(role)))
          throw new Refusal('forbidden');
        if (c.req.method !== 'GET' && c.req.method !== 'HEAD') await checkCsrf(c, current);
        await next();
      };
    },
  };
}

function memoryStore(): SessionStore {
  const sessions = new Map<string, Kept<Staff>>();
  return {
    async open(key, staff, until) {
      sessions.set(key, { value: staff, until: until.getTime() });
      dropOldest(sessions);
    },
    async find(key, now) {
      const kept = sessions.get(key);
      return kept && kept.until > now.getTime() ? kept.value : undefined;
    },
    async close(key) {
      sessions.delete(key);
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
  return timingSafeEqual(Buffer.from(hashToken(a)), Buffer.from(hashToken(b)));
}

function dropOldest<T>(kept: Map<string, T>): void {
  const oldest = kept.keys().next();
  if (kept.size > sessionsMax && !oldest.done) kept.delete(oldest.value);
}

/** A word that nobody guesses: 24 random bytes, base64url. */
export function newToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}

/** What is kept of a token: SHA-256, base64url. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
