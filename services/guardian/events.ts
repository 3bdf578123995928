/** What a guardian counts and journals: kinds and outcomes, never a case number, an account or a word of one. */
import type { Journal } from '@answerable/kit/journal';
import type { Metrics } from '@answerable/kit/metrics';

export interface Events {
  received(): void;
  judged(decision: 'approve' | 'refuse'): void;
  released(phase: 'record' | 'identity'): void;
  noticed(): void;
}

export function createEvents(journal: Journal, metrics: Metrics): Events {
  const cases = metrics.counter('guardian_cases_total', 'Cases by what happened to them', ['kind']);
  const tell = (kind: string) => {
    cases.inc({ kind });
    journal.info('case', { kind });
  };
  return {
    received: () => tell('received'),
    judged: (decision) => tell(decision === 'approve' ? 'approved' : 'refused'),
    released: (phase) => tell(phase === 'record' ? 'share-released' : 'identity-share-released'),
    noticed: () => tell('notice-published'),
  };
}
