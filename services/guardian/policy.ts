/** What a guardian's software decides by rule; pure. Its people decide the rest. */
import type { Filing } from '@answerable/protocol/disclosure/filing';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';

const msPerSecond = 1000;

export interface Timing {
  filing: Filing;
  /** when this guardian first saw the case, by its own clock */
  received: Date;
}

/**
 * When the holder has been heard: as filed, and never less than the policy's time after we saw the case, so
 * that no filing can shorten it.
 */
export function heardUntil({ filing, received }: Timing, policy: TrustPolicy): Date {
  const own = received.getTime() + policy.limits.hearingSeconds * msPerSecond;
  return new Date(Math.max(own, Date.parse(filing.heardUntil)));
}

/** When the notice is due: as filed, and never later than the policy's time after we saw the case. */
export function noticeDue({ filing, received }: Timing, policy: TrustPolicy): Date {
  return new Date(Math.min(noticeLatest(received, policy).getTime(), Date.parse(filing.noticeDay)));
}

/** The latest time at which the notice of a case seen at `received` is due. */
export const noticeLatest = (received: Date, policy: TrustPolicy): Date =>
  new Date(received.getTime() + policy.limits.noticeSeconds * msPerSecond);
