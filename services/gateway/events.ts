/**
 * The only place that tells anyone anything: platforms that a session of theirs has ended (back-channel logout),
 * and counters. What must be told is recorded first and forgotten when told; the outbox tries again.
 * Must never: put a `sub`, a pseudonym or a handle into a journal or a counter.
 */
import type { Metrics } from '@answerable/kit/metrics';
import type { RefusalCode } from '@answerable/protocol/refusal';
import type { Teller } from './sanctions/tell.ts';

/** A holder who closes an account waits for its platform no longer than this. */
const tellMsMax = 1_500;

export interface Events {
  admitted(): void;
  signedIn(): void;
  refused(code: RefusalCode): void;
  sanctioned(step: string): void;
  /** Tells the platforms of these accounts that their sessions ended. What cannot be told now stays recorded. */
  tellEndedSessions(subs: readonly string[]): Promise<void>;
}

export function gatewayEvents(teller: Pick<Teller, 'settle'>, metrics: Metrics): Events {
  const admissions = metrics.counter('admissions_total', 'Answers taken, by outcome', ['outcome']);
  const sanctions = metrics.counter('sanctions_total', 'Sanctions recorded, by step', ['kind']);
  return {
    admitted: () => admissions.inc({ outcome: 'admitted' }),
    signedIn: () => admissions.inc({ outcome: 'signed-in' }),
    refused: (code) => admissions.inc({ outcome: code }),
    sanctioned: (step) => sanctions.inc({ kind: step }),
    tellEndedSessions: (subs) => teller.settle(subs, tellMsMax),
  };
}
