/**
 * Which cases may be decided several at once. Only what is plain: nobody's distress, no page, no appeal, nothing that
 * a colleague has in hand, and nothing that two persons must decide. The heavier measures are for one case at a time.
 * Pure.
 */
import { openAlarms } from '../casework/care.ts';
import { type CaseState, isHoldInForce, pendingAppeals } from '../casework/state.ts';

export const bulkMax = 25;

export type BulkBar =
  | 'care'
  | 'page'
  | 'appeal'
  | 'complaint'
  | 'distress'
  | 'alarm'
  | 'taken'
  | 'second'
  | 'closed'
  | 'held';

/** Why not; undefined where it may be. `name` is who decides. */
export function bulkBar(state: CaseState, name: string, at: string): BulkBar | undefined {
  if (openAlarms(state).length > 0) return 'alarm';
  if (state.kind === 'care') return 'care';
  if (state.kind === 'page' || state.items.some((item) => item.kind === 'page')) return 'page';
  if (state.kind === 'complaint') return 'complaint';
  if (pendingAppeals(state).length > 0) return 'appeal';
  if (state.phase === 'closed' || state.decided) return 'closed';
  if (state.phase === 'escalated' || state.proposal) return 'second';
  if (state.items.some((item) => item.distress)) return 'distress';
  if (state.assignee && state.assignee.name !== name) return 'taken';
  if (state.holds.some((hold) => isHoldInForce(hold, at) && hold.by !== name)) return 'held';
  return undefined;
}

export const barWords: Record<BulkBar, string> = {
  alarm: 'an alarm is open: somebody may die',
  care: 'somebody may need help: one at a time',
  page: 'a page needs its own look, and two persons',
  complaint: 'a complaint is answered in its own words',
  appeal: 'an appeal is heard in its own words',
  closed: 'it is decided already',
  second: 'it waits for a second person',
  distress: 'somebody speaks of their own distress in it',
  taken: 'a colleague has it in hand',
  held: 'a colleague holds something in it',
};
