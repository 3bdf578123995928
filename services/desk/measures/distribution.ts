/** Medians and percentiles of what was counted by value; pure. */

export interface Counted {
  value: number;
  n: number;
}

export interface Distribution {
  count: number;
  /** null where nothing was counted */
  median: number | null;
  p95: number | null;
  most: number | null;
}

/** By nearest rank: always a value that occurred. */
export function distribution(counted: readonly Counted[]): Distribution {
  const sorted = counted.filter(({ n }) => n > 0).toSorted((a, b) => a.value - b.value);
  const count = sorted.reduce((sum, { n }) => sum + n, 0);
  return {
    count,
    median: atShare(sorted, count, 0.5),
    p95: atShare(sorted, count, 0.95),
    most: sorted.at(-1)?.value ?? null,
  };
}

function atShare(sorted: readonly Counted[], count: number, share: number): number | null {
  let before = 0;
  for (const { value, n } of sorted) {
    before += n;
    if (before >= share * count) return value;
  }
  return null;
}

/** A share between 0 and 1; null where there is nothing to have a share of. */
export const shareOf = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
