/** A length of time in words, rounded to the unit a person would use. */
import { said } from './text.ts';

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `duration(2592000)` is "30 days". */
export function duration(seconds: number): string {
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? units[3];
  return said.time.units[unit](Math.round(seconds / length));
}
