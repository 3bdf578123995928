/**
 * Everything about a new account's answer that can be checked without the accounts: request, epoch, checkpoint,
 * possession of the account key, and the presentation (PROTOCOL §4.2). Cheap checks first.
 * Must never: say which part of a proof failed.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { type Proven, proven } from '@answerable/core/proven';
import { dayOf } from '@answerable/kit/clock';
import { verifySignature } from '@answerable/kit/keys';
import { accountProofBytes } from '@answerable/protocol/admission/account-proof';
import type { NewAccount } from '@answerable/protocol/admission/answer';
import { admissionQuestion } from '@answerable/protocol/admission/question';
import { admissionRequestHash, type SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import { accountSub } from '@answerable/protocol/disclosure/case-file';
import type { AdmissionRecord } from '@answerable/protocol/disclosure/filing';
import { Refusal } from '@answerable/protocol/refusal';
import type { GatewayParts } from './parts.ts';
import { claimsOf, epochAccepted } from './policy.ts';
import type { AdmissionToStore } from './store.ts';

export async function verifyNewAccount(
  answer: NewAccount,
  signed: SignedAdmissionRequest,
  { policies, clock, log, presentations }: Pick<GatewayParts, 'policies' | 'clock' | 'log' | 'presentations'>,
): Promise<Proven<AdmissionToStore>> {
  const policy = policies.current();
  const { message: request, signature } = signed;
  const now = clock.now();
  if (request.trustPolicy !== policies.hash()) throw new Refusal('policy_mismatch');
  if (!epochAccepted(policy, answer.epoch, now.getTime())) throw new Refusal('epoch_old');
  await log.requireFresh(answer.checkpoint);
  const signedBytes = accountProofBytes(admissionRequestHash(request), answer.presentation);
  const accountKey = fromBase64url(answer.accountKey, 'accountKey');
  if (!verifySignature(fromBase64url(answer.accountProof, 'accountProof'), signedBytes, accountKey))
    throw new Refusal('presentation_refused');
  const shown = await presentations.verify(
    fromBase64url(answer.presentation, 'presentation'),
    admissionQuestion(policy, request, answer),
  );
  if (request.platformPolicy.vouched === 'refused' && shown.disclosed.assurance === 'referee')
    throw new Refusal('vouched_refused');
  const record: AdmissionRecord = { v: 1, request, requestSignature: signature, answer, day: dayOf(now) };
  return proven({
    pseudonym: toBase64url(shown.pseudonym),
    sub: accountSub(record),
    claims: claimsOf(shown.disclosed),
    record,
    now,
  });
}
