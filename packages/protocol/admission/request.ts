/**
 * gateway → wallet (PROTOCOL §4.1): what is asked, by whom, for what place. Signed by the gateway's key in the
 * trust policy; the wallet delivers its answer only to that gateway's registered origin.
 */
import { z } from 'zod';
import { hashOf } from '../canonical.ts';
import { messageLabels } from '../labels.ts';
import { platformPolicy } from '../platform-policy.ts';
import { scope } from '../scope.ts';
import { signed } from '../signed.ts';
import * as wire from '../wire.ts';

export const admissionRequest = z.strictObject({
  v: z.literal(1),
  /** The gateway's interaction; bound to a cookie of the browser that it began in. */
  request: wire.bytesUpTo(48),
  gateway: wire.name,
  scope,
  nonce: wire.id,
  expires: wire.instant,
  platformPolicy,
  trustPolicy: wire.hash,
  /** The account from before that the answer attaches to the person: its name here, which it keeps. */
  claims: z.strictObject({ handle: z.string().regex(/^[a-z0-9_]{3,30}$/) }).optional(),
});
export type AdmissionRequest = z.infer<typeof admissionRequest>;
export const signedAdmissionRequest = signed(admissionRequest);
export type SignedAdmissionRequest = z.infer<typeof signedAdmissionRequest>;

export const admissionRequestHash = (request: AdmissionRequest): string =>
  hashOf(messageLabels.requestHash, request);

/** GET <gateway>/interaction/:request/request → signedAdmissionRequest (also in the fragment to the wallet). */
/** Wallet page that takes a request: <wallet>/#/ask?request=<base64url JSON of the signed request>. */
/** Return to the gateway: <gateway>/interaction/:request/return#answer=<base64url JSON>, posted from there. */
