/**
 * registrar → keeper: one person once (PROTOCOL §3.2). The registrar blinds normalised identifiers, keepers
 * evaluate under their shares of the tag key, with a proof. Evaluations are tied to an enrolment session and
 * counted; there is no key id in a request: a keeper has one tag share and nothing else.
 */
import { concat, fromBase64url, i2osp, toBase64url } from '@answerable/core/bytes';
import { z } from 'zod';
import { canonicalBytes } from '../canonical.ts';
import { messageLabels } from '../labels.ts';
import { signed } from '../signed.ts';
import * as wire from '../wire.ts';

/** Three documents and three names, each in two spellings while a normalisation changes. */
export const evaluationsPerSessionMax = 12;

/** POST /tags/evaluations, signed by the registrar of the policy. */
export const tagEvaluationRequest = signed(
  z.strictObject({
    session: wire.id,
    /** The day in which registrar and keeper both count it: an audit compares their totals. */
    day: wire.day,
    blinded: z.array(wire.point).min(1).max(evaluationsPerSessionMax),
  }),
);
/** Hours by which the clocks of registrar and keeper may differ at the turn of a day. */
const daySkewHoursMax = 1;
/** Totals of a day go to the log no sooner than this many hours after it, when nothing more is counted in it. */
const closingHours = 2;
const msPerHour = 3_600_000;
const dayAt = (now: Date, hours: number): string =>
  new Date(now.getTime() + hours * msPerHour).toISOString().slice(0, 10);

/** Whether something may be counted in `day` now. */
export const isCountedIn = (day: string, now: Date): boolean =>
  day === dayAt(now, -daySkewHoursMax) || day === dayAt(now, daySkewHoursMax);
/** The first day whose totals are still open. */
export const openDay = (now: Date): string => dayAt(now, -closingHours);
export const tagEvaluationResponse = z.strictObject({
  evaluations: z.array(z.strictObject({ evaluated: wire.point, proof: wire.bytesUpTo(200) })),
});
export type TagEvaluationResponse = z.infer<typeof tagEvaluationResponse>;

const pointBytes = 48;

/** What the proof of an evaluation is bound to: one enrolment session. */
export const tagBinding = (session: string): Uint8Array =>
  canonicalBytes(messageLabels.tagBinding, { session });

/** core's octets (index ‖ point ‖ proof) as they travel; the index is the answering keeper's own. */
export function encodeTagEvaluation(octets: Uint8Array): TagEvaluationResponse['evaluations'][number] {
  return {
    evaluated: toBase64url(octets.slice(1, 1 + pointBytes)),
    proof: toBase64url(octets.slice(1 + pointBytes)),
  };
}

export function decodeTagEvaluation(
  index: number,
  { evaluated, proof }: TagEvaluationResponse['evaluations'][number],
): Uint8Array {
  return concat(i2osp(index, 1), fromBase64url(evaluated, 'evaluated'), fromBase64url(proof, 'proof'));
}
