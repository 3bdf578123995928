/**
 * What a party says of itself before there is a trust policy, and its signature on the first one (PROTOCOL §2,
 * §10): GET /ceremony/identity is public; POST /ceremony/sign-policy needs the party's operator token.
 */
import { z } from 'zod';
import { issuerKeysMax, trustPolicy } from './trust-policy.ts';
import * as wire from './wire.ts';

/** One participant's public outcome of a ceremony. Participant i has verificationKeys[i - 1]. */
export const ceremonyOutcome = z.strictObject({
  role: z.enum(['opening', 'tag']),
  index: z.int().min(1).max(255),
  threshold: z.int().min(2),
  publicKey: wire.point,
  verificationKeys: z.array(wire.point).min(3).max(15),
  transcript: wire.hash,
});
export type CeremonyOutcome = z.infer<typeof ceremonyOutcome>;

export const partyIdentity = z.strictObject({
  name: wire.name,
  title: wire.text(80),
  origin: wire.origin,
  signingKey: wire.verifyingKey,
  /** Guardians and authorities: X25519, for what is sealed to them. */
  sealingKey: wire.sealingKey.optional(),
  /** The registrar. */
  issuerKey: wire.issuerPoint.optional(),
  /** The registrar's later keys, in the order in which they follow. */
  nextIssuerKeys: z
    .array(wire.issuerPoint)
    .max(issuerKeysMax - 1)
    .optional(),
  /** Witnesses: C2SP verifier key of type 0x04. */
  witnessKey: wire.text(200).optional(),
  /** The logbook: C2SP verifier key of type 0x01. */
  logKey: wire.text(200).optional(),
  /** Gateways. */
  platforms: z.array(wire.name).max(50).optional(),
  /** Gateways: those that are servers of the AT Protocol. */
  atproto: z.array(wire.name).min(1).max(50).optional(),
  /** The guardian of the organisation that publishes the wallet: by whose key. */
  releases: trustPolicy.shape.releases.optional(),
  /** Guardians and keepers, once they have a share. */
  share: ceremonyOutcome.optional(),
});
export type PartyIdentity = z.infer<typeof partyIdentity>;

export const signPolicyRequest = z.strictObject({ policy: trustPolicy });
export const signPolicyResponse = z.strictObject({ party: wire.name, signature: wire.signature });

/** GET /ceremony/signed: which policy this party signed, by its hash; refuses `not_found` before. */
export const signedPolicy = z.strictObject({
  policy: wire.hash,
  party: wire.name,
  signature: wire.signature,
});
export type SignedPolicy = z.infer<typeof signedPolicy>;
