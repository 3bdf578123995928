/**
 * authority → guardian, POST /cases/:caseId/shares (PROTOCOL §6.4): this guardian's share of one account's
 * record key. Everything is verified again here, from signed messages and the log as we see it: filing,
 * hearing, t approvals of distinct guardians made after the filing, our own among them, the whole admission.
 * Asked again, the same share comes again, sealed afresh: whoever lost an answer gets it, and learns nothing new.
 * Must never: release before the release is recorded, or for another ciphertext than the case's.
 */

import { fromBase64url, toBase64url, utf8 } from '@answerable/core/bytes';
import { sealTo } from '@answerable/core/escrow/envelope';
import { releaseShare as release } from '@answerable/core/escrow/open-escrow';
import {
  approvalCommitment,
  commitmentEntryOf,
  encodeShare,
  openingBinding,
  shareSealInfo,
} from '@answerable/protocol/disclosure/bindings';
import { filingCommitment } from '@answerable/protocol/disclosure/case-file';
import type { AuthorityAsk, Filing } from '@answerable/protocol/disclosure/filing';
import type {
  LoggedApproval,
  ReleasedShare,
  SealedShare,
  ShareRequest,
} from '@answerable/protocol/disclosure/opening';
import { messageLabels } from '@answerable/protocol/labels';
import { authorityOf, groundOf, guardianOf } from '@answerable/protocol/parties';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned, type Signed } from '@answerable/protocol/signed';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { Sight } from './log-view.ts';
import type { GuardianParts } from './parts.ts';
import { heardUntil } from './policy.ts';
import { sameFiling } from './receive-case.ts';
import type { CaseFile } from './store.ts';
import { type VerifiedPackage, verifyPackage } from './verify-case.ts';

export async function releaseShare(
  parts: GuardianParts,
  caseId: string,
  request: ShareRequest,
): Promise<SealedShare> {
  const policy = parts.policies.current();
  const file = await parts.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  const ask = requireAsker(policy, file, caseId, request);
  requireSameCase(file, ask.filing.message, ask.salt);
  const filing = file.filing.message;
  groundOf(policy, filing);
  if (parts.clock.now() < heardUntil({ filing, received: file.received }, policy))
    throw new Refusal('hearing_open');
  const log = await parts.log.look();
  const filed = await log.requireLogged(commitmentEntryOf(file.filingCommitment), ask.filingProof);
  const places = await countApprovals(log, policy, file, ask.approvals, filed);
  if (!places.has(parts.name) || places.size < policy.opening.threshold)
    throw new Refusal('not_enough_approvals');
  const { admission } = openCase(parts, file);

  await parts.store.recordRelease(caseId, [...places.values()]);
  // From here on the case counts as opened by us and its notice will be published, whether or not the share
  // arrives: a crash now is repaired by asking again.
  const octets = release(parts.share().share, admission, openingBinding(caseId, file.filingCommitment));
  parts.events.released('record');
  const released: ReleasedShare = {
    share: encodeShare(parts.name, octets),
    escrow: toBase64url(admission.escrow),
  };
  return sealShare(parts, policy, filing, 'record', released);
}

/** The message, if the authority of the case signed it for this case. */
export function requireAsker<M extends { caseId: string; authority: string }>(
  policy: TrustPolicy,
  file: CaseFile,
  caseId: string,
  request: Signed<M>,
): M {
  const { authority } = file.filing.message;
  const ask = openSigned(authorityOf(policy, authority).signingKey, messageLabels.shareAsk, request);
  if (ask.authority !== authority || ask.caseId !== caseId) throw new Refusal('signature_refused');
  if (file.judgement?.message.decision === 'refuse') throw new Refusal('case_refused');
  return ask;
}

/** The account file of a case that was not refused, opened and verified again. */
export function openCase(parts: GuardianParts, file: CaseFile): VerifiedPackage {
  if (file.ask === null || file.sealed === null) throw new Refusal('case_refused');
  const { message } = JSON.parse(file.ask) as Signed<AuthorityAsk>;
  const recipient = { guardian: parts.name, sealingSecret: parts.keys.sealing.secretKey };
  return verifyPackage(parts.policies, file.filing.message, message, file.sealed, recipient);
}

/** Seals `content` to the authority of the filing. */
export function sealShare(
  parts: GuardianParts,
  policy: TrustPolicy,
  { caseId, authority }: Filing,
  phase: 'record' | 'identity',
  content: object,
): SealedShare {
  const key = fromBase64url(authorityOf(policy, authority).sealingKey, 'sealingKey');
  const info = shareSealInfo(parts.name, authority, caseId, phase);
  return { guardian: parts.name, sealed: toBase64url(sealTo(key, info, utf8(JSON.stringify(content)))) };
}

function requireSameCase(file: CaseFile, filing: Filing, salt: string): void {
  if (filing.ciphertextHash !== file.ciphertextHash) throw new Refusal('other_ciphertext');
  const same =
    sameFiling(filing, file.filing.message) && filingCommitment(filing, salt) === file.filingCommitment;
  if (!same) throw new Refusal('not_logged');
}

/** Approvals of this case, by guardian, with their places in the log after the filing's. */
export async function countApprovals(
  log: Sight,
  policy: TrustPolicy,
  file: CaseFile,
  given: readonly LoggedApproval[],
  filed: number,
): Promise<Map<string, number>> {
  const places = new Map<string, number>();
  for (const logged of given) {
    const { signingKey } = guardianOf(policy, logged.approval.message.guardian);
    const approval = openSigned(signingKey, messageLabels.approvalMessage, logged.approval);
    const ofThisCase = approval.caseId === file.caseId && approval.filingCommitment === file.filingCommitment;
    if (!ofThisCase || approval.decision !== 'approve') continue;
    const entry = commitmentEntryOf(approvalCommitment(approval, logged.salt));
    const place = await log.requireLogged(entry, logged.proof);
    // Agreed before it was asked is not agreed to this.
    if (place > filed) places.set(approval.guardian, place);
  }
  return places;
}
