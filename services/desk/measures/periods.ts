/** Days, weeks and months of the figures; pure. */
import { dayAt } from './tally-store.ts';

const msPerDay = 86_400_000;

export type Step = 'day' | 'week' | 'month';
/** How far back, and in what steps that is still readable. */
export const spans: Record<string, { days: number; step: Step; words: string }> = {
  '4w': { days: 28, step: 'day', words: 'four weeks, by day' },
  '3m': { days: 91, step: 'day', words: 'three months, by day' },
  '1y': { days: 364, step: 'week', words: 'a year, by week' },
};
export interface Period {
  /** days, both included */
  from: string;
  to: string;
}

export const dayBefore = (day: string, days = 1): string => dayAt(Date.parse(day) - days * msPerDay);
export const monthOf = (day: string): string => day.slice(0, 7);

export function wholeMonth(month: string): Period {
  const from = `${month}-01`;
  const [year = 0, number = 0] = month.split('-').map(Number);
  return { from, to: dayAt(Date.UTC(year, number, 0)) };
}

/** The days from `from` to `to` in steps, oldest first; weeks are counted back from the end. */
export function periodsBetween(from: string, to: string, step: Step): Period[] {
  const periods: Period[] = [];
  if (step === 'month') {
    for (let month = monthOf(from); month <= monthOf(to); month = monthOf(nextDay(wholeMonth(month).to)))
      periods.push(wholeMonth(month));
    return periods;
  }
  const days = step === 'week' ? 7 : 1;
  for (let end = to; end >= from; end = dayBefore(end, days))
    periods.push({ from: dayBefore(end, days - 1), to: end });
  return periods.reverse();
}

const nextDay = (day: string): string => dayBefore(day, -1);
