/**
 * Time, asked for in one place. Services take a Clock; nobody calls Date.now() beside it.
 * A practice clock can be moved forward, so that waits of days pass in tests and in the tour.
 * Must never: be adjustable in production (`practiceClock` refuses there).
 */
import { type Mode, refuseInProduction } from './config.ts';

const msPerSecond = 1000;
const msPerDay = 86_400_000;

export interface Clock {
  now(): Date;
}

export interface Duration {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
}

export interface PracticeClock extends Clock {
  /** Moves this clock forward; time keeps running from there. */
  advance(by: Duration): void;
}

export const realClock: Clock = { now: () => new Date() };

/** A clock that runs with real time from `start` (default: now) and can be advanced. */
export function practiceClock(start: Date = new Date(), mode?: Mode): PracticeClock {
  refuseInProduction('The practice clock', mode);
  let offsetMs = start.getTime() - Date.now();
  return {
    now: () => new Date(Date.now() + offsetMs),
    advance(by) {
      offsetMs += durationMs(by);
    },
  };
}

/** Whole seconds since 1970, as JOSE and the log count them. */
export function unixSeconds(clock: Clock): number {
  return Math.floor(clock.now().getTime() / msPerSecond);
}

/** The day, `YYYY-MM-DD` in UTC: what is stored where a millisecond would join two records. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** Milliseconds of a duration. */
export function durationMs(by: Duration): number {
  const seconds = (by.seconds ?? 0) + 60 * (by.minutes ?? 0) + 3600 * (by.hours ?? 0);
  return seconds * msPerSecond + (by.days ?? 0) * msPerDay;
}

/** The time `by` after `time`. */
export function after(time: Date, by: Duration): Date {
  return new Date(time.getTime() + durationMs(by));
}
