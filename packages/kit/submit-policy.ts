/**
 * Puts the first trust policy on the record: one entry per serial, the same entry however often it is sent, by
 * a party that the log lets submit policies (a guardian, the registrar, a submitter of its configuration).
 */
import { toBase64url } from '@answerable/core/bytes';
import { sha256 } from '@answerable/core/hash';
import { canonicalBytes } from '@answerable/protocol/canonical';
import { messageLabels } from '@answerable/protocol/labels';
import { type LogSubmission, logAccepted } from '@answerable/protocol/log/entries';
import { signMessage } from '@answerable/protocol/signed';
import { policyEntryOf } from '@answerable/protocol/trust-chain';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { callJson } from './http-client.ts';
import type { SigningKey } from './keys.ts';

const keyBytes = 16;

/** Under which key its entry is submitted, by whomever. */
export const policyKeyOf = (policy: TrustPolicy): string => policyEntryKey(policyEntryOf(policy));

export const policyEntryKey = (entry: ReturnType<typeof policyEntryOf>): string =>
  toBase64url(sha256(canonicalBytes(messageLabels.policyHash, entry)).slice(0, keyBytes));

/** Throws the log's Refusal, or `unavailable`. */
export async function submitPolicy(
  policy: TrustPolicy,
  party: { name: string; key: Pick<SigningKey, 'seed'> },
): Promise<void> {
  const message: LogSubmission = {
    party: party.name,
    key: policyKeyOf(policy),
    entry: policyEntryOf(policy),
  };
  await callJson(`${policy.log.origin}/entries`, {
    body: signMessage(party.key.seed, messageLabels.logSubmission, message),
    schema: logAccepted,
  });
}
