/**
 * Opening one account, in public (PROTOCOL §6). The order is: ask → filing committed in the log → holder heard
 * → approvals committed → shares → one name → notice. Each step rests on the ones before it being in the log,
 * and every guardian checks that itself.
 */
import { z } from 'zod';
import { callSeal } from '../admission/account-call.ts';
import { newAccount } from '../admission/answer.ts';
import { admissionRequest } from '../admission/request.ts';
import { signed } from '../signed.ts';
import * as wire from '../wire.ts';

/** authority → desk, POST /disclosures, signed under `authorityAsk`. */
export const authorityAsk = z.strictObject({
  v: z.literal(1),
  ask: wire.id,
  authority: wire.name,
  platform: wire.name,
  ground: wire.name,
  /** The order by which it asks: reference and text are hashed here, shown to guardians with the case. */
  order: z.strictObject({ reference: wire.text(200), text: wire.text(4000), day: wire.day }),
  /** The content in question, by locator: the desk knows its author's `sub`. */
  item: z.string().max(200),
});
export type AuthorityAsk = z.infer<typeof authorityAsk>;
export const signedAuthorityAsk = signed(authorityAsk);
export const askAccepted = z.strictObject({ caseId: wire.id });

/** What the gateway kept when the account was taken in: the whole of what a guardian must verify itself. */
export const admissionRecord = z.strictObject({
  v: z.literal(1),
  request: admissionRequest,
  requestSignature: wire.signature,
  answer: newAccount,
  /** Pseudonym and E0, E1 are inside `answer.presentation`; policy by hash in the request. */
  day: wire.day,
});
export type AdmissionRecord = z.infer<typeof admissionRecord>;

/** A sign-in that covers the time of the content, signed by the account key: joins content to admission. */
export const coveringSignIn = z.strictObject({
  requestHash: wire.hash,
  day: wire.day,
  signature: wire.signature,
});

/** gateway → each guardian, through the desk, sealed to each guardian's key under `packageSeal`. */
export const casePackage = z.strictObject({
  v: z.literal(1),
  caseId: wire.id,
  admission: admissionRecord,
  signIn: coveringSignIn.nullable(),
  item: z.strictObject({ locator: z.string().max(200), text: wire.text(10_000), posted: wire.instant }),
  /** Salt of the filing's commitment and opening ρ of H(ν, ρ). */
  noticeOpening: wire.hash,
});
export type CasePackage = z.infer<typeof casePackage>;

/** Only commitments of this go into the log: commitmentTo(`filing`, salt, filing). */
export const filing = z.strictObject({
  v: z.literal(1),
  caseId: wire.id,
  platform: wire.name,
  gateway: wire.name,
  authority: wire.name,
  ground: wire.name,
  orderHash: wire.hash,
  itemHash: wire.hash,
  /** H(E0 ‖ E1): one case, one ciphertext. */
  ciphertextHash: wire.hash,
  admissionHash: wire.hash,
  /** H(ν, ρ). */
  noticeCommitment: wire.hash,
  heardUntil: wire.instant,
  noticeDay: wire.instant,
  trustPolicy: wire.hash,
});
export type Filing = z.infer<typeof filing>;
/** Signed by the gateway under `filingMessage`. */
export const signedFiling = signed(filing);

/** desk → gateway, POST /desk/filings: make the package; the gateway logs the commitment before it answers. */
export const filingRequest = z.strictObject({
  caseId: wire.id,
  sub: wire.sub,
  ask: signedAuthorityAsk,
  item: casePackage.shape.item,
});
export const filedCase = z.strictObject({
  filing: signedFiling,
  salt: wire.hash,
  logKey: wire.id,
  ask: signedAuthorityAsk,
  packages: z.array(z.strictObject({ guardian: wire.name, sealed: wire.bytesUpTo(40_000) })),
});
export type FiledCase = z.infer<typeof filedCase>;

/** desk → guardian, POST /cases: the guardian verifies everything before its people see the case. */
export const caseDelivery = z.strictObject({
  filing: signedFiling,
  salt: wire.hash,
  filingProof: wire.tlogProof,
  ask: signedAuthorityAsk,
  sealed: wire.bytesUpTo(40_000),
});
export type CaseDelivery = z.infer<typeof caseDelivery>;
/** desk → guardian, POST /cases/:caseId/reply: what the holder said, with the seal of their call (`hearing`). */
export const caseReply = z.strictObject({ reply: wire.text(4000), seal: callSeal.optional() });

/** GET <desk>/disclosures/:caseId, for the authority: what was filed and where the log shows it. */
export const filedDisclosure = z.strictObject({
  filing: signedFiling,
  salt: wire.hash,
  filingProof: wire.tlogProof,
});
export type FiledDisclosure = z.infer<typeof filedDisclosure>;
