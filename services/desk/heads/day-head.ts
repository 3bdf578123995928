/**
 * The head of a day: one hash over where every chain ended that grew, bound to the head of the day before. With
 * it in the log, or in anybody's notes, a case that is left out or cut short later shows.
 */
import { commitmentTo, hashOf } from '@answerable/protocol/canonical';
import { messageLabels } from '@answerable/protocol/labels';

export interface ChainEnd {
  /** `case/<id>`, or a chain of the ledger: `record/<name>` */
  chain: string;
  seq: number;
  hash: string;
}

/** The head of `day`; `ends` in any order. */
export function dayHead(day: string, previous: string | null, ends: readonly ChainEnd[]): string {
  const sorted = ends
    .map(({ chain, seq, hash }) => ({ chain, seq, hash }))
    .sort((a, b) => (a.chain < b.chain ? -1 : 1));
  return hashOf(messageLabels.deskDay, { day, previous, ends: sorted });
}

/** What the log carries: says nothing without its salt, and not even that it is a desk's. */
export const headCommitment = (salt: string, day: string, head: string): string =>
  commitmentTo(messageLabels.deskDay, salt, { day, head });
