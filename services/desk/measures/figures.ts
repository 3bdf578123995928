/**
 * The figures of some days, from what was counted on them: what pages, exports and the duty record show. Plain
 * JSON; shares are between 0 and 1 and null where there is nothing to have a share of; waits are in minutes.
 */
import { type Distribution, distribution, shareOf } from './distribution.ts';
import type { FigureName } from './tally.ts';
import type { Summed } from './tally-store.ts';

type Counts = Record<string, number>;

export interface Figures {
  /** days, `YYYY-MM-DD` in UTC, both included */
  from: string;
  to: string;
  reports: {
    total: number;
    /** of something that had been decided and is hidden */
    again: number;
    byReason: Counts;
    byCapacity: Counts;
    byCharacteristic: Counts;
  };
  complaints: { total: number; byKind: Counts; byOutcome: Counts };
  cases: { opened: number; byKind: Counts };
  /** from the first report to the first hold, decision against conduct, or help */
  acted: Distribution & { byKind: Record<string, Distribution> };
  decided: Distribution & {
    byKind: Record<string, Distribution>;
    byPath: Counts;
    inTime: number;
    inTimeShare: number | null;
    byTwo: number;
    byGround: Counts;
    byCategory: Counts;
    /** what was done: hidden, shut, warned, restricted, suspended, barred */
    measures: Counts;
    /** what ended measures before their time or on it */
    ended: Counts;
  };
  holds: Counts;
  appeals: {
    made: Counts;
    heard: number;
    byOutcome: Counts;
    /** varied or overturned, of those heard */
    reversalShare: number | null;
    minutes: Distribution;
    inTimeShare: number | null;
  };
  pileOns: { messages: Distribution; accounts: Distribution; persons: Distribution };
  care: {
    opened: number;
    decided: number;
    helped: number;
    signposted: number;
    contactOffered: number;
    alarms: number;
  };
  /** items found to be somebody's own distress, and those of them that a sanction or takedown had been put on */
  distress: { found: number; sanctioned: number; takenDown: number; sanctionedShare: number | null };
  /** practice cases: how often people agreed with what was agreed, by what the case tries out */
  golden: Record<string, { asked: number; agreed: number; share: number | null }>;
  /** cases that came into each queue and left it */
  queues: Record<string, { entered: number; left: number }>;
}

export function figuresOf(from: string, to: string, sums: readonly Summed[]): Figures {
  const read = reader(sums);
  const decided = read.spread('decided-minutes');
  const inTime = read.total('decided-in-time');
  const outcomes = read.counts('heard');
  const heard = read.total('heard');
  const distress = read.counts('distress');
  const care = read.counts('care');
  const [entered, left] = [read.counts('entered'), read.counts('left')];
  const named = [...new Set([...Object.keys(entered), ...Object.keys(left)])];
  return {
    from,
    to,
    reports: {
      total: read.total('reports'),
      again: read.counts('reports')['of what was decided'] ?? 0,
      byReason: read.counts('report-reason'),
      byCapacity: read.counts('report-capacity'),
      byCharacteristic: read.counts('report-characteristic'),
    },
    complaints: {
      total: read.total('complaints'),
      byKind: read.counts('complaints'),
      byOutcome: read.counts('complaint-outcome'),
    },
    cases: { opened: read.total('opened'), byKind: read.counts('opened') },
    acted: { ...read.spread('acted-minutes'), byKind: read.spreads('acted-minutes') },
    decided: {
      ...decided,
      byKind: read.spreads('decided-minutes'),
      byPath: read.counts('decided'),
      inTime,
      inTimeShare: shareOf(inTime, decided.count),
      byTwo: read.total('decided-by-two'),
      byGround: read.counts('ground'),
      byCategory: read.counts('category'),
      measures: read.counts('measure'),
      ended: read.counts('measure-ended'),
    },
    holds: read.counts('hold'),
    appeals: {
      made: read.counts('appealed'),
      heard,
      byOutcome: outcomes,
      reversalShare: shareOf((outcomes.varied ?? 0) + (outcomes.overturned ?? 0), heard),
      minutes: read.spread('heard-minutes'),
      inTimeShare: shareOf(read.total('heard-in-time'), heard),
    },
    pileOns: {
      messages: read.spread('pile-on-messages'),
      accounts: read.spread('pile-on-accounts'),
      persons: read.spread('pile-on-persons'),
    },
    care: {
      opened: care.opened ?? 0,
      decided: care.decided ?? 0,
      helped: care.helped ?? 0,
      signposted: care.signposted ?? 0,
      contactOffered: care['contact-offered'] ?? 0,
      alarms: care.alarms ?? 0,
    },
    distress: {
      found: distress.found ?? 0,
      sanctioned: distress.sanctioned ?? 0,
      takenDown: distress['taken-down'] ?? 0,
      sanctionedShare: shareOf(distress.sanctioned ?? 0, distress.found ?? 0),
    },
    golden: goldenOf(read.counts('golden-asked'), read.counts('golden-agreed')),
    queues: Object.fromEntries(
      named.map((queue) => [queue, { entered: entered[queue] ?? 0, left: left[queue] ?? 0 }]),
    ),
  };
}

function goldenOf(asked: Counts, agreed: Counts): Figures['golden'] {
  return Object.fromEntries(
    Object.entries(asked).map(([part, n]) => {
      const same = agreed[part] ?? 0;
      return [part, { asked: n, agreed: same, share: shareOf(same, n) }];
    }),
  );
}

function reader(sums: readonly Summed[]) {
  const by = new Map<FigureName, Summed[]>();
  for (const one of sums) {
    const known = by.get(one.figure);
    if (known) known.push(one);
    else by.set(one.figure, [one]);
  }
  const rows = (figure: FigureName) => by.get(figure) ?? [];
  const parts = (figure: FigureName) => [...new Set(rows(figure).map((one) => one.part))];
  const sum = (some: readonly Summed[]) => some.reduce((total, { n }) => total + n, 0);
  return {
    total: (figure: FigureName) => sum(rows(figure)),
    counts: (figure: FigureName): Counts =>
      Object.fromEntries(
        parts(figure).map((part) => [part, sum(rows(figure).filter((one) => one.part === part))]),
      ),
    spread: (figure: FigureName) => distribution(rows(figure)),
    spreads: (figure: FigureName) =>
      Object.fromEntries(
        parts(figure).map((part) => [part, distribution(rows(figure).filter((one) => one.part === part))]),
      ),
  };
}
