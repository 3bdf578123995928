// The recall blob (spec/recall.md, "Blob"): what the registrar keeps for a person and learns nothing from.
//
//   1 ‖ recallId 16 ‖ version 4 ‖ t 1 ‖ n 1 ‖ n × (index 1 ‖ keeper's public key 32 ‖ c_i 32)
//     ‖ refill key 32 ‖ nonce 12 ‖ ciphertext of s 48

import { concat, i2osp } from '../bytes.ts';
import { checkParameters } from '../ceremony/key.ts';
import { Malformed } from '../errors.ts';
import { reader } from '../frame.ts';
import { ELEMENT_BYTES, nameOf, RECALL_ID_BYTES } from './keeper.ts';

const LAYOUT = 1;
const PAD_BYTES = 32;
const REFILL_KEY_BYTES = 32;
const NONCE_BYTES = 12;
const CIPHERTEXT_BYTES = 32 + 16;

export type Slot = { readonly index: number; readonly publicKey: Uint8Array; readonly pad: Uint8Array };
export type BlobHead = {
  readonly recallId: Uint8Array;
  readonly version: number;
  readonly threshold: number;
  readonly slots: readonly Slot[];
  /** ed25519 key drawn from S: a signature under it refills the keepers' budget. */
  readonly refillKey: Uint8Array;
};
export type Blob = BlobHead & { readonly nonce: Uint8Array; readonly ciphertext: Uint8Array };

export function encodeHead({ recallId, version, threshold, slots, refillKey }: BlobHead): Uint8Array {
  return concat(
    Uint8Array.of(LAYOUT),
    ...nameOf(recallId, version),
    Uint8Array.of(threshold, slots.length),
    ...slots.map(({ index, publicKey, pad }) => concat(i2osp(index, 1), publicKey, pad)),
    refillKey,
  );
}

/** Throws Malformed. */
export function decodeBlob(octets: Uint8Array): Blob {
  const shape = 'a recall blob of layout 1';
  const read = reader(octets, 'recall blob', shape);
  if (read.uint(1) !== LAYOUT) throw new Malformed('recall blob', shape);
  const recallId = read.take(RECALL_ID_BYTES);
  const version = read.uint(4);
  const [threshold, count] = [read.uint(1), read.uint(1)];
  checkParameters(threshold, count);
  const slots = Array.from({ length: count }, () => ({
    index: read.uint(1),
    publicKey: read.take(ELEMENT_BYTES),
    pad: read.take(PAD_BYTES),
  }));
  const rest = {
    refillKey: read.take(REFILL_KEY_BYTES),
    nonce: read.take(NONCE_BYTES),
    ciphertext: read.take(CIPHERTEXT_BYTES),
  };
  read.end();
  nameOf(recallId, version);
  if (slots.some(({ index }, i) => index !== i + 1))
    throw new Malformed('recall blob', 'keepers 1 to n in order');
  return { recallId, version, threshold, slots, ...rest };
}
