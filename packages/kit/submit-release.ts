/**
 * A publisher puts a release of the wallet on the record: signs its entry and hands it to the log of the trust
 * policy. Handing it in again is harmless: the key of the entry is made from the entry.
 */
import { messageLabels } from '@answerable/protocol/labels';
import { type LogSubmission, logAccepted } from '@answerable/protocol/log/entries';
import { signMessage } from '@answerable/protocol/signed';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { type ReleaseManifest, releaseEntryOf, releaseKeyOf } from '@answerable/protocol/wallet-release';
import { callJson } from './http-client.ts';
import type { SigningKey } from './keys.ts';

/** Throws the log's Refusal, or `unavailable`. */
export async function submitRelease(
  { releases, log }: Pick<TrustPolicy, 'releases' | 'log'>,
  key: Pick<SigningKey, 'seed'>,
  manifest: ReleaseManifest,
): Promise<void> {
  const entry = releaseEntryOf(manifest);
  const message: LogSubmission = { party: releases.publisher, key: releaseKeyOf(entry), entry };
  const body = signMessage(key.seed, messageLabels.logSubmission, message);
  await callJson(`${log.origin}/entries`, { body, schema: logAccepted });
}
