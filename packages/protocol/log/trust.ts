/**
 * Whom the trust policy names for the log, as whoever reads or verifies it needs them; and the place that a
 * proof shows by these keys alone, without a network.
 */
import { utf8 } from '@answerable/core/bytes';
import { encodeEntry } from '@answerable/log/verify/entry';
import { LogUnverified, MalformedLogData } from '@answerable/log/verify/errors';
import { parseProof, verifyProof } from '@answerable/log/verify/proof';
import { type LogTrust, parseLogTrust } from '@answerable/log/verify/trust';
import { Refusal } from '../refusal.ts';
import type { TrustPolicy } from '../trust-policy.ts';
import type { LogEntry } from './entries.ts';

/** The log's key, its witnesses and their quorum. */
export function logTrustOf({ log, witnesses }: Pick<TrustPolicy, 'log' | 'witnesses'>): LogTrust {
  return parseLogTrust({
    log: log.verifierKey,
    witnesses: witnesses.list.map(({ verifierKey }) => verifierKey),
    quorum: witnesses.quorum,
  });
}

/** The place of `entry` in the log, by `proof` (C2SP tlog-proof text). Refuses `not_logged`. */
export function placeShown(trust: LogTrust, entry: LogEntry, proof: string): number {
  try {
    return verifyProof(parseProof(utf8(proof)), encodeEntry(entry), trust).index;
  } catch (error) {
    if (error instanceof LogUnverified || error instanceof MalformedLogData) throw new Refusal('not_logged');
    throw error;
  }
}
