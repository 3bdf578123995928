/**
 * A clock that moves by `advance` alone. For limits that fill up again with time: on a slow machine a source would
 * else have more room than a test counts.
 */
import { after, type PracticeClock } from '../clock.ts';

export function stillClock(): PracticeClock {
  let now = new Date();
  return {
    now: () => now,
    advance(by) {
      now = after(now, by);
    },
  };
}
