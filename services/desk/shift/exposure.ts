/**
 * Minutes for which heavy content stood open before somebody. Their browser says every few seconds that it still
 * does; what is counted is the time between two such words, at most `gapSecondsMax` of it, so that nobody's script
 * can count faster than time goes, and two windows at once count once. Must never: know what was looked at.
 */
import type { Clock } from '@answerable/kit/clock';

/** How often the browser says it. */
export const pingSeconds = 15;
const gapSecondsMax = 40;
/** So long without heavy content is a break. */
const pauseSeconds = 10 * 60;
const secondsPerMinute = 60;
const peopleMax = 1_000;

interface Counting {
  last: number;
  /** not yet a whole minute */
  seconds: number;
  inOneGo: number;
}

export type Exposure = ReturnType<typeof createExposure>;

export function createExposure(clock: Clock) {
  const counting = new Map<string, Counting>();
  const now = () => clock.now().getTime() / 1000;

  /** Counts what of the time since the last word is given; returns how many whole minutes came together. */
  const count = (name: string, given: (gap: number) => number): number => {
    const at = now();
    const known = counting.get(name);
    const gap = known ? Math.max(0, at - known.last) : Number.POSITIVE_INFINITY;
    const seconds = (known?.seconds ?? 0) + given(gap);
    const minutes = Math.floor(seconds / secondsPerMinute);
    counting.delete(name);
    counting.set(name, {
      last: at,
      seconds: seconds - minutes * secondsPerMinute,
      inOneGo: (gap > pauseSeconds ? 0 : (known?.inOneGo ?? 0)) + given(gap),
    });
    const oldest = counting.keys().next();
    if (counting.size > peopleMax && !oldest.done) counting.delete(oldest.value);
    return minutes;
  };

  return {
    /** Heavy content is open before `name` now. */
    seen: (name: string): number => count(name, (gap) => (gap <= gapSecondsMax ? gap : 0)),

    /** Without scripts nobody says for how long: a heavy case that was opened counts as a minute. */
    opened: (name: string): number => count(name, (gap) => Math.min(secondsPerMinute, gap)),

    /** Whole minutes since their last break. */
    inOneGo(name: string): number {
      const known = counting.get(name);
      if (!known || now() - known.last > pauseSeconds) return 0;
      return Math.floor(known.inOneGo / secondsPerMinute);
    },

    rested(name: string): void {
      const known = counting.get(name);
      if (known) known.inOneGo = 0;
    },
  };
}
