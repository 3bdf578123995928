/**
 * The figures that transparency reports ask for (Online Safety Act s.77 and Schedule 8; DSA Art. 15 and 24), row
 * by row with the place that asks. Complete: what this desk cannot know stands there as not counted, and is for
 * somebody to fill in. Accurate: every number is the sum of what is published by day. Pure.
 */
import type { Figures } from '../measures/figures.ts';
import type { Beside } from './duty-store.ts';

export interface Row {
  /** places that ask for it */
  at: string;
  what: string;
  /** of which; '' for the whole */
  part: string;
  /** null: nothing to count yet; or, where `counted` is false, not known to this desk */
  value: number | null;
  counted: boolean;
  unit: 'number' | 'minutes' | 'share';
}

type Counts = Record<string, number>;

export function transparencyRows(figures: Figures, beside: Beside): Row[] {
  const { reports, acted, decided, appeals, holds } = figures;
  const row = (at: string, what: string, value: number | null, unit: Row['unit'] = 'number'): Row => ({
    at,
    what,
    part: '',
    value,
    counted: true,
    unit,
  });
  const unknown = (at: string, what: string): Row => ({ ...row(at, what, null), counted: false });
  const parts = (at: string, what: string, counts: Counts): Row[] =>
    Object.entries(counts)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([part, value]) => ({ ...row(at, what, value), part }));
  const notices = 'DSA Art. 15(1)(b); OSA Sch.8 para.5';
  const own = 'DSA Art. 15(1)(c); OSA Sch.8 para.6';
  const complaints = 'DSA Art. 15(1)(d); OSA s.21';
  return [
    unknown('DSA Art. 15(1)(a)', 'Orders of authorities to act against content'),
    row('DSA Art. 15(1)(a)', 'Requests of authorities to open an account', beside.disclosures),
    row(notices, 'Notices', reports.total),
    ...parts(notices, 'Notices, by kind (one notice can name several)', reports.byReason),
    row('DSA Art. 15(1)(b)', 'Notices of trusted flaggers', reports.byCapacity['trusted-body'] ?? 0),
    ...parts(notices, 'Notices, by who gave them', reports.byCapacity),
    ...parts('DSA Art. 15(1)(b)', 'Decisions, by ground', decided.byGround),
    row('DSA Art. 15(1)(b)', 'Notices decided by software', 0),
    row('DSA Art. 15(1)(b)', 'Median time to act', acted.median, 'minutes'),
    row('OSA s.10(3)', 'Median time to a decision', decided.median, 'minutes'),
    row('OSA s.10(3)', '95 of 100 decided within', decided.p95, 'minutes'),
    row('ICU C4', 'Share decided within its time', decided.inTimeShare, 'share'),
    row('OSA s.10(3A)', 'Cases of reported intimate images', beside.intimateImages.cases),
    row('OSA s.10(3A)', 'Of those decided after more than 48 hours', beside.intimateImages.late),
    ...parts(own, 'Decisions, by how they ended', decided.byPath),
    ...parts(own, 'Measures, by type', decided.measures),
    ...parts(own, 'Decisions, by category of the EU database', decided.byCategory),
    ...parts(own, 'Interim holds', holds),
    row(
      complaints,
      'Appeals',
      Object.values(appeals.made).reduce((a, b) => a + b, 0),
    ),
    ...parts(complaints, 'Appeals, by track', appeals.made),
    ...parts(complaints, 'Appeals heard, by outcome', appeals.byOutcome),
    row(complaints, 'Median time to an outcome', appeals.minutes.median, 'minutes'),
    row(complaints, 'Share varied or overturned', appeals.reversalShare, 'share'),
    row('DSA Art. 15(1)(e)', 'Decisions taken wholly or partly by software', 0),
    unknown('DSA Art. 24(1)(a)', 'Disputes before bodies out of court'),
    row('DSA Art. 24(1)(b)', 'Suspensions, for whatever reason', decided.measures.suspend ?? 0),
    unknown('DSA Art. 24(1)(b)', 'Suspensions for misuse of notices and complaints'),
    unknown('DSA Art. 24(2)', 'People who use the forum in a month'),
    row('DSA Art. 24(5)', 'Statements of reasons', beside.statements),
    unknown('OSA Sch.8 para.3', 'People who may have met illegal content'),
  ];
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is quoted with an apostrophe. */
export function csvOf(rows: readonly Row[], from: string, to: string): string {
  const cell = (text: string) => {
    const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const lines = rows.map(({ at, what, part, value, counted, unit }) =>
    [from, to, at, what, part, written(value, counted), unit].map(cell).join(','),
  );
  return ['from,to,asked by,what,part,value,unit', ...lines, ''].join('\r\n');
}

const written = (value: number | null, counted: boolean): string =>
  value === null ? (counted ? '' : 'not counted') : String(value);
