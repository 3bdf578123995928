/**
 * Keeps the last checkpoint of the period before beside the newest, for wallets to share
 * (protocol/log/rounding.ts). It was published like every other; a reader verifies it like every other.
 * After a restart the first turn of a period is missed, and wallets take the newest for that long.
 */
import { unixSeconds } from '@answerable/kit/clock';
import { periodOf, roundedCheckpointPath } from '@answerable/protocol/log/rounding';
import { Refusal } from '@answerable/protocol/refusal';
import type { LogbookParts } from './parts.ts';

export function checkpointRounder({ clock, policies, files }: LogbookParts) {
  let last: { period: number; checkpoint: Uint8Array } | undefined;
  return {
    /** `checkpoint` is now the newest that readers see. */
    async published(checkpoint: Uint8Array): Promise<void> {
      const period = periodNow();
      if (period === undefined) return;
      if (last && last.period < period) await files.write(roundedCheckpointPath, last.checkpoint);
      last = { period, checkpoint };
    },
  };

  function periodNow(): number | undefined {
    try {
      return periodOf(policies.current(), unixSeconds(clock));
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_ready') return undefined;
      throw error;
    }
  }
}
export type CheckpointRounder = ReturnType<typeof checkpointRounder>;
