/**
 * The log of the trust policy, read over the network: one reader for the life of a service, since what it has
 * seen must go on. A log that does not answer is `unavailable`; one that answers wrongly is LogUnverified.
 */
import { MalformedLogData } from '@answerable/log/verify/errors';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { LogReader, type LogReaderOptions } from '@answerable/log/verify/log-reader';
import type { FetchFile } from '@answerable/log/verify/tile-reader';
import { logTrustOf } from '@answerable/protocol/log/trust';
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';

/** A reader of the policy's log; `freshness` makes it refuse cosignatures that are too old. */
export function openLogReader(
  policy: TrustPolicy,
  freshness: Pick<LogReaderOptions, 'now' | 'cosignatureAgeSecondsMax'> = {},
): LogReader {
  return new LogReader({
    fetchFile: reachable(fetchFrom(policy.log.origin)),
    trust: logTrustOf(policy),
    ...freshness,
  });
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
