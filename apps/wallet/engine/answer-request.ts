/**
 * The answer to a request: a new account in slot i (credential, pseudonym, escrow and label under one
 * challenge), or a sign-in to one that exists, which once per epoch presents again (PROTOCOL §3.8, §4.2–4.3). Delivered to the gateway's registered
 * origin, by the browser, in the fragment of its return address.
 * Must never: deliver anywhere else, or present more than the request asks.
 */
import { toBase64url } from '@answerable/core/bytes';
import { deriveAccount } from '@answerable/core/presentation/account';
import { signInBytes } from '@answerable/protocol/admission/account-proof';
import type { AdmissionAnswer } from '@answerable/protocol/admission/answer';
import { admissionRequestHash } from '@answerable/protocol/admission/request';
import { Refusal } from '@answerable/protocol/refusal';
import { scopeId } from '@answerable/protocol/scope';
import { signBytes } from '@answerable/protocol/signed';
import { readInbox } from './account-calls.ts';
import { noteOf } from './answer-note.ts';
import { rememberHandle } from './handles.ts';
import { credentialOf, requireHolding } from './holding.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { present } from './present.ts';
import { type ReadRequest, readRequest } from './read-request.ts';
import { requireWaited } from './wait-before-use.ts';

export type Way =
  /** `handle`: the name to be seen under. */
  | { way: 'new'; slot: number; handle: string }
  /** `again`: whether the account presents again; asked of its gateway where it is not said. */
  | { way: 'sign-in'; slot: number; again?: boolean };

export interface Answered {
  /** Where the browser goes on to. */
  address: string;
  answer: AdmissionAnswer;
}

/** `text`: the request as it came. Throws Refusal or Distrust. */
export async function answerRequest(parts: WalletParts, text: string, way: Way): Promise<Answered> {
  const read = readRequest(parts, text);
  if (way.slot > read.request.platformPolicy.accountsMax) throw new Refusal('accounts_exhausted');
  const { claims } = read.request;
  if (way.way === 'new' && claims && claims.handle !== way.handle) throw new Refusal('malformed', 'handle');
  const again = way.way === 'sign-in' && (way.again ?? (await isAskedAgain(parts, read, way.slot)));
  const answer =
    way.way === 'new' ? await newAccount(parts, read, way) : await signIn(parts, read, way.slot, again);
  await parts.noteAnswer?.(noteOf(read, way, parts.clock.now(), again));
  const encoded = toBase64url(new TextEncoder().encode(JSON.stringify(answer)));
  const { gateway, request } = read;
  return { answer, address: `${gateway.origin}/interaction/${request.request}/return#answer=${encoded}` };
}

async function newAccount(
  parts: WalletParts,
  { request }: ReadRequest,
  { slot, handle }: Extract<Way, { way: 'new' }>,
): Promise<AdmissionAnswer> {
  await requireWaited(parts);
  const presented = await present(parts, request, slot);
  await rememberHandle(parts, scopeId(request.scope), handle);
  return { kind: 'new-account', slot, ...presented, handle };
}

async function signIn(
  parts: WalletParts,
  { request }: ReadRequest,
  slot: number,
  again: boolean,
): Promise<AdmissionAnswer> {
  const presented = again && (await present(parts, request, slot));
  const credential = credentialOf(requireHolding(await stateOf(parts)));
  const account = deriveAccount(credential, scopeId(request.scope), slot);
  const signature = signBytes(account.secretKey, signInBytes(admissionRequestHash(request)));
  if (presented) return { kind: 'present-again', ...presented, signature };
  return { kind: 'sign-in', request: request.request, accountKey: toBase64url(account.publicKey), signature };
}

/**
 * Whether the account presents again, asked of its gateway with the account's own signed call: the wallet keeps
 * no list of places, and a gateway cannot know before it hears from the account. More than the request on the
 * screen shows is not presented. If it does not answer now, it says so when the answer comes.
 */
async function isAskedAgain(
  parts: WalletParts,
  { gateway, request }: ReadRequest,
  slot: number,
): Promise<boolean> {
  try {
    const { platform } = request.scope;
    return (await readInbox(parts, { gateway: gateway.name, platform, slot })).presentAgain !== undefined;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
