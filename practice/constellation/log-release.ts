/** Who publishes releases of the practice wallet: a key in the data folder, named by the first trust policy. */
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';

const publisher = 'publisher';
const publisherKey = (dataDir: string) => loadOrCreateSigningKey(join(dataDir, `${publisher}.key`));

export const releasesOf = (dataDir: string): TrustPolicy['releases'] => ({
  publisher,
  signingKey: toBase64url(publisherKey(dataDir).publicKey),
});
