/**
 * How many requests to open an account each guardian refused, and why, in public: a census entry for each
 * quarter of a year, at its end, with every reason named whether zero or not. A refusal is counted in the
 * quarter in which the notice of the same case would have been due at the latest, so that a count never speaks
 * of a case before a notice could have (spec/counts.md).
 * Must never: follow the moment of a judgement: growth would show an investigation.
 */
import { refusalReasons } from '../disclosure/opening.ts';
import type { LogEntry } from './entries.ts';

const monthsInQuarter = 3;
const prefix = 'refused.';

/** The names of the counts, all of which every such entry has. */
export const refusalCounts: readonly string[] = refusalReasons.map((reason) => prefix + reason);

type Census = Extract<LogEntry, { kind: 'census' }>;

/** The last day of the quarter that `day` falls in. */
export function quarterEnd(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const after = Math.floor((month - 1) / monthsInQuarter) * monthsInQuarter + monthsInQuarter;
  return new Date(Date.UTC(year, after, 0)).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** The last day of the newest quarter that is over on `day`. */
export function quarterOver(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const first = Math.floor((month - 1) / monthsInQuarter) * monthsInQuarter;
  return new Date(Date.UTC(year, first, 0)).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** The entry of one quarter; `refused` holds the reason of each refusal that falls in it. */
export function refusalsEntry(
  guardian: string,
  quarter: string,
  refused: readonly (typeof refusalReasons)[number][],
): Census {
  const counts = Object.fromEntries(
    refusalReasons.map((reason) => [prefix + reason, refused.filter((one) => one === reason).length]),
  );
  return { v: 1, kind: 'census', party: guardian, day: quarter, counts };
}

/** How many requests this entry says were refused in its quarter; undefined if it says nothing of that. */
export function refusalsIn({ day, counts }: Pick<Census, 'day' | 'counts'>): number | undefined {
  const whole = day === quarterEnd(day) && refusalCounts.every((name) => Object.hasOwn(counts, name));
  return whole ? refusalCounts.reduce((sum, name) => sum + counts[name]!, 0) : undefined;
}
