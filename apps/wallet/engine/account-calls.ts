/**
 * What the holder of an account says to its gateway without any platform session, also when barred: read the
 * reasons, appeal, answer in a hearing or an offer of help, close the account (PROTOCOL §5, §6.2). Signed by the account key, which
 * follows from the secret: the wallet keeps no list.
 */
import { toBase64url } from '@answerable/core/bytes';
import { deriveAccount } from '@answerable/core/presentation/account';
import { randomBytes } from '@answerable/core/rng';
import {
  type AccountCall,
  callAccepted,
  type InboxResponse,
  inboxResponse,
} from '@answerable/protocol/admission/account-call';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { platformScope, scopeId } from '@answerable/protocol/scope';
import { signMessage } from '@answerable/protocol/signed';
import type { z } from 'zod';
import { callParty } from './call.ts';
import { credentialOf, requireHolding } from './holding.ts';
import { stateOf, type WalletParts } from './parts.ts';

const nonceBytes = 16;

/** One account: slot 1..k at a platform behind a gateway of the policy. */
export interface AccountAt {
  gateway: string;
  platform: string;
  slot: number;
}

type Call = AccountCall['message']['call'];
export type Wish = Extract<Call, { kind: 'wish' }>['wish'];
export type AppealTrack = Extract<Call, { kind: 'appeal' }>['track'];

export const readInbox = (parts: WalletParts, at: AccountAt): Promise<InboxResponse> =>
  callAccount(parts, at, { kind: 'inbox' }, inboxResponse);

export async function appeal(
  parts: WalletParts,
  at: AccountAt,
  what: { caseId: string; track: AppealTrack; grounds: string },
): Promise<void> {
  await callAccount(parts, at, { kind: 'appeal', ...what }, callAccepted);
}

export async function replyInHearing(
  parts: WalletParts,
  at: AccountAt,
  what: { caseId: string; reply: string },
): Promise<void> {
  await callAccount(parts, at, { kind: 'hearing', ...what }, callAccepted);
}

/** To an offer of help: to be written to, or to be left alone. */
export async function sayWish(
  parts: WalletParts,
  at: AccountAt,
  what: { caseId: string; wish: Wish },
): Promise<void> {
  await callAccount(parts, at, { kind: 'wish', ...what }, callAccepted);
}

export async function closeAccount(parts: WalletParts, at: AccountAt): Promise<void> {
  await callAccount(parts, at, { kind: 'close' }, callAccepted);
}

/** One call signed with the account's key. */
export async function callAccount<T>(
  parts: WalletParts,
  at: AccountAt,
  call: Call,
  schema: z.ZodType<T>,
): Promise<T> {
  const gateway = parts.policy.gateways.find(({ name }) => name === at.gateway);
  if (!gateway?.platforms.includes(at.platform)) throw new Refusal('party_unknown');
  const scope = scopeId(platformScope(gateway, at.platform));
  const credential = credentialOf(requireHolding(await stateOf(parts)));
  const account = deriveAccount(credential, scope, at.slot);
  const message: AccountCall['message'] = {
    gateway: gateway.name,
    accountKey: toBase64url(account.publicKey),
    nonce: toBase64url(randomBytes(nonceBytes)),
    at: parts.clock.now().toISOString(),
    call,
  };
  const body = signMessage(account.secretKey, messageLabels.accountCall, message);
  return callParty(parts.fetch, gateway, '/account/calls', body, schema);
}
