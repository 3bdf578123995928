/**
 * Whether one policy may follow another (spec/platform-policy.md, "History"): counted up, chained, announced
 * long enough before, and never shortening what accounts from before were promised. Pure.
 */
import { type PlatformPolicy, platformPolicyHash } from '../platform-policy.ts';

/** Between standing in the log and binding. */
export const noticeDaysMin = 14;
const msPerDay = 86_400_000;

export interface Fault {
  field: string;
  says: string;
}

export const dayPlus = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * msPerDay).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** `serial` of `before` is given: a first policy may say none. `today`: UTC. */
export function faultsOfSuccessor(
  before: { policy: PlatformPolicy; serial: number },
  next: PlatformPolicy,
  { today, noticeDays }: { today: string; noticeDays: number },
): Fault[] {
  const faults: Fault[] = [];
  const must = (holds: boolean, field: string, says: string) => {
    if (!holds) faults.push({ field, says });
  };
  must(next.platform === before.policy.platform, 'platform', 'A policy follows one of the same platform.');
  must(next.serial === before.serial + 1, 'serial', `The next serial is ${before.serial + 1}.`);
  must(
    next.previous === platformPolicyHash(before.policy),
    'previous',
    'It must be the hash of the policy before.',
  );
  // A day more than the notice: the log must have it first.
  const earliest = dayPlus(today, noticeDays === 0 ? 0 : noticeDays + 1);
  must(
    next.effective !== undefined && next.effective >= earliest,
    'effective',
    `It binds from ${earliest} on at the earliest.`,
  );
  const [was, is] = [before.policy.claim, next.claim];
  if (was && JSON.stringify(was) !== JSON.stringify(is)) {
    must(
      is !== undefined && is.until >= was.until,
      'claim.until',
      `The day can only be moved to later than ${was.until}.`,
    );
    must(
      next.effective !== undefined && next.effective <= was.until,
      'effective',
      `A change of the claim must bind by ${was.until}, before the accounts meet their end.`,
    );
  }
  return faults;
}
