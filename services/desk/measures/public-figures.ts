/**
 * The figures that everybody may see: of whole months that are over, and of their days. What is shown of a month
 * is settled when it is over and stays so; two readings of the page never add up to a person.
 * Must never: show anything of today, of a member of staff, or of fewer than the least number of cases.
 */
import { few, type Shown, showCount, showParts, showShare, showSpread } from './disclosure-control.ts';
import type { Figures } from './figures.ts';

export interface PublicFigures {
  /** days, both included */
  from: string;
  to: string;
  reports: Shown;
  reportsByReason: Record<string, Shown>;
  complaints: Shown;
  casesByKind: Record<string, Shown>;
  decided: Shown;
  decidedByPath: Record<string, Shown>;
  minutesToAct: { median: Shown; p95: Shown };
  decidedInTime: Shown;
  measures: Record<string, Shown>;
  appealsHeard: Shown;
  appealsByOutcome: Record<string, Shown>;
  reversed: Shown;
  pileOnPersons: Shown;
  pileOnAccounts: Shown;
  careOpened: Shown;
  careHelped: Shown;
  distressFound: Shown;
  distressSanctioned: Shown;
  /** agreement on practice cases, by what they try out */
  agreement: Record<string, Shown>;
  byDay: { day: string; reports: Shown; decided: Shown }[];
}

/** `days` are the days of the month. */
export function publicFigures(month: Figures, days: readonly Figures[], least: number): PublicFigures {
  const { reports, cases, decided, acted, appeals, pileOns, care, distress } = month;
  const reversed = (appeals.byOutcome.varied ?? 0) + (appeals.byOutcome.overturned ?? 0);
  const daily = (read: (one: Figures) => number) =>
    showParts(Object.fromEntries(days.map((one) => [one.from, read(one)])), least);
  const [reportsOn, decidedOn] = [daily((one) => one.reports.total), daily((one) => one.decided.count)];
  return {
    from: month.from,
    to: month.to,
    reports: showCount(reports.total, least),
    reportsByReason: showParts(reports.byReason, least),
    complaints: showCount(month.complaints.total, least),
    casesByKind: showParts(cases.byKind, least),
    decided: showCount(decided.count, least),
    decidedByPath: showParts(decided.byPath, least),
    minutesToAct: showSpread(acted, least),
    // About the desk and nobody else: that two were late says nothing of anybody.
    decidedInTime: decided.count < least ? emptyOrFew(decided.count) : decided.inTimeShare,
    measures: showParts(decided.measures, least),
    appealsHeard: showCount(appeals.heard, least),
    appealsByOutcome: showParts(appeals.byOutcome, least),
    reversed: showShare(reversed, appeals.heard, least),
    pileOnPersons: pileOns.persons.count < least ? emptyOrFew(pileOns.persons.count) : pileOns.persons.median,
    pileOnAccounts:
      pileOns.accounts.count < least ? emptyOrFew(pileOns.accounts.count) : pileOns.accounts.median,
    ...carefully(care, least),
    distressFound: showCount(distress.found, least),
    distressSanctioned: showCount(distress.sanctioned, least),
    agreement: Object.fromEntries(
      Object.entries(month.golden).map(([name, { asked, share }]) => [name, asked < least ? few : share]),
    ),
    byDay: days.map(({ from }) => ({
      day: from,
      reports: reportsOn[from] ?? null,
      decided: decidedOn[from] ?? null,
    })),
  };
}

const emptyOrFew = (count: number): Shown => (count === 0 ? null : few);

// Opened and helped are shown together or not at all: their difference is a number too.
function carefully(care: Figures['care'], least: number): { careOpened: Shown; careHelped: Shown } {
  const gap = Math.abs(care.opened - care.helped);
  const helped = showCount(gap, least) === few ? few : showCount(care.helped, least);
  return { careOpened: showCount(care.opened, least), careHelped: helped };
}
