/**
 * What the forum asks of its gateway: before somebody writes, whether they may do this here and reach whom they
 * would reach (POST /platform/acts); and for its members, wishes, blocks and knocks (spec/targets.md). Only under
 * the answerable rule. Of accounts that came another way the gateway knows nothing: about them the table of
 * `policy.ts` decided when they joined, and a member's wishes hold for them too.
 */
import { refusalOf } from '@answerable/kit/problem';
import { type ReachWishes, reachWishes } from '@answerable/protocol/admission/reach';
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';
import { type ForumParts, isAnswerable } from './parts.ts';
import type { Account } from './store.ts';

const answerMsMax = 2_000;
const mentionsMax = 10;
const may = z.object({ may: z.string(), words: z.string().min(1).max(200) });
const wishesShape = z.object({ wishes: reachWishes, guarded: z.boolean() });
const walletShape = z.object({ reach: z.url({ protocol: /^https?$/ }) });

export interface ActHere {
  /** of the policy; one without rooms takes either for its one room */
  room: 'noticeboard' | 'pages';
  act: 'post' | 'reply' | 'mention';
  /** whom a reply or a mention is for */
  to?: Account;
}

/** A member who is not reached without knocking. */
export class DoorClosed extends Refusal {
  readonly to: Account;

  constructor(to: Account, words: string) {
    super('forbidden', words);
    this.to = to;
  }
}

/** Whether anything is asked here, and now. */
export const asks = async ({ config, store }: ForumParts): Promise<boolean> =>
  config.gateway?.apiToken !== undefined && (await store.settings()).rule === 'answerable';

/** Refuses `forbidden` in the gateway's words, `account_unknown` where it knows the account no more. */
export async function requireMay(parts: ForumParts, account: Account, here: ActHere): Promise<void> {
  if (!isAnswerable(account) || !(await asks(parts))) return;
  const answer = await ask(parts, may, 'POST', 'acts', await questionOf(parts, account, here));
  // Nobody is silenced because a gateway is away: what was decided at sign-in holds until it answers again.
  if (!answer) return parts.journal.warn('the gateway did not say whether an act may be done');
  if (answer.may === 'knock' && here.to) throw new DoorClosed(here.to, answer.words);
  if (answer.may !== 'yes') throw new Refusal('forbidden', answer.words);
}

async function questionOf({ store }: ForumParts, { id, subject }: Account, { to, ...act }: ActHere) {
  const question = { sub: subject, ...act };
  if (!to || !isAnswerable(to) || to.id === id) return question;
  return { ...question, to: to.subject, inTouch: await store.hasRepliedTo(to.id, id) };
}

/** Everybody whose handle stands in `text` behind an @: a mention reaches them as a reply does. */
export async function requireMayMention(
  parts: ForumParts,
  account: Account,
  { text, room }: { text: string; room: ActHere['room'] },
): Promise<void> {
  const handles = [...new Set([...text.matchAll(/@([a-z0-9_]{3,30})/g)].map((found) => found[1]!))];
  if (handles.length > mentionsMax) throw new Refusal('malformed', `text: at most ${mentionsMax} mentions`);
  for (const handle of handles) {
    const to = await parts.store.accountByHandle(handle);
    if (!to || to.id === account.id) continue;
    if (!isAnswerable(account) && (await onlyAnswerable(parts, to, 'mention')))
      throw new Refusal('forbidden', `${handle} lets only answerable accounts mention them`);
    await requireMay(parts, account, { room, act: 'mention', to });
  }
}

/** Whether accounts without a person behind them are kept from `owner`. The gateway's word; while it is away, ours. */
export async function onlyAnswerable(
  parts: ForumParts,
  owner: Account,
  act: 'reply' | 'mention',
): Promise<boolean> {
  const kept = act === 'reply' && owner.reply_rule === 'answerable';
  if (!isAnswerable(owner) || !(await asks(parts))) return kept;
  const found = await ask(parts, wishesShape, 'GET', `accounts/${owner.subject}/wishes`);
  return found ? found.wishes[act] || found.guarded : kept;
}

/** Undefined while the gateway does not say. */
export const wishesOf = async (parts: ForumParts, owner: Account): Promise<ReachWishes | undefined> =>
  (await ask(parts, wishesShape, 'GET', `accounts/${owner.subject}/wishes`))?.wishes;

/** Where a member reads who knocks: the same for everybody. */
export const walletAddress = async (parts: ForumParts): Promise<string | undefined> =>
  (await ask(parts, walletShape, 'GET', 'wallet'))?.reach;

/** Said for a member. Refuses what the gateway refuses, and `unavailable` where it did not take it. */
export async function tellGateway(
  parts: ForumParts,
  method: 'POST' | 'PUT',
  path: string,
  body: object,
): Promise<void> {
  const done = await ask(parts, z.union([z.object({ ok: z.literal(true) }), heldShape]), method, path, body);
  if (!done) throw new Refusal('unavailable');
}
const heldShape = z.object({ knock: z.literal('held') });

/** Undefined: no answer that can be understood, in time. */
async function ask<T>(
  { config }: ForumParts,
  shape: z.ZodType<T>,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Promise<T | undefined> {
  if (!config.gateway?.apiToken) return undefined;
  const { issuer, apiToken } = config.gateway;
  const answer: unknown = await fetch(new URL(`/platform/${path}`, issuer), {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiToken}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
    redirect: 'error',
    signal: AbortSignal.timeout(answerMsMax),
  })
    .then((response) => response.json())
    .catch(() => undefined);
  const code = refusalOf(answer)?.code;
  if (code === 'account_unknown' || code === 'too_many_requests') throw new Refusal(code);
  return shape.safeParse(answer).data;
}
