/**
 * The log of the trust policy, read over the network: one reader for the life of a service, since what it has
 * seen must go on. A log that does not answer is `unavailable`; one that answers wrongly is LogUnverified.
 */
import { MalformedLogData } from '@answerable/log/verify/errors';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { LogReader, type LogReaderOptions } from '@answerable/log/verify/log-reader';
import type { FetchFile } from '@answerable/log/verify/tile-reader';
import type { LogTrust } from '@answerable/log/verify/trust';
import { logTrustOf } from '@answerable/protocol/log/trust';
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';

/** A reader of the policy's log; with an age it refuses cosignatures that are too old. */
export function openLogReader(
  policy: TrustPolicy,
  more: Pick<LogReaderOptions, 'now' | 'cosignatureAgeSecondsMax' | 'pinned'> = {},
): LogReader {
  return new LogReader({
    fetchFile: reachable(fetchFrom(policy.log.origin)),
    trust: logTrustOf(policy),
    ...more,
  });
}

/**
 * The reader of the log as the policy in force says, kept until its witnesses or the age it allows change; the next
 * one goes on from what was seen.
 */
export function followingReader(
  policy: () => TrustPolicy,
  now?: () => number,
): () => { reader: LogReader; trust: LogTrust } {
  let kept: { under: string; reader: LogReader; trust: LogTrust } | undefined;
  return () => {
    const current = policy();
    const age = now && current.limits.checkpointAgeSeconds;
    const under = JSON.stringify([current.log, current.witnesses, age]);
    if (kept?.under === under) return kept;
    const pinned = kept?.reader.pinned;
    const reader = openLogReader(current, {
      ...(now && age !== undefined ? { now, cosignatureAgeSecondsMax: age } : {}),
      ...(pinned ? { pinned } : {}),
    });
    kept = { under, reader, trust: logTrustOf(current) };
    return kept;
  };
}

const reachable =
  (fetchFile: FetchFile): FetchFile =>
  async (path) => {
    try {
      return await fetchFile(path);
    } catch (error) {
      throw error instanceof MalformedLogData ? error : new Refusal('unavailable');
    }
  };
