/**
 * How one gets an account, under each of the three rules, and how one comes back. decode → who is bound →
 * may join → record → session. An account that exists may always come back the way it came.
 */
import { dayOf } from '@answerable/kit/clock';
import { asForm, checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { GatewayClaims, LegalIdentity } from './openid.ts';
import { type ForumParts, openSession, readBody, sessionToken, wantsJson } from './parts.ts';
import { mayJoin, type Place, type Way, whoIsBound } from './policy.ts';
import { type Account, hashed, newId } from './store.ts';

const startedSeconds = 900;
const handleTriesMax = 20;

const handle = z.string().regex(/^[a-z0-9_]{3,30}$/);
const told = z.enum(['uk', 'elsewhere']).optional();
const openJoin = z.object({ handle, email: z.email().max(200), told });

/** Where the visitor is, as far as can be told: `?country=FR` stands for geo-IP, else the practice setting. */
export async function placeOf(c: Context, { store }: ForumParts, said?: unknown): Promise<Place> {
  const country = c.req.query('country');
  const { geography } = await store.settings();
  return {
    geography: country === undefined ? geography : /^[A-Z]{2}$/.test(country) ? country : null,
    told: told.catch(undefined).parse(said ?? c.req.query('told')) ?? null,
  };
}

/** Refuses `forbidden` with what is needed instead; `malformed` where the person must first say where they are. */
async function requireMayJoin(way: Way, place: Place, { store }: ForumParts): Promise<void> {
  const { rule, forUk } = await store.settings();
  const { bound } = whoIsBound(forUk, place);
  if (bound === null && !(mayJoin(way, rule, true) && mayJoin(way, rule, false)))
    throw new Refusal('malformed', 'told: uk or elsewhere');
  if (!mayJoin(way, rule, bound ?? true)) throw new Refusal('forbidden', `rule: ${rule}`);
}

/** POST /sign-up: a handle and any e-mail, which nobody checks. */
export function joinOpen(parts: ForumParts) {
  return async (c: Context) => {
    const form = checkShape(await readBody(c), openJoin);
    await requireMayJoin('open', await placeOf(c, parts, form.told), parts);
    const account = { ...blank(parts), handle: form.handle, way: 'open' as const, email: form.email };
    await parts.store.addAccount(account);
    return welcome(c, parts, account, 201);
  };
}

/** POST /sign-in: comes back to an open account; whoever knows handle and e-mail is believed. */
export function returnOpen(parts: ForumParts) {
  return async (c: Context) => {
    const form = checkShape(await readBody(c), openJoin.omit({ told: true }));
    const account = await parts.store.accountByHandle(form.handle);
    if (account?.way !== 'open' || account.email !== form.email) throw new Refusal('account_unknown');
    return welcome(c, parts, account);
  };
}

/** GET /sign-in/gateway, GET /sign-in/identity */
export function beginElsewhere(kind: 'gateway' | 'identity', parts: ForumParts) {
  return async (c: Context) => {
    const { url, handshake } = await parts.openid.begin(kind);
    const id = newId();
    const place = JSON.stringify(await placeOf(c, parts));
    const expires_at = new Date(parts.clock.now().getTime() + startedSeconds * 1000);
    await parts.store.keepStarted({ id_hash: hashed(id), kind, ...handshake, place, expires_at });
    setCookie(c, `${parts.config.name}-started`, id, {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: startedSeconds,
    });
    return c.redirect(url, 303);
  };
}

/** GET /callback: back from the gateway. */
export function finishGateway(parts: ForumParts) {
  return async (c: Context) => {
    const { handshake, place, query } = await started(c, 'gateway', parts);
    const claims = await parts.openid.finishGateway(query, handshake);
    const known = await parts.store.accountBySubject('gateway', claims.sub);
    if (known) return welcome(c, parts, known);
    await requireMayJoin('gateway', { ...place, credential: claims.residence }, parts);
    return welcome(c, parts, await addNamed(parts, claims.preferred_username, ofGateway(claims, parts)));
  };
}

/** GET /sign-up/verified: back from the identity provider. From here on the forum holds a legal name. */
export function finishIdentity(parts: ForumParts) {
  return async (c: Context) => {
    const { handshake, query } = await started(c, 'identity', parts);
    const identity = await parts.openid.finishIdentity(query, handshake);
    const known = await parts.store.accountBySubject('identity', identity.sub);
    if (known) return welcome(c, parts, known);
    await requireMayJoin('identity', { geography: null, told: null }, parts);
    return welcome(c, parts, await addNamed(parts, handleFrom(identity.name), ofIdentity(identity, parts)));
  };
}

/** POST /sign-out: this browser's session here. The gateway keeps none that could sign in again. */
export function signOut(parts: ForumParts) {
  return async (c: Context) => {
    await parts.store.endSession(sessionToken(c, parts));
    return wantsJson(c) ? c.json({ ok: true }) : c.redirect('/', 303);
  };
}

/** POST /backchannel-logout: the gateway says that every session of an account has ended. */
export function endByGateway({ openid, store }: ForumParts) {
  return async (c: Context) => {
    const { logout_token: token } = await asForm(c.req.parseBody());
    if (typeof token !== 'string') throw new Refusal('malformed', 'logout_token');
    const account = await store.accountBySubject('gateway', await openid.readLogout(token));
    if (account) await store.endSessions(account.id);
    c.header('cache-control', 'no-store');
    return c.body(null, 200);
  };
}

async function started(c: Context, kind: 'gateway' | 'identity', { config, store, clock }: ForumParts) {
  const id = getCookie(c, `${config.name}-started`) ?? '';
  const found = await store.takeStarted(id, clock.now());
  if (found?.kind !== kind) throw new Refusal('session_unknown');
  const { state, nonce, verifier, place } = found;
  const query = new URL(c.req.url).searchParams;
  return { handshake: { state, nonce, verifier }, place: JSON.parse(place) as Place, query };
}

async function welcome(c: Context, parts: ForumParts, account: Account, status: 200 | 201 = 200) {
  if (account.memorial_notice !== null) throw new Refusal('account_closed');
  if (account.suspended_notice !== null) throw new Refusal('suspended');
  await openSession(c, parts, account);
  if (wantsJson(c)) return c.json(describeAccount(account), status);
  return c.redirect('/', 303);
}

/** The account as its holder sees it. */
export const describeAccount = (account: Account) => ({
  id: account.id,
  handle: account.handle,
  answerable: account.way === 'gateway',
  realName: account.legal_name,
  replyRule: account.reply_rule,
  awaitsModerator: account.awaits_moderator,
});

const blank = ({ clock }: ForumParts): Account => ({
  id: newId(),
  handle: '',
  way: 'open',
  subject: null,
  email: null,
  legal_name: null,
  birth_date: null,
  awaits_moderator: false,
  suspended_notice: null,
  memorial_notice: null,
  reply_rule: 'everyone',
  bio: '',
  day: dayOf(clock.now()),
});

/** After a reset a bar may have been washed away: a moderator looks first (PROTOCOL §10). */
const ofGateway = ({ sub, reset_recent }: GatewayClaims, parts: ForumParts): Account => ({
  ...blank(parts),
  way: 'gateway',
  subject: sub,
  awaits_moderator: reset_recent === true,
});

const ofIdentity = ({ sub, name, birthDate }: LegalIdentity, parts: ForumParts): Account => ({
  ...blank(parts),
  way: 'identity',
  subject: sub,
  legal_name: name,
  birth_date: birthDate,
});

const handleFrom = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 24)
    .padEnd(3, '_');

/** The wished handle, or with a number behind it if somebody has it. */
async function addNamed({ store }: ForumParts, wished: string, account: Account): Promise<Account> {
  for (let i = 1; ; i++) {
    const named = { ...account, handle: i === 1 ? wished : `${wished.slice(0, 26)}_${i}` };
    try {
      await store.addAccount(named);
      return named;
    } catch (error) {
      const taken = error instanceof Refusal && error.code === 'handle_taken';
      if (!taken || i === handleTriesMax) throw error;
    }
  }
}
