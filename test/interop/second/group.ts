// BLS12-381 for the second implementation, spec/encoding.md "Group", over @noble/curves. Slow, not constant
// in time, for tests only: no secret of a person may ever come here.

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { randomBytes } from '@noble/hashes/utils.js';
import { label } from './label.ts';
import { I2OSP, join, must, numberOf, Refused, same } from './octets.ts';

const G1 = bls12_381.G1.Point;
const G2 = bls12_381.G2.Point;

export type Point = InstanceType<typeof G1>;
export type Point2 = InstanceType<typeof G2>;

export const r = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;
export const mod = (n: bigint): bigint => ((n % r) + r) % r;

export const O = G1.ZERO;
export const G = G1.BASE;
export const Gen2 = G2.BASE;

/** scalar · point, any scalar. */
export const mul = (point: Point, scalar: bigint): Point => point.multiplyUnsafe(mod(scalar));
export const mul2 = (point: Point2, scalar: bigint): Point2 => point.multiplyUnsafe(mod(scalar));

/** Σ scalar·point. */
export function sum(...terms: readonly (readonly [bigint, Point])[]): Point {
  return terms.reduce((total, [scalar, point]) => total.add(mul(point, scalar)), O);
}

export function inverse(a: bigint): bigint {
  must(mod(a) !== 0n, 'inverse of zero');
  return bls12_381.fields.Fr.inv(mod(a));
}

export const encodeScalar = (s: bigint): Uint8Array => I2OSP(mod(s), 32);

export function decodeScalar(octets: Uint8Array): bigint {
  const value = numberOf(octets);
  must(octets.length === 32 && value < r, 'scalar not canonical');
  return value;
}

export function decodeNonZero(octets: Uint8Array): bigint {
  const value = decodeScalar(octets);
  must(value !== 0n, 'scalar zero');
  return value;
}

const identity = Uint8Array.from({ length: 48 }, (_, i) => (i === 0 ? 0xc0 : 0));

/** Encodes the identity too: it can stand in a challenge. No reader takes it. */
export const encodePoint = (point: Point): Uint8Array =>
  point.is0() ? identity.slice() : point.toBytes(true);

/** A point of G1 as a reader takes it: canonical, in the subgroup, not the identity. */
export function decodePoint(octets: Uint8Array): Point {
  must(octets.length === 48, 'point length');
  const point = decoded(() => G1.fromBytes(octets));
  must(!point.is0() && point.isTorsionFree() && same(encodePoint(point), octets), 'point');
  return point;
}

/** An issuer's public key: the same rules in G2. */
export function decodeIssuerKey(octets: Uint8Array): Point2 {
  must(octets.length === 96, 'key length');
  const point = decoded(() => G2.fromBytes(octets));
  must(!point.is0() && point.isTorsionFree() && same(point.toBytes(true), octets), 'issuer key');
  return point;
}

function decoded<T extends { assertValidity(): void }>(read: () => T): T {
  try {
    const point = read();
    point.assertValidity();
    return point;
  } catch {
    throw new Refused('point');
  }
}

export const H2C = (message: Uint8Array, dst: Uint8Array): Point =>
  bls12_381.G1.hashToCurve(message, { DST: dst });

export const expand = (message: Uint8Array, dst: Uint8Array): Uint8Array =>
  expand_message_xmd(message, dst, 48, sha256);

export const H2S = (message: Uint8Array, dst: Uint8Array): bigint => mod(numberOf(expand(message, dst)));

export const randomScalar = (): bigint => 1n + (numberOf(randomBytes(48)) % (r - 1n));

export const G_rec = H2C(new Uint8Array(0), label('generatorRecord'));
export const H = H2C(new Uint8Array(0), label('generatorHiding'));

/** e(P1, Q1) = e(P2, Q2). */
export function pairingsEqual(P1: Point, Q1: Point2, P2: Point, Q2: Point2): boolean {
  const product = bls12_381.pairingBatch([
    { g1: P1, g2: Q1 },
    { g1: P2.negate(), g2: Q2 },
  ]);
  return bls12_381.fields.Fp12.eql(product, bls12_381.fields.Fp12.ONE);
}

export const SHA256 = (...parts: readonly Uint8Array[]): Uint8Array => sha256(join(...parts));
export const HMAC = (key: Uint8Array, message: Uint8Array): Uint8Array => hmac(sha256, key, message);
export const HKDF = (ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array =>
  hkdf(sha256, ikm, salt, info, length);

export const seal = (
  key: Uint8Array,
  nonce: Uint8Array,
  plain: Uint8Array,
  aad: Uint8Array = new Uint8Array(0),
) => chacha20poly1305(key, nonce, aad).encrypt(plain);

export function unseal(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  aad: Uint8Array = new Uint8Array(0),
): Uint8Array {
  try {
    return chacha20poly1305(key, nonce, aad).decrypt(sealed);
  } catch {
    throw new Refused('AEAD');
  }
}

export { randomBytes };
