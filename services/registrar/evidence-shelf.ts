/**
 * What is known of a person while they enrol: in memory, until the session is over, they sign out at the
 * provider or the process ends. After a restart a person begins again, with a new sign-in; nothing of them was
 * written.
 */

import type { RefereeAssertion } from '@answerable/protocol/enrolment/referee-word';
import type { RecordResponse } from '@answerable/protocol/enrolment/session';
import type { SignedOut } from './evidence/adapter.ts';
import type { Evidence } from './evidence/evidence.ts';
import type { Match } from './policy.ts';
import type { Identified } from './store.ts';

/** Sessions at most, of each kind; the oldest goes first. */
const shelfMax = 10_000;

export interface OnShelf {
  evidence: Evidence;
  who: Identified;
  match: Match;
  /**
   * Reached only the browser in which the person signed in; none where a referee vouched, or once the wallet has
   * brought it. While there is one, nothing but POST /enrolment/evidence goes on.
   */
  code: string | null;
  /** The referee's word, for keepers at a recall. */
  assertion?: RefereeAssertion;
  /** Two people said that this is somebody else than who has the same name and birth date. */
  different?: boolean;
  /** Two people said that this is the person of this record, who asks for a reset. */
  same?: string;
  /** The answer of `record`, for a wallet that did not get it. */
  answer?: { asked: string; response: RecordResponse };
  expires: Date;
}

/** Signed in at the provider, and still to prove who they are there. */
export interface Halfway {
  issuer: string;
  subject: string;
  code: string;
  expires: Date;
}

export interface EvidenceShelf {
  put(session: string, kept: OnShelf): void;
  get(session: string, now: Date): OnShelf | undefined;
  putHalfway(session: string, kept: Halfway): void;
  halfway(session: string, now: Date): Halfway | undefined;
  /** Drops everything of somebody who signed out; the sessions that it was of. */
  forget(signedOut: SignedOut): string[];
  sweep(now: Date): void;
}

export function evidenceShelf(): EvidenceShelf {
  const proven = place<OnShelf>();
  const half = place<Halfway>();
  return {
    put(session, kept) {
      half.drop(session);
      proven.put(session, kept);
    },
    get: proven.get,
    putHalfway: half.put,
    halfway: half.get,
    forget({ issuer, subject, session: at }) {
      const isTheirs = (one: { issuer: string; subject: string; session?: string }) =>
        one.issuer === issuer &&
        (subject === undefined || one.subject === subject) &&
        (at === undefined || one.session === undefined || one.session === at);
      return [...proven.dropIf(({ evidence }) => isTheirs(evidence)), ...half.dropIf(isTheirs)];
    },
    sweep(now) {
      proven.dropIf(({ expires }) => expires <= now);
      half.dropIf(({ expires }) => expires <= now);
    },
  };
}

function place<T extends { expires: Date }>() {
  const kept = new Map<string, T>();
  return {
    put(name: string, one: T): void {
      kept.set(name, one);
      const oldest = kept.keys().next();
      if (kept.size > shelfMax && !oldest.done) kept.delete(oldest.value);
    },
    get(name: string, now: Date): T | undefined {
      const one = kept.get(name);
      return one && one.expires > now ? one : undefined;
    },
    drop: (name: string): boolean => kept.delete(name),
    dropIf(is: (one: T) => boolean): string[] {
      const names = [...kept].filter(([, one]) => is(one)).map(([name]) => name);
      for (const name of names) kept.delete(name);
      return names;
    },
  };
}
