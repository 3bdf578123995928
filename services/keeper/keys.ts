/**
 * The keeper's keys: what it signs with, its recall master key, and, after the ceremony, its share of the tag
 * key. A thief of this folder can try words for a record of which they also have the blob and t − 1 other
 * keepers; and can help to search tags. One keeper alone gives neither.
 */
import { join } from 'node:path';
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { deriveRecallKey, evaluateRecall, MASTER_KEY_BYTES } from '@answerable/core/recall/keeper';
import { loadOrCreateSecret, loadOrCreateSigningKey, type SigningKey } from '@answerable/kit/keys';

export interface KeeperKeys {
  dir: string;
  signing: SigningKey;
  recall: RecallKeys;
}

/** One VOPRF key per record and version, never stored. */
export interface RecallKeys {
  publicKey(recallId: string, version: number): string;
  /** Throws Malformed for what is not an element. */
  evaluate(recallId: string, version: number, blinded: string): { evaluated: string; proof: string };
}

/** Reads or makes them. Throws ConfigRefused for a file that cannot be used. */
export function loadKeeperKeys(dataDir: string): KeeperKeys {
  const dir = join(dataDir, 'keys');
  return {
    dir,
    signing: loadOrCreateSigningKey(join(dir, 'signing.key')),
    recall: recallKeys(loadOrCreateSecret(join(dir, 'recall-master.key'), MASTER_KEY_BYTES)),
  };
}

function recallKeys(masterKey: Uint8Array): RecallKeys {
  const keyOf = (recallId: string, version: number) =>
    deriveRecallKey(masterKey, fromBase64url(recallId, 'recallId'), version);
  return {
    publicKey: (recallId, version) => toBase64url(keyOf(recallId, version).publicKey),
    evaluate(recallId, version, blinded) {
      const answer = evaluateRecall(keyOf(recallId, version), fromBase64url(blinded, 'blinded'));
      return { evaluated: toBase64url(answer.evaluated), proof: toBase64url(answer.proof) };
    },
  };
}
