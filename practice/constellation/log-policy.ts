/** The operator of the practice network as the logbook knows it: may log policies, and nothing about anybody. */
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { submitPolicy } from '@answerable/kit/submit-policy';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';

const name = 'operator';
const operatorKey = (dataDir: string) => loadOrCreateSigningKey(join(dataDir, `${name}.key`));

export const operatorParty = (dataDir: string) => ({
  name,
  signingKey: toBase64url(operatorKey(dataDir).publicKey),
});

export const logPolicy = (dataDir: string, policy: TrustPolicy): Promise<void> =>
  submitPolicy(policy, { name, key: operatorKey(dataDir) });
