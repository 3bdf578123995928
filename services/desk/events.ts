/**
 * The only place that tells anyone anything that is not in a table: counters.
 * Must never: carry a `sub`, a case number or a word that somebody wrote.
 */
import type { Metrics } from '@answerable/kit/metrics';
import type { Report } from '@answerable/protocol/report/report';
import type { Decision } from './casework/decision.ts';
import type { AppealOutcome } from './casework/event.ts';

export interface Events {
  reported(report: Pick<Report, 'reasons'>): void;
  decided(path: Decision['path']): void;
  heard(outcome: AppealOutcome): void;
  asked(): void;
}

export function deskEvents(metrics: Metrics): Events {
  const reports = metrics.counter('reports_total', 'Reports taken, by first reason', ['kind']);
  const decisions = metrics.counter('decisions_total', 'Decisions in force, by path', ['kind']);
  const appeals = metrics.counter('appeals_heard_total', 'Appeals heard, by outcome', ['outcome']);
  const asks = metrics.counter('disclosure_asks_total', 'Requests to open an account');
  return {
    reported: ({ reasons }) => reports.inc({ kind: reasons[0] ?? 'other' }),
    decided: (path) => decisions.inc({ kind: path }),
    heard: (outcome) => appeals.inc({ outcome }),
    asked: () => asks.inc(),
  };
}
