/**
 * Everything that must be true of a case before this guardian's people see it, and again before a share is
 * released (PROTOCOL §6.1, §6.4), but for the log, which is in log-view.ts. Nothing in a filing is believed for
 * being filed: each hash is made again from what was sealed to us. Pure.
 * Must never: say which of the checks of an account file failed.
 */

import { fromBase64url } from '@answerable/core/bytes';
import { Malformed, ProofFailed } from '@answerable/core/errors';
import { openFrom } from '@answerable/core/escrow/envelope';
import { type Presentation, verifyPresentation } from '@answerable/core/presentation/verify';
import type { Proven } from '@answerable/core/proven';
import { verifySignature } from '@answerable/kit/keys';
import type { PolicySource } from '@answerable/kit/policy-source';
import { accountProofBytes, signInBytes } from '@answerable/protocol/admission/account-proof';
import { admissionQuestion } from '@answerable/protocol/admission/question';
import { admissionRequestHash } from '@answerable/protocol/admission/request';
import {
  admissionHash,
  ciphertextHash,
  itemHash,
  noticeCommitment,
  orderHash,
  packageSealInfo,
} from '@answerable/protocol/disclosure/case-file';
import {
  type AdmissionRecord,
  type AuthorityAsk,
  type CasePackage,
  casePackage,
  type Filing,
} from '@answerable/protocol/disclosure/filing';
import { messageLabels } from '@answerable/protocol/labels';
import { authorityOf, gatewayOf, groundOf } from '@answerable/protocol/parties';
import { Refusal } from '@answerable/protocol/refusal';
import { scopeHolds } from '@answerable/protocol/scope';
import { openSigned, type Signed } from '@answerable/protocol/signed';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';

type Policies = Pick<PolicySource, 'current' | 'named'>;

export interface Recipient {
  guardian: string;
  /** 32 bytes, secret */
  sealingSecret: Uint8Array;
}

/** A package that opened and fits its filing, with the admission that the whole proof holds for. */
export interface VerifiedPackage {
  casePackage: CasePackage;
  admission: Proven<Presentation>;
}

/** The filing, if a gateway that is listed now signed it for its platform, under a policy that is or was in force. */
export function verifyFiling(policies: Policies, signed: Signed<Filing>): Filing {
  const policy = policies.current();
  const gateway = gatewayOf(policy, signed.message.gateway, signed.message.platform);
  const filing = openSigned(gateway.signingKey, messageLabels.filingMessage, signed);
  policies.named(filing.trustPolicy);
  groundOf(policy, filing);
  authorityOf(policy, filing.authority);
  return filing;
}

/** The ask, if the authority of the filing signed it and the filing says the same. */
export function verifyAsk(policy: TrustPolicy, filing: Filing, signed: Signed<AuthorityAsk>): AuthorityAsk {
  const { signingKey } = authorityOf(policy, filing.authority);
  const ask = openSigned(signingKey, messageLabels.authorityAsk, signed);
  const same =
    ask.authority === filing.authority &&
    ask.platform === filing.platform &&
    ask.ground === filing.ground &&
    orderHash(ask.order) === filing.orderHash;
  if (!same) throw new Refusal('signature_refused');
  return ask;
}

/** Opens the package and verifies it against its filing. Refuses `admission_refused`, `ground_not_in_force`. */
export function verifyPackage(
  policies: Policies,
  filing: Filing,
  ask: AuthorityAsk,
  sealed: string,
  recipient: Recipient,
): VerifiedPackage {
  const opened = withoutReason(() => openPackage(filing.caseId, sealed, recipient));
  const { answer, request } = opened.admission;
  const fits =
    opened.caseId === filing.caseId &&
    opened.item.locator === ask.item &&
    itemHash(opened.item) === filing.itemHash &&
    admissionHash(opened.admission) === filing.admissionHash &&
    noticeCommitment(answer.noticeHandle, opened.noticeOpening) === filing.noticeCommitment &&
    request.gateway === filing.gateway &&
    request.scope.platform === filing.platform;
  if (!fits) throw new Refusal('admission_refused');
  // The grounds that the person agreed to when the account was taken in decide, not today's.
  if (!request.platformPolicy.grounds.includes(filing.ground)) throw new Refusal('ground_not_in_force');
  const admission = withoutReason(() => verifyAdmission(policies, opened.admission));
  if (ciphertextHash(admission.escrow) !== filing.ciphertextHash) throw new Refusal('admission_refused');
  withoutReason(() => verifySignIn(opened));
  return { casePackage: opened, admission };
}

/** The package, if it is that of its filing; whether all in it holds was asked when it came (verifyPackage). */
export function openedPackage(
  { caseId, admissionHash: hash }: Filing,
  sealed: string,
  recipient: Recipient,
): CasePackage {
  const opened = withoutReason(() => openPackage(caseId, sealed, recipient));
  if (admissionHash(opened.admission) !== hash) throw new Refusal('admission_refused');
  return opened;
}

function openPackage(caseId: string, sealed: string, { guardian, sealingSecret }: Recipient): CasePackage {
  const octets = openFrom(sealingSecret, packageSealInfo(guardian, caseId), fromBase64url(sealed, 'sealed'));
  const result = casePackage.safeParse(jsonOf(octets));
  if (!result.success) throw new Malformed('package', 'a case package');
  return result.data;
}

function jsonOf(octets: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(octets));
  } catch {
    throw new Malformed('package', 'JSON');
  }
}

/**
 * The whole admission as the gateway should have verified it, under the policy of that day. Throws Refusal,
 * Malformed or ProofFailed.
 */
function verifyAdmission(policies: Policies, record: AdmissionRecord): Proven<Presentation> {
  const { request, requestSignature, answer } = record;
  const policy = policies.named(request.trustPolicy);
  const gateway = gatewayOf(policy, request.gateway, request.scope.platform);
  openSigned(gateway.signingKey, messageLabels.admissionRequest, {
    message: request,
    signature: requestSignature,
  });
  const fits =
    scopeHolds(gateway, request.scope) &&
    request.platformPolicy.platform === request.scope.platform &&
    answer.request === request.request;
  if (!fits) throw new ProofFailed();
  const proofBytes = accountProofBytes(admissionRequestHash(request), answer.presentation);
  requireSignature(answer.accountProof, proofBytes, answer.accountKey);
  const octets = fromBase64url(answer.presentation, 'presentation');
  return verifyPresentation(octets, admissionQuestion(policy, request, answer));
}

/** The account's own signature covers the day of the content; days, because nothing finer is kept. */
function verifySignIn({ admission, signIn, item }: CasePackage): void {
  const posted = item.posted.slice(0, 'YYYY-MM-DD'.length);
  if (admission.day > posted) throw new ProofFailed();
  if (signIn === null) return;
  if (signIn.day > posted) throw new ProofFailed();
  requireSignature(signIn.signature, signInBytes(signIn.requestHash), admission.answer.accountKey);
}

function requireSignature(signature: string, bytes: Uint8Array, key: string): void {
  if (!verifySignature(fromBase64url(signature), bytes, fromBase64url(key))) throw new ProofFailed();
}

/** Whatever is wrong with an account file is one refusal: a reason would tell its maker what to try next. */
function withoutReason<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const aboutInput = error instanceof Malformed || error instanceof ProofFailed || error instanceof Refusal;
    throw aboutInput ? new Refusal('admission_refused') : error;
  }
}
