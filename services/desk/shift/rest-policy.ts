/**
 * When somebody has seen enough. The desk sets an upper bound; everybody can set themselves less. Past it, or on a
 * break, heavy cases go to others, unless a life may be in danger. Pure.
 */
import { z } from 'zod';

const minutesPerDay = 24 * 60;

/** Minutes of heavy content a day, and in one go before a break is suggested. */
export const restBound = z.strictObject({
  minutes: z.int().min(5).max(minutesPerDay),
  breakAfter: z.int().min(5).max(minutesPerDay),
});
export type RestBound = z.infer<typeof restBound>;
export const restBoundDefault: RestBound = { minutes: 120, breakAfter: 40 };

export const breakMinutes = [10, 20, 30, 60] as const;

export interface Rest {
  /** of heavy content, today */
  minutes: number;
  /** of heavy content since the last break */
  inOneGo: number;
  limits: RestBound;
  /** until when they are on a break */
  breakUntil: string | null;
}

export type RestState = 'working' | 'break-suggested' | 'on-break' | 'enough-today';

export function restState({ minutes, inOneGo, limits, breakUntil }: Rest): RestState {
  if (breakUntil !== null) return 'on-break';
  if (minutes >= limits.minutes) return 'enough-today';
  return inOneGo >= limits.breakAfter ? 'break-suggested' : 'working';
}

/** The lower of what the desk allows and what they chose. */
export function limitsOf(
  bound: RestBound,
  own: { minutes: number | null; breakAfter: number | null },
): RestBound {
  return {
    minutes: Math.min(bound.minutes, own.minutes ?? bound.minutes),
    breakAfter: Math.min(bound.breakAfter, own.breakAfter ?? bound.breakAfter),
  };
}

/** Whether somebody in this state is given this case. A life in danger comes before everybody's rest. */
export function mayBeGiven(state: RestState, { heavy, alarm }: { heavy: boolean; alarm: boolean }): boolean {
  if (alarm || state === 'working' || state === 'break-suggested') return true;
  return !heavy;
}
