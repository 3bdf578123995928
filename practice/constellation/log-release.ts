/**
 * The releases of the practice wallet: who publishes them (a key in the data folder, named by the first trust
 * policy), and the one that this network runs, put on the record as it starts. In life a publisher does this by
 * hand, before a host serves the release: `answerable wallet release`.
 */
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { submitRelease } from '@answerable/kit/submit-release';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { buildWallet } from '@answerable/wallet/build';
import { readManifest } from '@answerable/wallet/built-files';

const publisher = 'publisher';
const publisherKey = (dataDir: string) => loadOrCreateSigningKey(join(dataDir, `${publisher}.key`));

export const releasesOf = (dataDir: string): TrustPolicy['releases'] => ({
  publisher,
  signingKey: toBase64url(publisherKey(dataDir).publicKey),
});

/** The release that is built from these sources. The same entry however often it is sent. */
export async function logRelease(dataDir: string, policy: TrustPolicy): Promise<void> {
  await submitRelease(policy, publisherKey(dataDir), readManifest(await buildWallet()));
}
