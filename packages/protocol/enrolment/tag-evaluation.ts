/**
 * registrar → keeper: one person once (PROTOCOL §3.2). The registrar blinds normalised identifiers, keepers
 * evaluate under their shares of the tag key, with a proof. Evaluations are tied to an enrolment session and
 * counted; there is no key id in a request: a keeper has one tag share and nothing else.
 */
import { z } from 'zod';
import { signed } from '../signed.ts';
import * as wire from '../wire.ts';

export const evaluationsPerSessionMax = 6;

/** POST /tags/evaluations, signed by the registrar of the policy. */
export const tagEvaluationRequest = signed(
  z.strictObject({ session: wire.id, blinded: z.array(wire.point).min(1).max(evaluationsPerSessionMax) }),
);
export const tagEvaluationResponse = z.strictObject({
  evaluations: z.array(z.strictObject({ evaluated: wire.point, proof: wire.bytesUpTo(200) })),
});
export type TagEvaluationResponse = z.infer<typeof tagEvaluationResponse>;
