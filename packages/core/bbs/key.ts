// Issuer keys. The only keys of the whole network that live in G2 (PROTOCOL section 1, "Never in G2").
// Source: draft-irtf-cfrg-bbs-signatures section 3.4.

import { concat, i2osp, toHex, utf8 } from '../bytes.ts';
import {
  decodeG2,
  encodeG2,
  G2_BASE,
  isZeroScalar,
  mulG2,
  type PreparedG2,
  prepareG2,
  randomScalar,
  type Scalar,
} from '../curve.ts';
import { assert, Malformed } from '../errors.ts';
import { hashToScalar } from '../hash.ts';
import { BBS_API } from './ciphersuite.ts';

/** Least key material, and most key information, in octets. */
const KEY_MATERIAL_BYTES_MIN = 32;
const KEY_INFO_BYTES_MAX = 65_535;
/** Decoded public keys kept with their pairing lines (about 20 KB each). */
const KEYS_KEPT_MAX = 64;

declare const secret: unique symbol;
/** The issuer's secret scalar. */
export type SecretKey = Scalar & { readonly [secret]: true };

/** A checked public key: its 96 octets, and its pairing lines. */
export type PublicKey = { readonly octets: Uint8Array; readonly lines: PreparedG2 };

export type KeyPair = { readonly secretKey: SecretKey; readonly publicKey: PublicKey };

const kept = new Map<string, PublicKey>();

/** A fresh key pair from the platform's randomness. */
export function generateKeyPair(): KeyPair {
  return keyPairOf(randomScalar());
}

/** The key pair of a stored secret scalar, which must not be zero. */
export function keyPairOf(scalar: Scalar): KeyPair {
  assert(!isZeroScalar(scalar), 'a secret key is not zero');
  return { secretKey: scalar as SecretKey, publicKey: decodePublicKey(encodeG2(mulG2(G2_BASE, scalar))) };
}

/** KeyGen of section 3.4.1. Throws Malformed when material or info have an impossible length. */
export function deriveKeyPair(
  material: Uint8Array,
  info: Uint8Array,
  dst: Uint8Array = utf8(`${BBS_API.id}KEYGEN_DST_`),
): KeyPair {
  if (material.length < KEY_MATERIAL_BYTES_MIN) {
    throw new Malformed('key material', `at least ${KEY_MATERIAL_BYTES_MIN} octets`);
  }
  if (info.length > KEY_INFO_BYTES_MAX) {
    throw new Malformed('key info', `at most ${KEY_INFO_BYTES_MAX} octets`);
  }
  return keyPairOf(hashToScalar(concat(material, i2osp(info.length, 2), info), dst));
}

/** octets_to_pubkey: canonical, on the curve, in the subgroup, not the identity. Throws Malformed. */
export function decodePublicKey(octets: Uint8Array, field = 'issuer public key'): PublicKey {
  const name = toHex(octets);
  const known = kept.get(name);
  if (known) return known;
  const key = { octets: octets.slice(), lines: prepareG2(decodeG2(octets, field)) };
  if (kept.size >= KEYS_KEPT_MAX) kept.clear();
  kept.set(name, key);
  return key;
}
