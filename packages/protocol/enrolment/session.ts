/**
 * Enrolment, step by step, wallet ↔ registrar (PROTOCOL §3). One session joins one sign-in at an evidence
 * provider to one wallet key: every call after the first is signed by that key under `walletCall`.
 *
 *   begin → (browser: evidence provider → registrar callback → wallet) → evidence → record | recall → receipt
 */
import { z } from 'zod';
import { hashOf } from '../canonical.ts';
import { messageLabels } from '../labels.ts';
import { signed } from '../signed.ts';
import * as wire from '../wire.ts';
import { enrolmentPurpose } from './purpose.ts';
import { refereeAssertion } from './referee-word.ts';

/** A request object can be long; browsers and servers take this much. */
const addressCharsMax = 6000;

export type EnrolmentPurpose = z.infer<typeof enrolmentPurpose>;

/** POST /enrolment */
export const beginRequest = z.strictObject({
  purpose: enrolmentPurpose,
  /** How the person shows who they are: an `id` of the trust policy's `evidence`, or `referee`. */
  route: wire.name,
  /** ed25519 key drawn for this session. */
  walletKey: wire.verifyingKey,
  /** S0 = s·G_rec for `join` and `reset`; absent for `return`. */
  secretPoint: wire.point.optional(),
  /** Wallet origin to come back to; the trust policy must list it. */
  walletOrigin: wire.origin,
});
export type BeginRequest = z.infer<typeof beginRequest>;
export const beginResponse = z.union([
  z.strictObject({ session: wire.id, authorizationUrl: z.url().max(addressCharsMax) }),
  /** By `referee`: read out to whoever vouches. */
  z.strictObject({ session: wire.id, code: z.string().min(6).max(20) }),
]);
export type BeginResponse = z.infer<typeof beginResponse>;

/**
 * The nonce that the evidence provider signs; the wallet recomputes it from the authorization URL before it
 * follows it. `join`/`reset`: bound to S0, the wallet key and the registrar, so that a second record in my
 * name needs a second sign-in by me. `return`: bound to the wallet key and the policy, as keepers check it.
 */
export function evidenceNonce(
  begin: Pick<BeginRequest, 'purpose' | 'walletKey' | 'secretPoint'>,
  registrar: string,
  policySerial: number,
): string {
  return begin.purpose === 'return'
    ? hashOf(messageLabels.recallNonce, { sessionKey: begin.walletKey, policySerial })
    : hashOf(messageLabels.enrolmentNonce, {
        purpose: begin.purpose,
        secretPoint: begin.secretPoint,
        walletKey: begin.walletKey,
        registrar,
      });
}

/** A call inside a session; `call` names the step, `body` is its hash-free content. */
export const walletCall = <B extends z.ZodType>(call: string, body: B) =>
  signed(z.strictObject({ session: wire.id, call: z.literal(call), body }));

/**
 * GET /enrolment/callback sends the browser to <walletOrigin>/#/enrolled?session=…&code=… (or …&refusal=<code>).
 * The code reaches only the wallet of the browser in which the person proved who they are: somebody who sends
 * their own authorization URL to another person gets nothing (DIVERGENCES D6).
 */
export const enrolledFragment = (session: string, outcome: { code: string } | { refusal: string }): string =>
  `#/enrolled?${new URLSearchParams({ session, ...outcome })}`;

const wayBack = { recallId: wire.id, version: z.int(), blob: wire.bytesUpTo(4000) };

/**
 * POST /enrolment/evidence — after coming back: what did the evidence say? By `referee` there is no code, since
 * no browser came back; `evidence_pending` until somebody has vouched.
 */
export const evidenceRequest = walletCall('evidence', z.strictObject({ code: wire.id.optional() }));
export const evidenceResponse = z.strictObject({
  /**
   * `new`: nobody with this evidence. `known`: same document. `unsure`: same name and birth date only.
   * `unfinished`: signed in, and to go on at `authorizationUrl`, with the same nonce.
   */
  match: z.enum(['new', 'known', 'unsure', 'unfinished']),
  authorizationUrl: z.url().max(addressCharsMax).optional(),
  /** For `reset`, when one was asked for: the day on which its wait is over. */
  resetEnds: wire.day.optional(),
  /** For `return`: what each keeper checks itself, and what is needed to try the words. */
  recall: z
    .union([
      z.strictObject({ ...wayBack, idToken: z.string().max(8000) }),
      z.strictObject({ ...wayBack, assertion: refereeAssertion }),
    ])
    .optional(),
});
export type EvidenceResponse = z.infer<typeof evidenceResponse>;

/** POST /enrolment/record — `join` or `reset`: draw the record and the first credential, in one round. */
export const recordRequest = walletCall(
  'record',
  z.strictObject({ commitmentWithProof: wire.bytesUpTo(400), bindingProof: wire.bytesUpTo(400) }),
);

/** Attribute values as the registrar signs them; the wallet refuses values outside the closed vocabulary. */
export const attributeValues = z.record(z.string().max(40), z.string().max(200));

export const credentialGrant = z.strictObject({
  epoch: wire.count,
  /** ε, once per record and reset. x = s + ε. */
  entropy: wire.scalar,
  attributes: attributeValues,
  blindSignature: wire.bytesUpTo(200),
});
export type CredentialGrant = z.infer<typeof credentialGrant>;

/** The identity sealed under the opening key, as kept by the registrar and checked once by the wallet. */
export const sealedIdentity = z.strictObject({
  /** R1 = r·G, proof of knowledge of r, key commitment and ciphertext in core's own framing. */
  sealed: wire.bytesUpTo(6000),
  /** Leaf parts: H(tag, salt, R, ε, H(sealed)). */
  tag: wire.hash,
  salt: wire.hash,
});
export type SealedIdentity = z.infer<typeof sealedIdentity>;

export const recordResponse = z.strictObject({
  recordPoint: wire.point,
  grant: credentialGrant,
  identity: sealedIdentity,
  /** r, shown once so that the wallet can open what was sealed about it and check it. */
  sealRandomness: wire.scalar,
});
export type RecordResponse = z.infer<typeof recordResponse>;

/** POST /enrolment/receipt — the leaf's place: batch proof (RFC 6962 over leaves) and the log's proof. */
export const receiptRequest = walletCall('receipt', z.strictObject({}));
export const recordReceipt = z.strictObject({
  leafIndex: wire.index,
  leaves: wire.count,
  batchProof: z.array(wire.hash).max(64),
  entryIndex: wire.index,
  entryProof: wire.tlogProof,
});
export type RecordReceipt = z.infer<typeof recordReceipt>;
/** 200 with the receipt, or `not_ready` until the batch is in the log. */
export const receiptResponse = recordReceipt;

/** What is sealed: read by the wallet once, and by an authority after an opening. */
export const identityDocument = z.strictObject({
  v: z.literal(1),
  name: wire.text(200),
  birthDate: wire.day,
  evidence: wire.text(400),
  enrolled: wire.day,
});
export type IdentityDocument = z.infer<typeof identityDocument>;
