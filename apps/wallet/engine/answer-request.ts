/**
 * The answer to a request: a new account in slot i (credential, pseudonym, escrow and label under one
 * challenge), or a sign-in to one that exists (PROTOCOL §4.2–4.3). Delivered to the gateway's registered
 * origin, by the browser, in the fragment of its return address.
 * Must never: answer before the record's receipt was verified, or with a checkpoint that was not.
 */
import { toBase64url } from '@answerable/core/bytes';
import { deriveAccount } from '@answerable/core/presentation/account';
import type { Credential } from '@answerable/core/presentation/credential';
import { prove } from '@answerable/core/presentation/prove';
import { accountProofBytes, signInBytes } from '@answerable/protocol/admission/account-proof';
import type { AdmissionAnswer } from '@answerable/protocol/admission/answer';
import { type AccountFacts, admissionQuestion } from '@answerable/protocol/admission/question';
import { admissionRequestHash } from '@answerable/protocol/admission/request';
import { Refusal } from '@answerable/protocol/refusal';
import { scopeId } from '@answerable/protocol/scope';
import { signBytes } from '@answerable/protocol/signed';
import { epochAt } from '@answerable/protocol/trust-policy';
import { noteOf } from './answer-note.ts';
import { renewHere } from './errands.ts';
import { rememberHandle } from './handles.ts';
import { credentialOf, requireHolding } from './holding.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { type ReadRequest, readRequest } from './read-request.ts';
import { sharedCheckpoint } from './shared-checkpoint.ts';
import { requireWaited } from './wait-before-use.ts';
import { waitForReceipt } from './wait-for-receipt.ts';

export type Way =
  /** `handle`: the name to be seen under. */
  { way: 'new'; slot: number; handle: string } | { way: 'sign-in'; slot: number };

export interface Answered {
  /** Where the browser goes on to. */
  address: string;
  answer: AdmissionAnswer;
}

/** `text`: the request as it came. Throws Refusal or Distrust. */
export async function answerRequest(parts: WalletParts, text: string, way: Way): Promise<Answered> {
  const read = readRequest(parts, text);
  if (way.slot > read.request.platformPolicy.accountsMax) throw new Refusal('accounts_exhausted');
  const answer = way.way === 'new' ? await newAccount(parts, read, way) : await signIn(parts, read, way.slot);
  await parts.noteAnswer?.(noteOf(read, way, parts.clock.now()));
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
  const credential = await currentCredential(parts);
  await waitForReceipt(parts);
  const { head: checkpoint } = await sharedCheckpoint(parts);
  const { receipt } = requireHolding(await stateOf(parts));
  if (receipt && receipt.entryIndex >= checkpoint.size) throw new Refusal('not_ready');

  const scope = scopeId(request.scope);
  const account = deriveAccount(credential, scope, slot);
  const facts: AccountFacts = {
    epoch: credential.epoch,
    checkpoint: { size: checkpoint.size, root: toBase64url(checkpoint.root) },
    accountKey: toBase64url(account.publicKey),
    noticeHandle: toBase64url(account.noticeHandle),
  };
  const presentation = toBase64url(prove(credential, admissionQuestion(parts.policy, request, facts)));
  await rememberHandle(parts, scope, handle);
  const proof = accountProofBytes(admissionRequestHash(request), presentation);
  return {
    kind: 'new-account',
    request: request.request,
    slot,
    ...facts,
    presentation,
    accountProof: signBytes(account.secretKey, proof),
    handle,
  };
}

async function signIn(parts: WalletParts, { request }: ReadRequest, slot: number): Promise<AdmissionAnswer> {
  const account = deriveAccount(
    credentialOf(requireHolding(await stateOf(parts))),
    scopeId(request.scope),
    slot,
  );
  return {
    kind: 'sign-in',
    request: request.request,
    accountKey: toBase64url(account.publicKey),
    signature: signBytes(account.secretKey, signInBytes(admissionRequestHash(request))),
  };
}

/**
 * The credential here while gateways still take it: a renewal at the moment of an admission would tell the
 * registrar when somebody signs up somewhere. Only one that is too old is fetched anew at once.
 */
async function currentCredential(parts: WalletParts): Promise<Credential> {
  const { policy, clock } = parts;
  const nowMs = clock.now().getTime();
  const taken = [nowMs, nowMs - policy.graceSeconds * 1000].map((at) => epochAt(policy, at));
  const held = credentialOf(requireHolding(await stateOf(parts)));
  if (taken.includes(held.epoch)) return held;
  await renewHere(parts);
  return credentialOf(requireHolding(await stateOf(parts)));
}
