/**
 * Hours within which something should be done, by kind of case, reason and track of appeal. A case keeps those
 * under which it was opened, so that a later change of law or target does not change its history. Where a law
 * pack sets a period it names the section; these are the targets of a desk without one.
 */
import type { AppealTrack } from './event.ts';

export interface Clocks {
  /** hours from opening to a decision, by kind of case or reason of a report; the least that applies counts */
  decide: { other: number } & Partial<Record<string, number>>;
  /** hours from an appeal to its outcome, by track; `page` where a page is at issue */
  appeal: Record<AppealTrack | 'page', number>;
  /** days in which a decision can be appealed, where a law asks for more than the desk gives anyway */
  appealDays?: number;
  /** which law sets a period, by `decision/reason`, `appeal-heard/track` or `appeal-closes` */
  named?: Record<string, string>;
}

const hoursPerDay = 24;

export const deskClocks: Clocks = {
  decide: {
    other: 72,
    care: 4,
    'worried-about-them': 4,
    page: 24,
    threat: 24,
    'promotes-suicide': 24,
    'pile-on': 24,
    /** Online Safety Act s.20A */
    'intimate-image': 48,
  },
  appeal: {
    normal: 14 * hoursPerDay,
    /** s.19: expedited */
    journalism: 72,
    'intimate-image': 48,
    page: 72,
  },
};
