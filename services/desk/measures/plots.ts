/** Which plots there are, and the numbers in them: for pages and for CSV alike; pure. */
import type { Figures } from './figures.ts';

export type Unit = 'count' | 'minutes' | 'share';

export interface Series {
  label: string;
  /** one for each period; null where there is nothing, or too little to show */
  values: (number | null)[];
}

export interface Plot {
  name: string;
  title: string;
  /** one sentence that says what is counted */
  about: string;
  unit: Unit;
  form: 'bars' | 'lines';
  series: Series[];
}

interface PlotKind extends Omit<Plot, 'series'> {
  of: Record<string, (figures: Figures) => number | null>;
}

const kinds: readonly PlotKind[] = [
  {
    name: 'reports',
    title: 'Reports',
    about: 'Every report that was acknowledged, also of what had been reported before.',
    unit: 'count',
    form: 'bars',
    of: { Reports: (one) => one.reports.total },
  },
  {
    name: 'time-to-act',
    title: 'From aware to acted',
    about: 'From the first report to the first hold, decision against conduct, or help. Rounded up.',
    unit: 'minutes',
    form: 'lines',
    of: {
      'Half were quicker than': (one) => one.acted.median,
      '95 of 100 were quicker than': (one) => one.acted.p95,
    },
  },
  {
    name: 'within-target',
    title: 'Decided within the target',
    about: 'Of the cases that were decided, the share that was decided by when it was due.',
    unit: 'share',
    form: 'lines',
    of: { Cases: (one) => one.decided.inTimeShare, Appeals: (one) => one.appeals.inTimeShare },
  },
  {
    name: 'appeals',
    title: 'Appeals heard, by outcome',
    about: 'Each was heard by somebody who had no part in the decision.',
    unit: 'count',
    form: 'lines',
    of: {
      Upheld: (one) => one.appeals.byOutcome.upheld ?? 0,
      Varied: (one) => one.appeals.byOutcome.varied ?? 0,
      Overturned: (one) => one.appeals.byOutcome.overturned ?? 0,
    },
  },
  {
    name: 'reversals',
    title: 'Decisions reversed on appeal',
    about: 'Varied or overturned, as a share of the appeals that were heard.',
    unit: 'share',
    form: 'lines',
    of: { Reversed: (one) => one.appeals.reversalShare },
  },
  {
    name: 'pile-ons',
    title: 'How many people are behind a pile-on',
    about: 'Of the pile-ons that were decided, the middle one: its accounts, and the persons behind them.',
    unit: 'count',
    form: 'lines',
    of: { Accounts: (one) => one.pileOns.accounts.median, Persons: (one) => one.pileOns.persons.median },
  },
  {
    name: 'care',
    title: 'Somebody needed help',
    about: 'Cases of care that were opened, and those in which help was shown or contact was offered.',
    unit: 'count',
    form: 'lines',
    of: { Opened: (one) => one.care.opened, Helped: (one) => one.care.helped },
  },
  {
    name: 'distress',
    title: 'Distress that was sanctioned',
    about:
      'Words found to be somebody’s own distress, and those of them that a sanction had been put on. The target is none.',
    unit: 'count',
    form: 'lines',
    of: {
      'Found to be distress': (one) => one.distress.found,
      'Sanctioned before': (one) => one.distress.sanctioned,
    },
  },
  {
    name: 'queues',
    title: 'Into the queues and out of them',
    about: 'Moves of cases into a queue, and out of one.',
    unit: 'count',
    form: 'lines',
    of: {
      In: (one) => sum(Object.values(one.queues).map(({ entered }) => entered)),
      Out: (one) => sum(Object.values(one.queues).map(({ left }) => left)),
    },
  },
];

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Every plot over these periods. */
export function plotsOf(figures: readonly Figures[]): Plot[] {
  return kinds.map(({ of, ...plot }) => ({
    ...plot,
    series: Object.entries(of).map(([label, read]) => ({ label, values: figures.map(read) })),
  }));
}

/** A value as people read it. */
export function valueWords(value: number | null, unit: Unit): string {
  if (value === null) return '–';
  if (unit === 'count') return String(value);
  if (unit === 'share') return `${Math.round(value * 100)} %`;
  return minutesWords(value);
}

export function minutesWords(minutes: number): string {
  if (minutes < 120) return `${minutes} min`;
  if (minutes <= 72 * 60) return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`;
  return `${Math.round(minutes / 1440)} days`;
}

/** RFC 4180, one line a period. */
export function csvOf(periods: readonly string[], { series }: Plot): string {
  const lines = [
    ['day', ...series.map(({ label }) => label)],
    ...periods.map((day, n) => [day, ...series.map(({ values }) => values[n] ?? '')]),
  ];
  return `${lines.map((line) => line.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`;
}
