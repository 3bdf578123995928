/**
 * May this account do this here? Asked of the gateway before somebody writes, by room and act (POST
 * /platform/acts). Only under the answerable rule, and only of accounts that came through the gateway: of others
 * it knows nothing, and the table of `policy.ts` decided about them when they joined.
 */
import { refusalOf } from '@answerable/kit/problem';
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';
import { type ForumParts, isAnswerable } from './parts.ts';
import type { Account } from './store.ts';

const answerMsMax = 2_000;
const answerShape = z.object({ may: z.string(), words: z.string().min(1).max(200) });
type Answer = z.infer<typeof answerShape>;

export interface ActHere {
  /** of the policy; one without rooms takes either for its one room */
  room: 'noticeboard' | 'pages';
  act: 'post' | 'reply';
  /** whom a reply is for */
  to?: Account;
}

/** Refuses `forbidden` in the gateway's words, `account_unknown` where it knows the account no more. */
export async function requireMay(parts: ForumParts, account: Account, here: ActHere): Promise<void> {
  const { config, store, journal } = parts;
  if (!config.gateway?.apiToken || !isAnswerable(account)) return;
  if ((await store.settings()).rule !== 'answerable') return;
  const answer = await ask(config.gateway, await questionOf(parts, account, here));
  // Nobody is silenced because a gateway is away: what was decided at sign-in holds until it answers again.
  if (!answer) return journal.warn('the gateway did not say whether an act may be done');
  if (answer.may !== 'yes') throw new Refusal('forbidden', answer.words);
}

async function questionOf({ store }: ForumParts, { id, subject }: Account, { to, ...act }: ActHere) {
  const question = { sub: subject, ...act };
  if (!to || !isAnswerable(to) || to.id === id) return question;
  return { ...question, to: to.subject, inTouch: await store.hasRepliedTo(to.id, id) };
}

/** Undefined: no answer that can be understood, in time. */
async function ask(
  { issuer, apiToken }: { issuer: string; apiToken?: string | undefined },
  question: object,
): Promise<Answer | undefined> {
  const body: unknown = await fetch(new URL('/platform/acts', issuer), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiToken}` },
    body: JSON.stringify(question),
    redirect: 'error',
    signal: AbortSignal.timeout(answerMsMax),
  })
    .then((response) => response.json())
    .catch(() => undefined);
  if (refusalOf(body)?.code === 'account_unknown') throw new Refusal('account_unknown');
  return answerShape.safeParse(body).data;
}
