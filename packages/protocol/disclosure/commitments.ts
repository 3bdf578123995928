/**
 * What a filing says in hashes, and what seals and shares are bound to (PROTOCOL §6): one place, so that the
 * gateway that files, the guardian that verifies, the authority that combines and the wallet that finds its
 * notice compute the same. Everything is canonical JSON under a dated label; parts travel as base64url.
 */
import { canonicalBytes, commitmentTo, hashOf } from '../canonical.ts';
import { messageLabels } from '../labels.ts';
import type { CommitmentEntry } from '../log/entries.ts';
import type { AdmissionRecord, AuthorityAsk, CasePackage, Filing } from './filing.ts';
import type { Approval } from './opening.ts';

/** H(E0 ‖ E1), the 96 octets of the escrow as base64url: one case, one ciphertext. */
export const ciphertextHash = (escrow: string): string => hashOf(messageLabels.ciphertextHash, { escrow });

export const admissionHash = (record: AdmissionRecord): string => hashOf(messageLabels.admissionHash, record);

export const orderHash = (order: AuthorityAsk['order']): string => hashOf(messageLabels.orderHash, order);

export const itemHash = (item: CasePackage['item']): string => hashOf(messageLabels.itemHash, item);

/** H(ν, ρ): ν in the admission, ρ in the package; both are published by the notice. */
export const noticeCommitment = (handle: string, opening: string): string =>
  commitmentTo(messageLabels.noticeCommitment, opening, handle);

export const filingCommitment = (salt: string, filing: Filing): string =>
  commitmentTo(messageLabels.filing, salt, filing);

export const approvalCommitment = (salt: string, approval: Approval): string =>
  commitmentTo(messageLabels.approval, salt, approval);

/** The log entry that carries a commitment. */
export const commitmentEntryOf = (commitment: string): CommitmentEntry => ({
  v: 1,
  kind: 'commitment',
  commitment,
});

/** What both shares of a case are bound to: case and filing commitment. A share of another case is noise. */
export const openingBinding = (caseId: string, filing: string): Uint8Array =>
  canonicalBytes(messageLabels.openingBinding, { caseId, filing });

/** HPKE info of a case package: sealed to one guardian, for one case. */
export const packageSealInfo = (caseId: string, guardian: string): Uint8Array =>
  canonicalBytes(messageLabels.packageSeal, { caseId, guardian });

/** HPKE info of a share: sealed to the authority of the filing, by one guardian, for one case and phase. */
export const shareSealInfo = (
  caseId: string,
  guardian: string,
  authority: string,
  phase: 'record' | 'identity',
): Uint8Array => canonicalBytes(messageLabels.shareSeal, { caseId, guardian, authority, phase });
