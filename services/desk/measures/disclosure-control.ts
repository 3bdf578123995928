/**
 * What may be shown to everybody: no number so small that somebody could be recognised in it, and none that
 * could be worked out from the others. Pure.
 */
import type { Distribution } from './distribution.ts';

/** Shown in place of a number: some, and fewer than the least that is shown. */
export const few = 'few';
export type Shown = number | typeof few | null;

export const showCount = (n: number, least: number): Shown => (n > 0 && n < least ? few : n);

/**
 * Parts of a total that is shown. If what is hidden could be found by taking the others from the total, the next
 * smallest is hidden too.
 */
export function showParts(parts: Readonly<Record<string, number>>, least: number): Record<string, Shown> {
  const rising = Object.entries(parts)
    .filter(([, n]) => n > 0)
    .toSorted((a, b) => a[1] - b[1]);
  let hidden = rising.filter(([, n]) => n < least).length;
  const sum = () => rising.slice(0, hidden).reduce((total, [, n]) => total + n, 0);
  while (hidden > 0 && hidden < rising.length && (hidden < 2 || sum() < least)) hidden += 1;
  const names = new Set(rising.slice(0, hidden).map(([name]) => name));
  return Object.fromEntries(Object.entries(parts).map(([name, n]) => [name, names.has(name) ? few : n]));
}

/** A share of `whole`, unless it says a small number. */
export function showShare(part: number, whole: number, least: number): Shown {
  if (whole === 0) return null;
  const [a, b] = [showCount(part, least), showCount(whole - part, least)];
  return whole < least || a === few || b === few ? few : part / whole;
}

/** A median of few is the wait of one; the slowest in twenty is one unless there are many. */
export function showSpread(
  { count, median, p95 }: Distribution,
  least: number,
): { median: Shown; p95: Shown } {
  if (count === 0) return { median: null, p95: null };
  return { median: count < least ? few : median, p95: count < 2 * least ? few : p95 };
}
