/**
 * The keys of a guardian: signing, sealing, witness (in kit/witness) and, after the ceremony, its share of the
 * opening key. A thief of this folder can sign and decrypt as this guardian; alone that opens no account.
 */
import { join } from 'node:path';
import { loadOrCreateSigningKey, type SigningKey } from '@answerable/kit/keys';
import { loadOrCreateSealingKey, type SealingKey } from '@answerable/kit/sealing-key';

export interface GuardianKeys {
  dir: string;
  signing: SigningKey;
  sealing: SealingKey;
}

/** Reads or makes them. Throws ConfigRefused for a file that cannot be used. */
export function loadGuardianKeys(dataDir: string): GuardianKeys {
  const dir = join(dataDir, 'keys');
  return {
    dir,
    signing: loadOrCreateSigningKey(join(dir, 'signing.key')),
    sealing: loadOrCreateSealingKey(join(dir, 'sealing.key')),
  };
}
