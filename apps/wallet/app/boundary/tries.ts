/**
 * How long to wait after wrong passphrases: a few are free, then each doubles the wait. It slows whoever holds the
 * device; whoever copies its storage is slowed by what each guess costs.
 */
const triesFree = 5;
const firstWaitMs = 30_000;
const waitMsMax = 3_600_000;

export interface Tries {
  count: number;
  lastMs: number;
}

/** Seconds until the next passphrase is tried; 0 is now. */
export function waitSeconds({ count, lastMs }: Tries, nowMs: number): number {
  if (count < triesFree) return 0;
  const waitMs = Math.min(waitMsMax, firstWaitMs * 2 ** Math.min(count - triesFree, 20));
  // A clock that was put back does not lengthen the wait beyond one whole wait.
  const passedMs = Math.max(0, nowMs - lastMs);
  return Math.max(0, Math.ceil((waitMs - passedMs) / 1000));
}
