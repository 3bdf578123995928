/** What the verbs of one forum work with, and how a visitor is known. */

import { randomBytes } from 'node:crypto';
import type { Clock } from '@answerable/kit/clock';
import type { Journal } from '@answerable/kit/journal';
import { asForm } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { ForumSettled } from './config.ts';
import type { OpenIdClients } from './openid.ts';
import type { Account, Db, ForumStore } from './store.ts';

const sessionDays = 7;
const tokenBytes = 24;

export interface ForumParts {
  config: ForumSettled;
  clock: Clock;
  journal: Journal;
  db: Db;
  store: ForumStore;
  openid: OpenIdClients;
}

export const isAnswerable = ({ way }: Pick<Account, 'way'>): boolean => way === 'gateway';

/** Whether the answer is for a program: it asks for JSON, or sent some. */
export const wantsJson = (c: Context): boolean =>
  (c.req.header('accept') ?? '').includes('application/json') ||
  (c.req.header('content-type') ?? '').startsWith('application/json');

const cookieOptions = { httpOnly: true, sameSite: 'Lax', path: '/' } as const;

export async function openSession(
  c: Context,
  { config, store, clock }: ForumParts,
  account: Account,
): Promise<void> {
  const token = randomBytes(tokenBytes).toString('base64url');
  const seconds = sessionDays * 86_400;
  await store.openSession(token, account.id, new Date(clock.now().getTime() + seconds * 1000));
  setCookie(c, `${config.name}-session`, token, { ...cookieOptions, maxAge: seconds });
}

export const sessionToken = (c: Context, { config }: ForumParts): string =>
  getCookie(c, `${config.name}-session`) ?? '';

export const visitor = (c: Context, parts: ForumParts): Promise<Account | undefined> =>
  parts.store.sessionAccount(sessionToken(c, parts), parts.clock.now());

/** The account of this session that may write. Refuses `unauthorised`, `account_closed`, `suspended`, `forbidden`. */
export async function writer(c: Context, parts: ForumParts): Promise<Account> {
  const account = await visitor(c, parts);
  if (!account) throw new Refusal('unauthorised');
  if (account.memorial_notice !== null) throw new Refusal('account_closed');
  if (account.suspended_notice !== null) throw new Refusal('suspended');
  if (account.awaits_moderator) throw new Refusal('forbidden', 'a moderator approves accounts after a reset');
  return account;
}

/** Form or JSON, as text fields (JSON keeps lists). */
export async function readBody(c: Context): Promise<Record<string, unknown>> {
  if ((c.req.header('content-type') ?? '').startsWith('application/json'))
    return c.req.json().catch(() => {
      throw new Refusal('malformed', 'body: JSON');
    });
  return asForm(c.req.parseBody({ all: true }));
}
