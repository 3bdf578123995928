/** A length of time in words, rounded to the unit a person would use. */
const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `duration(2592000)` is "30 days". */
export function duration(seconds: number): string {
  const [name, length] = units.find(([, length]) => seconds >= length) ?? units[3];
  const n = Math.round(seconds / length);
  return `${n} ${name}${n === 1 ? '' : 's'}`;
}
