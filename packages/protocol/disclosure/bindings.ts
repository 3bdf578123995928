/**
 * What shares, approvals and their seals are bound to (PROTOCOL §6.3–6.6), beside the case file: guardian and
 * authority compute the same, and anything of another case, guardian or phase does not fit.
 */
import { concat, fromBase64url, toBase64url } from '@answerable/core/bytes';
import { canonicalBytes, commitmentTo } from '../canonical.ts';
import { messageLabels } from '../labels.ts';
import type { CommitmentEntry } from '../log/entries.ts';
import type { Approval, OpeningShare } from './opening.ts';

const pointBytes = 48;

export type Phase = 'record' | 'identity';

/** What the log carries in place of an approval or a refusal by a guardian. */
export const approvalCommitment = (approval: Approval, salt: string): string =>
  commitmentTo(messageLabels.approval, salt, approval);

/** The log entry that carries a commitment. */
export const commitmentEntryOf = (commitment: string): CommitmentEntry => ({
  v: 1,
  kind: 'commitment',
  commitment,
});

/** The binding of both shares of a case: the case and the commitment of its filing in the log. */
export const openingBinding = (caseId: string, filingCommitment: string): Uint8Array =>
  canonicalBytes(messageLabels.openingBinding, { caseId, filing: filingCommitment });

/** `info` of the seal on a share: from one guardian, to the authority of the filing, for one case and phase. */
export const shareSealInfo = (
  guardian: string,
  authority: string,
  caseId: string,
  phase: Phase,
): Uint8Array => canonicalBytes(messageLabels.shareSeal, { guardian, authority, caseId, phase });

/** A share of core (index ‖ point ‖ proof) as it travels. */
export const encodeShare = (guardian: string, octets: Uint8Array): OpeningShare => ({
  guardian,
  index: octets[0]!,
  share: toBase64url(octets.slice(1, 1 + pointBytes)),
  proof: toBase64url(octets.slice(1 + pointBytes)),
});

/** The octets of a share that came in. Verifies nothing. Throws Malformed. */
export const decodeShare = ({ index, share, proof }: OpeningShare): Uint8Array =>
  concat(Uint8Array.of(index), fromBase64url(share, 'share'), fromBase64url(proof, 'proof'));
