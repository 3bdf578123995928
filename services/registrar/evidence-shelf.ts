/**
 * What is known of a person while they enrol: in memory, until the session is over or the process ends. After
 * a restart a person begins again, with a new sign-in; nothing of them was written.
 */

import type { RefereeAssertion } from '@answerable/protocol/enrolment/referee-word';
import type { RecordResponse } from '@answerable/protocol/enrolment/session';
import type { Evidence } from './evidence/evidence.ts';
import type { Match } from './policy.ts';
import type { Identified } from './store.ts';

/** Sessions at most; the oldest goes first. */
const shelfMax = 10_000;

export interface OnShelf {
  evidence: Evidence;
  who: Identified;
  match: Match;
  /** Reached only the browser in which the person signed in; none where a referee vouched. */
  code: string | null;
  /** The referee's word, for keepers at a recall. */
  assertion?: RefereeAssertion;
  /** Two people said that this is somebody else than who has the same name and birth date. */
  different?: boolean;
  /** The answer of `record`, for a wallet that did not get it. */
  answer?: { asked: string; response: RecordResponse };
  expires: Date;
}

export interface EvidenceShelf {
  put(session: string, kept: OnShelf): void;
  get(session: string, now: Date): OnShelf | undefined;
  sweep(now: Date): void;
}

export function evidenceShelf(): EvidenceShelf {
  const shelf = new Map<string, OnShelf>();
  return {
    put(session, kept) {
      shelf.set(session, kept);
      const oldest = shelf.keys().next();
      if (shelf.size > shelfMax && !oldest.done) shelf.delete(oldest.value);
    },
    get(session, now) {
      const kept = shelf.get(session);
      return kept && kept.expires > now ? kept : undefined;
    },
    sweep(now) {
      for (const [session, kept] of shelf) if (kept.expires <= now) shelf.delete(session);
    },
  };
}
