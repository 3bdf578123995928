/**
 * A presentation for an account at the place that asks (PROTOCOL §4.2): for a new one, and once per epoch for
 * one that exists (§3.8).
 * Must never: present before the record's receipt was verified, or with a checkpoint that was not.
 */
import { toBase64url } from '@answerable/core/bytes';
import { deriveAccount } from '@answerable/core/presentation/account';
import type { Credential } from '@answerable/core/presentation/credential';
import { prove } from '@answerable/core/presentation/prove';
import { accountProofBytes } from '@answerable/protocol/admission/account-proof';
import type { NewAccount } from '@answerable/protocol/admission/answer';
import { type AccountFacts, admissionQuestion } from '@answerable/protocol/admission/question';
import { type AdmissionRequest, admissionRequestHash } from '@answerable/protocol/admission/request';
import { Refusal } from '@answerable/protocol/refusal';
import { scopeId } from '@answerable/protocol/scope';
import { signBytes } from '@answerable/protocol/signed';
import { epochAt } from '@answerable/protocol/trust-policy';
import { renewHere } from './errands.ts';
import { credentialOf, requireHolding } from './holding.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { sharedCheckpoint } from './shared-checkpoint.ts';
import { waitForReceipt } from './wait-for-receipt.ts';

export type Presented = AccountFacts & Pick<NewAccount, 'request' | 'presentation' | 'accountProof'>;

export async function present(
  parts: WalletParts,
  request: AdmissionRequest,
  slot: number,
): Promise<Presented> {
  const credential = await currentCredential(parts);
  await waitForReceipt(parts);
  const { head: checkpoint } = await sharedCheckpoint(parts);
  const { receipt } = requireHolding(await stateOf(parts));
  if (receipt && receipt.entryIndex >= checkpoint.size) throw new Refusal('not_ready');
  const account = deriveAccount(credential, scopeId(request.scope), slot);
  const facts: AccountFacts = {
    epoch: credential.epoch,
    checkpoint: { size: checkpoint.size, root: toBase64url(checkpoint.root) },
    accountKey: toBase64url(account.publicKey),
    noticeHandle: toBase64url(account.noticeHandle),
  };
  const presentation = toBase64url(prove(credential, admissionQuestion(parts.policy, request, facts)));
  const proof = accountProofBytes(admissionRequestHash(request), presentation);
  const accountProof = signBytes(account.secretKey, proof);
  return { request: request.request, ...facts, presentation, accountProof };
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
