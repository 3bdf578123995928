// The one source of randomness. Tests that reproduce published vectors pass an `Rng` of their own to the
// `*With` functions in `internal` files; nothing public takes one.

import { assert } from './errors.ts';

/** Most octets one request may ask for (Web Crypto's own limit). */
const REQUEST_BYTES_MAX = 65_536;

/** Returns `length` unpredictable octets. */
export type Rng = (length: number) => Uint8Array;

export const randomBytes: Rng = (length) => {
  assert(
    Number.isInteger(length) && length >= 0 && length <= REQUEST_BYTES_MAX,
    'a random request is in range',
  );
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
};
