/**
 * What the proofs of enrolment are bound to, so that none can be used in another session, at another
 * registrar or twice (PROTOCOL §3.3). Wallet and registrar compute these bytes alike; nothing of them travels.
 */
import { canonicalBytes } from '../canonical.ts';
import { messageLabels } from '../labels.ts';

/** Of the first proof: one session at one registrar. */
export const recordBinding = (registrar: string, session: string): Uint8Array =>
  canonicalBytes(messageLabels.recordBinding, { registrar, session });

/** Of a later proof: one nonce of POST /issuance/challenge; and the returning session it speaks for, if any. */
export const issuanceBinding = (registrar: string, nonce: string, session: string | undefined): Uint8Array =>
  canonicalBytes(messageLabels.issuanceBinding, { registrar, nonce, session: session ?? null });

/** Of a call about one's own record (record-life.ts): the call itself, and one nonce. */
export const recordCallBinding = (registrar: string, nonce: string, call: unknown): Uint8Array =>
  canonicalBytes(messageLabels.recordCall, { registrar, nonce, call });

/** Of an objection to a reset, by who knows the secret of the record. */
export const objectionBinding = (registrar: string, nonce: string): Uint8Array =>
  canonicalBytes(messageLabels.objectionBinding, { registrar, nonce });
