/** The only place that tells anyone anything: the journal, counters, and whether the log is well. */
import { describeError, type Journal } from '@answerable/kit/journal';
import type { Metrics } from '@answerable/kit/metrics';
import type { HaltReason } from '@answerable/log/append/log-store';

export interface Events {
  submitted(kind: string): void;
  published(size: number, cosignatures: number): void;
  witnessFailed(): void;
  /** An error that starting again may heal. */
  stumbled(error: unknown): void;
  halted(reason: HaltReason): void;
}

export function logbookEvents(journal: Journal, metrics: Metrics): Events {
  const submissions = metrics.counter('submissions_total', 'Entries taken, by kind', ['kind']);
  const size = metrics.gauge('log_size', 'Entries under the published checkpoint');
  const cosigned = metrics.gauge('checkpoint_cosignatures', 'Witnesses on the published checkpoint');
  const failures = metrics.counter('witness_failures_total', 'Witnesses that did not cosign');
  return {
    submitted: (kind) => submissions.inc({ kind }),
    published(entries, cosignatures) {
      size.set(entries);
      cosigned.set(cosignatures);
    },
    witnessFailed: () => failures.inc(),
    stumbled: (error) => journal.warn('the sequencer starts again', describeError(error)),
    halted: (reason) => journal.error('the log is halted until somebody looks', { outcome: reason }),
  };
}
