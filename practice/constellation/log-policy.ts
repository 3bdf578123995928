/** Puts the first trust policy on the record: one entry per serial, the same entry however often it is sent. */
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { sha256 } from '@answerable/core/hash';
import { callJson } from '@answerable/kit/http-client';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { canonicalBytes } from '@answerable/protocol/canonical';
import { messageLabels } from '@answerable/protocol/labels';
import { type LogSubmission, logAccepted } from '@answerable/protocol/log/entries';
import { signMessage } from '@answerable/protocol/signed';
import { type TrustPolicy, trustPolicyHash } from '@answerable/protocol/trust-policy';

const keyBytes = 16;

/** The operator as the logbook knows it: may log policies, and nothing about anybody. */
export function operatorParty(dataDir: string) {
  const key = loadOrCreateSigningKey(join(dataDir, 'operator.key'));
  return { name: 'operator', signingKey: toBase64url(key.publicKey), seed: key.seed };
}

export async function logPolicy(dataDir: string, policy: TrustPolicy): Promise<void> {
  const { name, seed } = operatorParty(dataDir);
  const entry = {
    v: 1,
    kind: 'trust-policy',
    network: policy.network,
    serial: policy.serial,
    policy: trustPolicyHash(policy),
  } as const;
  const key = toBase64url(sha256(canonicalBytes(messageLabels.policyHash, entry)).slice(0, keyBytes));
  const message: LogSubmission = { party: name, key, entry };
  await callJson(`${policy.log.origin}/entries`, {
    body: signMessage(seed, messageLabels.logSubmission, message),
    schema: logAccepted,
  });
}
