/**
 * POST /account/calls: what a holder can do with the account key alone, also when barred (PROTOCOL §5): read
 * standing and reasons, appeal, answer in a hearing, say what they wish for, close the account. A call counts once and for minutes.
 */
import { dayOf } from '@answerable/kit/clock';
import { callJson } from '@answerable/kit/http-client';
import { readJson } from '@answerable/kit/read-json';
import {
  type AccountCall,
  accountCall,
  callAccepted,
  type InboxResponse,
} from '@answerable/protocol/admission/account-call';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import type {
  holderAppeal,
  holderEvidence,
  holderReply,
  holderWish,
} from '@answerable/protocol/report/sanction';
import { openSigned } from '@answerable/protocol/signed';
import type { Context } from 'hono';
import { z } from 'zod';
import { giveExport, tellName } from './accounts/answer-life.ts';
import { deskNameOf } from './bluesky/desk-names.ts';
import { type GatewayParts, platformOf } from './parts.ts';
import { standingOf } from './policy.ts';
import { agreedTo, isDue } from './presenting/due.ts';
import type { Account } from './store.ts';
import { answerReach, isReachCall } from './targets/answer-reach.ts';

const callSecondsMax = 300;
const inboxItemsMax = 200;
const callBytesMax = 32 * 1024;

export function callAccount(parts: GatewayParts) {
  return async (c: Context) => {
    c.header('cache-control', 'no-store');
    const signed: AccountCall = await readJson(c, accountCall, callBytesMax);
    const { accountKey, gateway, at, nonce, call } = signed.message;
    openSigned(accountKey, messageLabels.accountCall, signed);
    if (gateway !== parts.config.name) throw new Refusal('party_unknown');
    const account = await parts.store.accountByKey(accountKey);
    if (!account) throw new Refusal('account_unknown');
    // Only now: whoever signs with a key that is nobody's here leaves no row.
    await requireOnce(nonce, at, parts);
    if (call.kind === 'inbox') return c.json(await readInbox(account, parts));
    if (call.kind === 'close') return c.json(await close(account, parts));
    if (call.kind === 'export') return c.json(await giveExport(account, parts));
    if (call.kind === 'named') return c.json(await tellName(account, call.tell, parts));
    if (isReachCall(call)) return c.json(await answerReach(account, call, parts));
    // Only a case that has spoken to this account can be answered; another one's existence is not confirmed.
    if (!(await parts.store.knowsCase(account.sub, call.caseId))) throw new Refusal('case_unknown');
    if (call.kind === 'appeal') {
      const { caseId, track, grounds } = call;
      return c.json(await passOn('appeals', { caseId, sub: account.sub, track, grounds }, parts));
    }
    if (call.kind === 'wish') {
      const { caseId, wish } = call;
      return c.json(await passOn('wishes', { caseId, sub: account.sub, wish }, parts));
    }
    if (call.kind === 'evidence') {
      const { caseId, words } = call;
      return c.json(await passOn('evidence', { caseId, sub: account.sub, words }, parts));
    }
    const { caseId, reply } = call;
    const { signature } = signed;
    // It is passed on as it was signed, but for the key, which guardians know; and databases keep no NUL.
    if (reply.includes('\0')) throw new Refusal('malformed', 'call.reply');
    return c.json(
      await passOn('replies', { caseId, sub: account.sub, reply, seal: { nonce, at, signature } }, parts),
    );
  };
}

async function requireOnce(nonce: string, at: string, { clock, store }: GatewayParts): Promise<void> {
  const [now, then] = [clock.now().getTime(), new Date(at).getTime()];
  if (!(Math.abs(now - then) <= callSecondsMax * 1000)) throw new Refusal('nonce_expired');
  if (!(await store.spendCall(nonce, new Date(then + 2 * callSecondsMax * 1000))))
    throw new Refusal('nonce_spent');
}

async function readInbox(account: Account, parts: GatewayParts): Promise<InboxResponse> {
  const { store, clock } = parts;
  const items = await store.inbox(account.sub, inboxItemsMax);
  const held = standingOf(await store.sanctionsOf(account), clock.now().toISOString(), account.sub);
  const shut = held.standing === 'barred' || held.standing === 'suspended';
  if (account.closed_day !== null && !shut) return { standing: 'closed', until: null, items };
  const { epoch } = account.admission.answer;
  const due = !shut && (await isDue({ sub: account.sub, epoch }, parts));
  const again = due && { agreed: await agreedTo(account, parts) };
  return { ...held, items, ...(again ? { presentAgain: again } : {}) };
}

async function close(account: Account, { store, clock, config, events }: GatewayParts) {
  const { clientId } = platformOf(config, { name: account.platform });
  await store.close(account.sub, clientId, dayOf(clock.now()));
  await events.tellEndedSessions([account.sub]);
  return { ok: true } as const;
}

type Passed =
  | z.infer<typeof holderAppeal>
  | z.infer<typeof holderEvidence>
  | z.infer<typeof holderReply>
  | z.infer<typeof holderWish>;

async function passOn(
  what: 'appeals' | 'evidence' | 'replies' | 'wishes',
  said: Passed,
  parts: GatewayParts,
) {
  const { config } = parts;
  const body = { ...said, sub: await deskNameOf(said.sub, parts) };
  const headers = { authorization: `Bearer ${config.domainToken}` };
  await callJson(`${config.desk.origin}/holder/${what}`, { body, headers, schema: z.unknown() });
  return callAccepted.parse({ ok: true });
}
