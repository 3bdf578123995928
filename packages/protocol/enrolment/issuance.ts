/**
 * A later credential for a known record, without proving identity again (PROTOCOL §3.3, §3.8). Whoever can
 * prove `R − ε·G_rec = s·G_rec` for the committed s is the person; nothing else is asked.
 */
import { z } from 'zod';
import * as wire from '../wire.ts';
import { deviceRenewal } from './record-life.ts';
import { credentialGrant, sealedIdentity } from './session.ts';

/** POST /issuance/challenge: a fresh nonce that the binding proof is labelled with. */
export const issuanceChallengeRequest = z.strictObject({ recordPoint: wire.point });
export const issuanceChallengeResponse = z.strictObject({ nonce: wire.id, entropy: wire.scalar });

/** POST /issuance */
export const issuanceRequest = z.strictObject({
  recordPoint: wire.point,
  nonce: wire.id,
  commitmentWithProof: wire.bytesUpTo(400),
  bindingProof: wire.bytesUpTo(400),
  /**
   * After a recall: the session whose evidence is this person's too. A new document or evidence account of
   * that session is added to the record, since the proof shows who came back (PROTOCOL §3.2).
   */
  session: wire.id.optional(),
  /** The person wants their name, as the evidence of that session gives it, in this one credential: ignored without. */
  named: z.literal(true).optional(),
  /** Which device asks. Left out after a recall and by who has registered none. */
  device: deviceRenewal.optional(),
});
export type IssuanceRequest = z.infer<typeof issuanceRequest>;
export const issuanceResponse = credentialGrant.extend({
  /** Who comes back to an ended record whose identity was erased is sealed anew, as at enrolment. */
  anew: z.strictObject({ identity: sealedIdentity, sealRandomness: wire.scalar }).optional(),
});
