/**
 * The question that a presentation answers, put together by wallet, gateway and guardian from what they know
 * themselves: the request they trust, the trust policy, the account (PROTOCOL §4.2). Pure.
 */
import { fromBase64url } from '@answerable/core/bytes';
import type { Question } from '@answerable/core/presentation/question';
import { scopeId } from '../scope.ts';
import { issuerKeyAt, type TrustPolicy, trustPolicyHash } from '../trust-policy.ts';
import type { NewAccount } from './answer.ts';
import { type AdmissionRequest, admissionRequestHash } from './request.ts';

export type AccountFacts = Pick<NewAccount, 'epoch' | 'checkpoint' | 'accountKey' | 'noticeHandle'>;

/** `policy` is the one whose hash the request names; the caller has checked that. */
export function admissionQuestion(
  policy: TrustPolicy,
  request: AdmissionRequest,
  account: AccountFacts,
): Question {
  return {
    issuerKey: fromBase64url(issuerKeyAt(policy, account.epoch), 'issuerKey'),
    openingKey: fromBase64url(policy.opening.publicKey, 'openingKey'),
    scope: scopeId(request.scope),
    disclose: request.platformPolicy.disclose,
    label: {
      requestHash: fromBase64url(admissionRequestHash(request), 'requestHash'),
      policyHash: fromBase64url(trustPolicyHash(policy), 'policyHash'),
      epoch: account.epoch,
      checkpoint: {
        size: account.checkpoint.size,
        root: fromBase64url(account.checkpoint.root, 'checkpoint.root'),
      },
      accountKey: fromBase64url(account.accountKey, 'accountKey'),
      noticeHandle: fromBase64url(account.noticeHandle, 'noticeHandle'),
    },
  };
}
