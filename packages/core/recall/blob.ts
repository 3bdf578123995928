// The recall blob (spec/recall.md, "Blob"): what the registrar keeps for a person and learns nothing from.
//
//   2 ‖ recallId 16 ‖ version 4 ‖ t 1 ‖ n 1 ‖ n × (index 1 ‖ keeper's public key 32 ‖ c_i 32)
//     ‖ refill key 32 ‖ nonce 12 ‖ ciphertext of s ‖ R 96
//
// Layout 1 held s alone, with R in clear beside it; it is still read, and no longer made.

import { concat, i2osp } from '../bytes.ts';
import { checkParameters } from '../ceremony/key.ts';
import { G1_BYTES } from '../curve.ts';
import { Malformed } from '../errors.ts';
import { reader } from '../frame.ts';
import { ELEMENT_BYTES, nameOf, RECALL_ID_BYTES } from './keeper.ts';

/** The layout of new blobs. */
export const LAYOUT = 2;
const LAYOUT_WITHOUT_RECORD = 1;
const PAD_BYTES = 32;
const REFILL_KEY_BYTES = 32;
const NONCE_BYTES = 12;
export const SECRET_BYTES = 32;
const TAG_BYTES = 16;

export type Slot = { readonly index: number; readonly publicKey: Uint8Array; readonly pad: Uint8Array };
export type BlobHead = {
  readonly layout: number;
  readonly recallId: Uint8Array;
  readonly version: number;
  readonly threshold: number;
  readonly slots: readonly Slot[];
  /** ed25519 key drawn from S: a signature under it refills the keepers' budget. */
  readonly refillKey: Uint8Array;
};
export type Blob = BlobHead & { readonly nonce: Uint8Array; readonly ciphertext: Uint8Array };

export function encodeHead(head: BlobHead): Uint8Array {
  const { layout, recallId, version, threshold, slots, refillKey } = head;
  return concat(
    Uint8Array.of(layout),
    ...nameOf(recallId, version),
    Uint8Array.of(threshold, slots.length),
    ...slots.map(({ index, publicKey, pad }) => concat(i2osp(index, 1), publicKey, pad)),
    refillKey,
  );
}

/** Throws Malformed. */
export function decodeBlob(octets: Uint8Array): Blob {
  const shape = 'a recall blob of layout 1 or 2';
  const read = reader(octets, 'recall blob', shape);
  const layout = read.uint(1);
  if (layout !== LAYOUT && layout !== LAYOUT_WITHOUT_RECORD) throw new Malformed('recall blob', shape);
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
    ciphertext: read.take(SECRET_BYTES + (layout === LAYOUT ? G1_BYTES : 0) + TAG_BYTES),
  };
  read.end();
  nameOf(recallId, version);
  if (slots.some(({ index }, i) => index !== i + 1))
    throw new Malformed('recall blob', 'keepers 1 to n in order');
  return { layout, recallId, version, threshold, slots, ...rest };
}
