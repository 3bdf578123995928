/** In which queue a case waits: follows from its state, so that it can never be in none or in two. */
import { isWelfareWaiting, openAlarms } from './care.ts';
import { type CaseState, pendingAppeals } from './state.ts';

export const queues = ['care', 'pages', 'second', 'appeals', 'pile-ons', 'content', 'complaints'] as const;
export type Queue = (typeof queues)[number];

const byKind = {
  content: 'content',
  page: 'pages',
  'pile-on': 'pile-ons',
  care: 'care',
  complaint: 'complaints',
} as const;

export function queueOf(state: CaseState): Queue | 'closed' {
  if (pendingAppeals(state).length > 0) return 'appeals';
  if (isWelfareWaiting(state)) return 'care';
  if (state.phase === 'closed') return openAlarms(state).length > 0 ? 'care' : 'closed';
  if (state.phase === 'escalated') return 'second';
  return homeQueueOf(state);
}

/** Where its kind belongs, wherever it waits now. */
export const homeQueueOf = (state: CaseState): Queue => byKind[state.kind];

export const queueTitles: Record<Queue, string> = {
  care: 'Somebody may need help',
  pages: 'Pages and groups',
  second: 'Waiting for a second person',
  appeals: 'Appeals',
  'pile-ons': 'Pile-ons',
  content: 'Posts',
  complaints: 'Complaints',
};
