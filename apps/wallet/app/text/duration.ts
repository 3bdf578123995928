/** A length of time in words, rounded to the unit a person would use. */
import { said } from './text.ts';

const daySeconds = 86_400;
/** From here on a person counts in years. */
const yearsFromDays = 730;
const yearSeconds = 365 * daySeconds;

const units = [
  ['day', daySeconds],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `durationOfDays(1825)` is "5 years". */
export const durationOfDays = (days: number): string => duration(days * daySeconds);

/** `duration(2592000)` is "30 days". */
export function duration(seconds: number): string {
  if (seconds >= yearsFromDays * daySeconds) return said.time.units.year(Math.round(seconds / yearSeconds));
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? units[3];
  return said.time.units[unit](Math.round(seconds / length));
}
