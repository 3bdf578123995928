// A keeper's side of recall (spec/recall.md, "Keeper"): one VOPRF key per record and version, derived from a
// master key, so that deleting a record deletes nothing that others need. RFC 9497, ristretto255-SHA512.
// A keeper learns neither words nor secret, and counts every evaluation: counting is the whole defence.

import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { i2osp } from '../bytes.ts';
import { assert, Malformed } from '../errors.ts';
import { frame } from '../frame.ts';
import { hmac } from '../hash.ts';
import { label } from '../label.ts';

/** Octets of a keeper's master key, a record's recall id, an element, a proof. */
export const MASTER_KEY_BYTES = 32;
export const RECALL_ID_BYTES = 16;
export const ELEMENT_BYTES = 32;
export const RECALL_PROOF_BYTES = 64;
/** Versions are counted in 32 bits, from 1. */
export const VERSION_MAX = 2 ** 32 - 1;

export type RecallKey = { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array };

/** k_i for (recallId, version): DeriveKeyPair(HMAC(master, recallId, version)). Throws Malformed. */
export function deriveRecallKey(masterKey: Uint8Array, recallId: Uint8Array, version: number): RecallKey {
  assert(masterKey.length === MASTER_KEY_BYTES, 'a master key has 32 octets');
  const seed = hmac(masterKey, frame(label('recallSeed'), ...nameOf(recallId, version)));
  const { secretKey, publicKey } = ristretto255_oprf.voprf.deriveKeyPair(seed, label('recallKey'));
  return { secretKey, publicKey };
}

/** BlindEvaluate. Throws Malformed for what is not an element, or is the identity. */
export function evaluateRecall(
  key: RecallKey,
  blinded: Uint8Array,
): { evaluated: Uint8Array; proof: Uint8Array } {
  if (blinded.length !== ELEMENT_BYTES) throw new Malformed('blinded', 'an element of ristretto255');
  try {
    const { evaluated, proof } = ristretto255_oprf.voprf.blindEvaluate(key.secretKey, key.publicKey, blinded);
    return { evaluated, proof };
  } catch {
    throw new Malformed('blinded', 'an element of ristretto255');
  }
}

/** recallId and version, as they go into every hash of recall. Throws Malformed. */
export function nameOf(recallId: Uint8Array, version: number): [Uint8Array, Uint8Array] {
  if (recallId.length !== RECALL_ID_BYTES) throw new Malformed('recall id', `${RECALL_ID_BYTES} octets`);
  if (!Number.isInteger(version) || version < 1 || version > VERSION_MAX)
    throw new Malformed('version', 'a count from 1');
  return [recallId, i2osp(version, 4)];
}
