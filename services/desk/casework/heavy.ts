/** Cases whose words and pictures nobody should meet by surprise, or for hours. */
import { openAlarms } from './care.ts';
import type { CaseState } from './state.ts';

const heavyReasons = new Set([
  'promotes-suicide',
  'worried-about-them',
  'hate',
  'threat',
  'intimate-image',
  'pile-on',
]);

export const isHeavy = ({ kind, reasons }: Pick<CaseState, 'kind' | 'reasons'>): boolean =>
  kind === 'care' || reasons.some((reason) => heavyReasons.has(reason));

/** What counts when a case is given to somebody who may have seen enough. */
export const weightOf = (state: CaseState): { heavy: boolean; alarm: boolean } => ({
  heavy: isHeavy(state),
  alarm: openAlarms(state).length > 0,
});
