// Hashing, all from @noble/hashes. Every use outside this file brings a label from label.ts or a DST made
// from a ciphersuite's api_id.

import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
import { hkdf as nobleHkdf } from '@noble/hashes/hkdf.js';
import { hmac as nobleHmac } from '@noble/hashes/hmac.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { shake128 as nobleShake128 } from '@noble/hashes/sha3.js';
import { type Scalar, scalarFromWide } from './curve.ts';
import { assert } from './errors.ts';

/** expand_len of the BBS ciphersuite, in octets: ceil((ceil(log2(r)) + 128) / 8). */
export const EXPAND_BYTES = 48;
/** Longest DST that is used as it is (RFC 9380 section 5.3.3 hashes longer ones; we have none). */
const DST_BYTES_MAX = 255;

export function sha256(message: Uint8Array): Uint8Array {
  return nobleSha256(message);
}

/** HMAC-SHA-256. */
export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return nobleHmac(nobleSha256, key, message);
}

/** HKDF-SHA-256 (RFC 5869), extract and expand. `length` in octets. */
export function hkdf(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return nobleHkdf(nobleSha256, secret, salt, info, length);
}

/** SHAKE128 with `length` octets of output. */
export function shake128(message: Uint8Array, length: number): Uint8Array {
  return nobleShake128(message, { dkLen: length });
}

/** expand_message_xmd of RFC 9380 section 5.3.1 with SHA-256. */
export function expandMessageXmd(message: Uint8Array, dst: Uint8Array, length: number): Uint8Array {
  assert(dst.length > 0 && dst.length <= DST_BYTES_MAX, 'a DST has 1..255 octets');
  return expand_message_xmd(message, dst, length, nobleSha256);
}

/** hash_to_scalar of draft-irtf-cfrg-bbs-signatures section 4.3.2: 48 octets, big-endian, mod r. */
export function hashToScalar(message: Uint8Array, dst: Uint8Array): Scalar {
  return scalarFromWide(expandMessageXmd(message, dst, EXPAND_BYTES));
}
