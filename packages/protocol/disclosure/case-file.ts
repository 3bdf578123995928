/**
 * How the pieces of a case are hashed, committed to and sealed (PROTOCOL §6.1). The gateway makes them, every
 * guardian makes them again from what it received and compares; so they are written once.
 */
import { fromBase64url, toBase32, toBase64url } from '@answerable/core/bytes';
import { canonicalBytes, commitmentTo, hashOf } from '../canonical.ts';
import { messageLabels } from '../labels.ts';
import type { AdmissionRecord, AuthorityAsk, CasePackage, Filing } from './filing.ts';

/** H(admission record), base64url: stands in a filing. */
export const admissionHash = (record: AdmissionRecord): string => hashOf(messageLabels.admissionHash, record);

/** `sub` = base32(H(label, admission record)): what the platform calls the account, and a commitment to it. */
export const accountSub = (record: AdmissionRecord): string =>
  toBase32(fromBase64url(hashOf(messageLabels.accountSub, record)));

export const orderHash = (order: AuthorityAsk['order']): string => hashOf(messageLabels.orderHash, order);
export const itemHash = (item: CasePackage['item']): string => hashOf(messageLabels.itemHash, item);

/** `escrow`: E0 ‖ E1, 96 bytes. One case, one ciphertext. */
export const ciphertextHash = (escrow: Uint8Array): string =>
  hashOf(messageLabels.ciphertextHash, toBase64url(escrow));

/** H(ν, ρ): `noticeHandle` ν and its opening ρ, both base64url. */
export const noticeCommitment = (noticeHandle: string, opening: string): string =>
  commitmentTo(messageLabels.noticeCommitment, opening, noticeHandle);

/** What the log carries in place of the filing. */
export const filingCommitment = (filing: Filing, salt: string): string =>
  commitmentTo(messageLabels.filing, salt, filing);

/** `info` of the seal on a case package: for this guardian, in this case, and nowhere else. */
export const packageSealInfo = (guardian: string, caseId: string): Uint8Array =>
  canonicalBytes(messageLabels.packageSeal, { guardian, caseId });
