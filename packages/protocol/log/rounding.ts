/**
 * The checkpoint that wallets share (PROTOCOL §4.2, spec/counts.md): the last one of the period before, so that
 * an admission tells its time to a period and not to a cadence of the log. The logbook keeps it beside the
 * newest; wallets take it only if it is of the log's one history and covers their own record.
 */
import type { TrustPolicy } from '../trust-policy.ts';

/** Where the logbook shows it. */
export const roundedCheckpointPath = 'checkpoint.rounded';

/** How far the clocks of witnesses and wallets may be apart at the turn of a period, in seconds. */
const slackSecondsMax = 60;

type Limits = Pick<TrustPolicy, 'limits'>;

/** Half of the age at which a checkpoint stops counting: one of the period before is never too old. */
export const periodSeconds = ({ limits }: Limits): number =>
  Math.max(1, Math.floor(limits.checkpointAgeSeconds / 2));

/** The number of the period that an instant (seconds since 1970) falls in. */
export const periodOf = (policy: Limits, seconds: number): number =>
  Math.floor(seconds / periodSeconds(policy));

/** Whether something cosigned at `cosigned` is of the period before the one of `now`; seconds since 1970. */
export function isOfPeriodBefore(policy: Limits, cosigned: number, now: number): boolean {
  const length = periodSeconds(policy);
  const start = periodOf(policy, now) * length;
  return cosigned >= start - length && cosigned < start + Math.min(slackSecondsMax, length / 4);
}
