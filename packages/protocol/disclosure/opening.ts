/**
 * guardians ↔ authority (PROTOCOL §6.3–6.7): approvals on the record, then shares, then the second share for
 * the sealed identity, then the notice.
 */
import { z } from 'zod';
import { recordReceipt, sealedIdentity } from '../enrolment/session.ts';
import { signed } from '../signed.ts';
import * as wire from '../wire.ts';
import { signedFiling } from './filing.ts';

export const refusalReasons = [
  'source-protection',
  'freedom-of-expression',
  'risk-to-a-person',
  'ground-not-met',
  'order-not-valid',
  'no-dual-criminality',
] as const;

/** A guardian's judgement; its commitment is in the log before anybody sees it. */
export const approval = z.strictObject({
  v: z.literal(1),
  caseId: wire.id,
  guardian: wire.name,
  decision: z.enum(['approve', 'refuse']),
  reason: z.union([z.literal('met'), z.enum(refusalReasons)]),
  filingCommitment: wire.hash,
  day: wire.day,
});
export type Approval = z.infer<typeof approval>;
/** GET /cases/:caseId/approval of a guardian: signed under `approvalMessage`, with its place in the log. */
export const loggedApproval = z.strictObject({
  approval: signed(approval),
  salt: wire.hash,
  proof: wire.tlogProof,
});
export type LoggedApproval = z.infer<typeof loggedApproval>;

/** authority → guardian, POST /cases/:caseId/shares, signed by the authority under `shareAsk`. */
export const shareRequest = signed(
  z.strictObject({
    caseId: wire.id,
    authority: wire.name,
    filing: signedFiling,
    salt: wire.hash,
    filingProof: wire.tlogProof,
    approvals: z.array(loggedApproval).min(1).max(15),
  }),
);
export type ShareRequest = z.infer<typeof shareRequest>;

/** One partial decryption with its DLEQ, bound to case and filing commitment. */
export const openingShare = z.strictObject({
  guardian: wire.name,
  index: z.int().min(1).max(255),
  share: wire.point,
  proof: wire.bytesUpTo(200),
});
export type OpeningShare = z.infer<typeof openingShare>;
/** What is inside the seal: the share, and the ciphertext that it decrypts (E0 ‖ E1), as the filing has it. */
export const releasedShare = z.strictObject({ share: openingShare, escrow: wire.bytes(96) });
export type ReleasedShare = z.infer<typeof releasedShare>;
/**
 * Response: `releasedShare` (of the second phase: `openingShare`) as JSON, sealed to the authority of the
 * filing (`shareSealInfo` in bindings.ts).
 */
export const sealedShare = z.strictObject({ guardian: wire.name, sealed: wire.bytesUpTo(2000) });

/** GET <registrar>/records/buckets/:prefix (hex of the first bits of H(R)) → every item of that bucket. */
export const bucketResponse = z.strictObject({ items: z.array(wire.bytesUpTo(12_000)).max(100_000) });
/** What an item holds once opened with the key from R: everything phase two rests on. */
export const recordItem = z.strictObject({
  v: z.literal(1),
  entropy: wire.scalar,
  identity: sealedIdentity,
  receipt: recordReceipt,
});
export type RecordItem = z.infer<typeof recordItem>;

/** authority → guardian, POST /cases/:caseId/identity-shares, signed under `shareAsk`. */
export const identityShareRequest = signed(
  z.strictObject({
    caseId: wire.id,
    authority: wire.name,
    /** The t shares of phase one with their proofs: the guardian recomputes R itself. */
    shares: z.array(openingShare).min(2).max(15),
    item: recordItem,
  }),
);

/** guardian, POST /cases/:caseId/notice by its own clock or staff; published as `disclosure-notice`. */
export type SealedShare = z.infer<typeof sealedShare>;
export type IdentityShareRequest = z.infer<typeof identityShareRequest>;
