/**
 * Whom a member lets reach them, said here for the gateway to keep: wishes, a block that holds the person, a knock
 * at a door that is closed. The forum keeps nothing of it and learns nothing by it: blocks and knocks are read in
 * the wallet (spec/targets.md).
 */
import { checkShape } from '@answerable/kit/read-json';
import type { ReachWishes } from '@answerable/protocol/admission/reach';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { z } from 'zod';
import { asks, tellGateway, walletAddress, wishesOf } from './ask-gateway.ts';
import { type ForumParts, isAnswerable, readBody, visitor, wantsJson } from './parts.ts';
import type { Account } from './store.ts';

// A box that is not ticked is not sent.
const ticked = z
  .union([z.boolean(), z.literal('on').transform(() => true)])
  .optional()
  .transform((value) => value ?? false);
const wishesForm = z.object({ reply: ticked, mention: ticked, message: ticked });

/** POST /me/wishes: who may reach me, as far as it depends on being answerable. */
export function sayWishes(parts: ForumParts) {
  return async (c: Context) => {
    const wishes = checkShape(await readBody(c), wishesForm);
    const me = await member(c, parts);
    await keepWishes(parts, me, wishes);
    return wantsJson(c) ? c.json({ wishes }) : c.redirect('/me?done=wishes', 303);
  };
}

/** The wish about replies alone; the others stay. */
export async function wishForReplies(parts: ForumParts, me: Account, reply: boolean): Promise<void> {
  const wishes = await wishesOf(parts, me);
  if (!wishes) throw new Refusal('unavailable');
  await keepWishes(parts, me, { ...wishes, reply });
}

async function keepWishes(parts: ForumParts, me: Account, wishes: ReachWishes): Promise<void> {
  await tellGateway(parts, 'PUT', `accounts/${me.subject}/wishes`, wishes);
  // Ours is what holds while the gateway is away.
  await parts.store.changeAccount(me.id, { reply_rule: wishes.reply ? 'answerable' : 'everyone' });
}

/** POST /accounts/:handle/block */
export function block(parts: ForumParts) {
  return async (c: Context) => {
    const { me, other } = await bothOf(c, parts);
    await tellGateway(parts, 'POST', 'blocks', { owner: me.subject, blocked: other.subject });
    return done(c, other, 'block');
  };
}

/** POST /accounts/:handle/unblock */
export function unblock(parts: ForumParts) {
  return async (c: Context) => {
    const { me, other } = await bothOf(c, parts);
    await tellGateway(parts, 'POST', 'blocks/removal', { owner: me.subject, blocked: other.subject });
    return done(c, other, 'unblock');
  };
}

/** POST /accounts/:handle/knock: the gateway notes the door; the knock itself is made in the wallet. */
export function knock(parts: ForumParts) {
  return async (c: Context) => {
    const { me, other } = await bothOf(c, parts);
    await tellGateway(parts, 'POST', 'knocks', { from: me.subject, to: other.subject });
    if (wantsJson(c)) return c.json({ knock: 'held', wallet: await walletAddress(parts) });
    return done(c, other, 'knock');
  };
}

const done = (c: Context, { handle }: Account, what: string) =>
  wantsJson(c) ? c.json({ ok: true }) : c.redirect(`/accounts/${handle}?done=${what}`, 303);

/** Also of who may not write here now: a suspended member can be hounded all the same. */
async function member(c: Context, parts: ForumParts): Promise<Account> {
  const me = await visitor(c, parts);
  if (!me) throw new Refusal('unauthorised');
  if (!(await asks(parts))) throw new Refusal('not_found');
  if (!isAnswerable(me)) throw new Refusal('forbidden', 'this needs an answerable account of your own');
  return me;
}

async function bothOf(c: Context, parts: ForumParts): Promise<{ me: Account; other: Account }> {
  const me = await member(c, parts);
  const other = await parts.store.accountByHandle(c.req.param('handle') ?? '');
  if (!other || other.id === me.id) throw new Refusal('not_found');
  if (!isAnswerable(other)) throw new Refusal('forbidden', 'nobody stands behind this account');
  return { me, other };
}
