/**
 * Under which subject keepers list somebody's evidence for one record: the evidence account; or, where a referee
 * vouched, the organisation together with a value of this record alone, so that lists do not say who vouched.
 */
import { createHmac } from 'node:crypto';
import { fromBase64url } from '@answerable/core/bytes';
import { refereeSubject } from '@answerable/protocol/enrolment/referee-word';
import type { RegistrarKeys } from './keys.ts';
import type { Identified } from './store.ts';

type Keys = Pick<RegistrarKeys, 'atRest'>;

/** What hides an organisation in the lists of one record: given out with a word that was signed for it. */
export const listingOf = (recallId: string, { atRest }: Keys): string =>
  createHmac('sha256', atRest.secretKey)
    .update('referee listing')
    .update(fromBase64url(recallId))
    .digest('base64url');

/** `who`, with the subject that counts for the record with this recallId. */
export function listed(
  { who, evidence }: { who: Identified; evidence: { vouched?: { organisation: string } } },
  recallId: string,
  keys: Keys,
): Identified & { subject: string } {
  if (evidence.vouched)
    return { ...who, subject: refereeSubject(evidence.vouched.organisation, listingOf(recallId, keys)) };
  if (who.subject === null) throw new Error('bug: evidence of nobody');
  return { ...who, subject: who.subject };
}
