/**
 * Which checkpoint an admission shows (PROTOCOL §4.2): the last one of the period before if it covers this
 * person's own record, which everybody who signs up anywhere within the period shows too; else the newest,
 * which tells the time to one cadence of the log (SECURITY, "a checkpoint is a clock").
 * Must never: show a checkpoint that the log's one history and its witnesses do not bear out, or that comes
 * before the record.
 */
import type { TreeHead } from '@answerable/log/verify/merkle';
import type { QuorateCheckpoint } from '@answerable/log/verify/trust';
import { isOfPeriodBefore, roundedCheckpointPath } from '@answerable/protocol/log/rounding';
import { readLog, type SeenLog } from './log-view.ts';
import { stateOf, type WalletParts } from './parts.ts';

const msPerSecond = 1000;

/** The checkpoint to show, and whether many others show it too. */
export async function sharedCheckpoint(parts: WalletParts): Promise<{ head: TreeHead; shared: boolean }> {
  const seen = await readLog(parts);
  const rounded = await roundedIn(parts, seen).catch(() => undefined);
  return rounded ? { head: rounded, shared: true } : { head: seen.checkpoint, shared: false };
}

async function roundedIn(
  parts: WalletParts,
  { reader, checkpoint, fetchFile }: SeenLog,
): Promise<QuorateCheckpoint | undefined> {
  const bytes = await fetchFile(roundedCheckpointPath);
  if (!bytes) return undefined;
  const rounded = reader.open(bytes);
  const sizeMin = await recordBy(parts, checkpoint.size);
  const now = parts.clock.now().getTime() / msPerSecond;
  const cosigned = Math.max(...rounded.cosignatures.map(({ time }) => time ?? 0));
  const usable =
    isOfPeriodBefore(parts.policy, cosigned, now) &&
    rounded.size >= sizeMin &&
    (await reader.isPrefix(rounded, checkpoint));
  return usable ? rounded : undefined;
}

/**
 * A size of the log at which this person's record certainly was in it. Without a receipt (after a recall) that
 * is the size when this device first asked.
 */
async function recordBy(parts: WalletParts, sizeNow: number): Promise<number> {
  const state = await stateOf(parts);
  const { holding, recordBy } = state;
  if (holding?.receipt) return holding.receipt.entryIndex + 1;
  if (recordBy === undefined) await parts.store.save({ ...state, recordBy: sizeNow });
  return recordBy ?? sizeNow;
}
