// BLS12-381 in the standard (compressed, big-endian) encodings, over mcl-wasm. The only file that imports it.
//
// Importing this module loads and checks the WebAssembly (about 60 ms); there is nothing else to call.
// Values are opaque and never change after they are made. Scalars, points of G1 and points of G2 cannot be
// mixed up by the type checker.
//
// Assumes: mcl-wasm 2.4.1, a global `crypto`, WebAssembly. The package's one entry (CommonJS, the binary inside
// as base64, no Node imports) serves Node and bundlers alike. With Vite, built or served: `worker.format: 'es'`
// and `build.target: 'es2022'` for the top-level await; in the page's CSP 'wasm-unsafe-eval'. Once per worker.
// Must never: multiply a point that was not checked (canonical, on the curve, in the subgroup, not the
// identity), call verifyOrderG1/G2 (global to the instance), call init twice, use Fr.setByCSPRNG (biased).
// mcl's arithmetic is not constant-time.

import * as mclNamespace from 'mcl-wasm';
import { concat, equalBytes, fromHex, i2osp, os2ip, toHex } from './bytes.ts';
import { assert, Malformed } from './errors.ts';
import { randomBytes } from './rng.ts';

/** Octets of a scalar, a compressed G1 point, a compressed G2 point, and a scalar's wide form. */
export const SCALAR_BYTES = 32;
export const G1_BYTES = 48;
export const G2_BYTES = 96;
export const WIDE_BYTES = 48;
/** Octets of a random weight: 2^-128 is the error of a sum made with it. */
const WEIGHT_BYTES = 16;
/** Points per call of mcl's multi-scalar multiplication. From about 5,500 it corrupts its own memory. */
const MSM_POINTS_MAX = 1024;
/** Longest DST taken as it is (RFC 9380 section 5.3.3). */
const DST_BYTES_MAX = 255;

declare const kind: unique symbol;
/** An element of the field of order ORDER. */
export type Scalar = { readonly [kind]: 'Scalar' };
/** A point of the subgroup G1; the identity only where a function's name or doc says so. */
export type G1 = { readonly [kind]: 'G1' };
/** A point of the subgroup G2. Issuer keys only (PROTOCOL section 1, "Never in G2"). */
export type G2 = { readonly [kind]: 'G2' };
/** A G2 point with its pairing lines computed ahead. Worth it for a point that is paired more than once. */
export type PreparedG2 = { readonly [kind]: 'PreparedG2' };

type Mcl = typeof mclNamespace & {
  mod: { _mclBnG1_hashAndMapToWithDst: (...heap: number[]) => number } & Heap;
};
type Heap = {
  HEAP8: Int8Array;
  HEAP32: Int32Array;
  stackSave(): number;
  stackAlloc(bytes: number): number;
  stackRestore(top: number): void;
};

// CommonJS reaches us as `default` in Node and as the namespace itself in Vite's bundles.
const mcl = ((mclNamespace as { default?: unknown }).default ?? mclNamespace) as Mcl;
await mcl.init(mcl.BLS12_381);
mcl.setETHserialization(true);
mcl.setMapToMode(mcl.IRTF);

const fr = (s: Scalar) => s as unknown as mclNamespace.Fr;
const g1 = (p: G1) => p as unknown as mclNamespace.G1;
const g2 = (p: G2) => p as unknown as mclNamespace.G2;
const scalar = (s: mclNamespace.Fr) => s as unknown as Scalar;
const point = (p: mclNamespace.G1) => p as unknown as G1;
const point2 = (p: mclNamespace.G2) => p as unknown as G2;

// ---- scalars ----

/** r, the order of G1, G2 and the scalar field. */
export const ORDER = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;

export function encodeScalar(s: Scalar): Uint8Array {
  return fr(s).serialize();
}

/** Reads 32 canonical octets, zero allowed. Throws Malformed. */
export function decodeScalarOrZero(bytes: Uint8Array, field = 'scalar'): Scalar {
  const malformed = () => new Malformed(field, 'a canonical scalar of 32 octets');
  if (bytes.length !== SCALAR_BYTES) throw malformed();
  const s = new mcl.Fr();
  try {
    s.deserialize(bytes);
  } catch {
    throw malformed();
  }
  if (!equalBytes(s.serialize(), bytes)) throw malformed();
  return scalar(s);
}

/** Reads 32 canonical octets of a scalar that is not zero. Throws Malformed. */
export function decodeScalar(bytes: Uint8Array, field = 'scalar'): Scalar {
  const s = decodeScalarOrZero(bytes, field);
  if (isZeroScalar(s)) throw new Malformed(field, 'a non-zero scalar');
  return s;
}

/** The same as decodeScalarOrZero, for octets we made ourselves. */
export function scalarFromBytes(bytes: Uint8Array): Scalar {
  return decodeScalarOrZero(bytes);
}

/** 0 <= n < ORDER; anything else is a bug of the caller. */
export function scalarFromBigint(n: bigint): Scalar {
  assert(n >= 0n && n < ORDER, 'an integer made into a scalar is reduced');
  return scalarFromBytes(i2osp(n, SCALAR_BYTES));
}

export function scalarToBigint(s: Scalar): bigint {
  return os2ip(encodeScalar(s));
}

/** 48 octets, big-endian, mod r: the bias is below 2^-128. */
export function scalarFromWide(bytes: Uint8Array): Scalar {
  assert(bytes.length === WIDE_BYTES, 'a wide scalar has 48 octets');
  const s = new mcl.Fr();
  s.setBigEndianMod(bytes);
  return scalar(s);
}

/** Uniform and not zero. */
export function randomScalar(): Scalar {
  for (;;) {
    const s = scalarFromWide(randomBytes(WIDE_BYTES));
    if (!isZeroScalar(s)) return s;
  }
}

/** Uniform among 1..2^128 − 1: a weight of a sum, where a false one must not cancel. */
export function randomWeight(): Scalar {
  for (;;) {
    const s = scalarFromBytes(concat(new Uint8Array(SCALAR_BYTES - WEIGHT_BYTES), randomBytes(WEIGHT_BYTES)));
    if (!isZeroScalar(s)) return s;
  }
}

export const addScalar = (a: Scalar, b: Scalar): Scalar => scalar(mcl.add(fr(a), fr(b)));
export const subScalar = (a: Scalar, b: Scalar): Scalar => scalar(mcl.sub(fr(a), fr(b)));
export const mulScalar = (a: Scalar, b: Scalar): Scalar => scalar(mcl.mul(fr(a), fr(b)));
export const negScalar = (a: Scalar): Scalar => scalar(mcl.neg(fr(a)));
export const equalScalar = (a: Scalar, b: Scalar): boolean => fr(a).isEqual(fr(b));
export const isZeroScalar = (a: Scalar): boolean => fr(a).isZero();

/** 1/a. Zero has no inverse (mcl would answer zero). */
export function invScalar(a: Scalar): Scalar {
  assert(!isZeroScalar(a), 'only a non-zero scalar is inverted');
  return scalar(mcl.inv(fr(a)));
}

export const ZERO: Scalar = scalarFromBigint(0n);
export const ONE: Scalar = scalarFromBigint(1n);

// ---- G1 ----

export function encodeG1(p: G1): Uint8Array {
  return g1(p).serialize();
}

/** Reads 48 compressed octets: canonical, on the curve, in the subgroup, not the identity. Throws Malformed. */
export function decodeG1(bytes: Uint8Array, field = 'point'): G1 {
  const malformed = () => new Malformed(field, 'a canonical point of G1 of 48 octets, not the identity');
  if (bytes.length !== G1_BYTES) throw malformed();
  const p = new mcl.G1();
  try {
    p.deserialize(bytes); // on the curve and in the subgroup
  } catch {
    throw malformed();
  }
  if (p.isZero() || !equalBytes(p.serialize(), bytes)) throw malformed();
  return point(p);
}

export const addG1 = (a: G1, b: G1): G1 => point(mcl.add(g1(a), g1(b)));
export const subG1 = (a: G1, b: G1): G1 => point(mcl.sub(g1(a), g1(b)));
export const negG1 = (a: G1): G1 => point(mcl.neg(g1(a)));
export const mulG1 = (p: G1, s: Scalar): G1 => point(mcl.mul(g1(p), fr(s)));
export const equalG1 = (a: G1, b: G1): boolean => g1(a).isEqual(g1(b));
export const isIdentityG1 = (a: G1): boolean => g1(a).isZero();

/** Σ points[i]·scalars[i]; the identity for none. Any length. */
export function msmG1(points: readonly G1[], scalars: readonly Scalar[]): G1 {
  assert(points.length === scalars.length, 'as many scalars as points');
  let sum = IDENTITY_G1;
  for (let at = 0; at < points.length; at += MSM_POINTS_MAX) {
    const part = mcl.mulVec(
      points.slice(at, at + MSM_POINTS_MAX).map(g1),
      scalars.slice(at, at + MSM_POINTS_MAX).map(fr),
    );
    sum = at === 0 ? point(part) : addG1(sum, point(part));
  }
  return sum;
}

/** hash_to_curve of RFC 9380, suite BLS12381G1_XMD:SHA-256_SSWU_RO_. */
export function hashToG1(message: Uint8Array, dst: Uint8Array): G1 {
  assert(dst.length > 0 && dst.length <= DST_BYTES_MAX, 'a DST has 1..255 octets');
  const p = new mcl.G1();
  const { mod } = mcl;
  const octets = p as unknown as { a_: Uint32Array };
  const top = mod.stackSave();
  try {
    const at = mod.stackAlloc(octets.a_.byteLength);
    const input = mod.stackAlloc(message.length + dst.length);
    mod.HEAP8.set(concat(message, dst), input);
    const status = mod._mclBnG1_hashAndMapToWithDst(
      at,
      input,
      message.length,
      input + message.length,
      dst.length,
    );
    assert(status === 0, 'hashing to the curve succeeds');
    octets.a_.set(new Uint32Array(mod.HEAP32.buffer, at, octets.a_.length));
  } finally {
    mod.stackRestore(top);
  }
  return point(p);
}

/** The identity. No decoder returns it. */
export const IDENTITY_G1: G1 = point(new mcl.G1());
/** The standard base of G1. */
export const G1_BASE: G1 = decodeG1(
  fromHex('97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb'),
);

// ---- G2 and the pairing ----

export function encodeG2(p: G2): Uint8Array {
  return g2(p).serialize();
}

/** Reads 96 compressed octets: canonical, on the curve, in the subgroup, not the identity. Throws Malformed. */
export function decodeG2(bytes: Uint8Array, field = 'public key'): G2 {
  const malformed = () => new Malformed(field, 'a canonical point of G2 of 96 octets, not the identity');
  if (bytes.length !== G2_BYTES) throw malformed();
  const p = new mcl.G2();
  try {
    p.deserialize(bytes);
  } catch {
    throw malformed();
  }
  if (p.isZero() || !equalBytes(p.serialize(), bytes)) throw malformed();
  return point2(p);
}

export const addG2 = (a: G2, b: G2): G2 => point2(mcl.add(g2(a), g2(b)));
export const mulG2 = (p: G2, s: Scalar): G2 => point2(mcl.mul(g2(p), fr(s)));
export const equalG2 = (a: G2, b: G2): boolean => g2(a).isEqual(g2(b));

/** The standard base of G2. */
export const G2_BASE: G2 = decodeG2(
  fromHex(
    '93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e' +
      '024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8',
  ),
);

// The lines live in the WebAssembly's memory, about 20 KB a point, and go when their owner goes.
const freed = new FinalizationRegistry((lines: Lines) => lines.destroy());
const preparedOf = new WeakMap<G2, PreparedG2>();
type Lines = InstanceType<typeof mclNamespace.PrecomputedG2>;

/** Computes the pairing lines of `p`; the same object gives the same answer without work. */
export function prepareG2(p: G2): PreparedG2 {
  const known = preparedOf.get(p);
  if (known) return known;
  const lines = new mcl.PrecomputedG2(g2(p));
  const prepared = { lines } as unknown as PreparedG2;
  freed.register(prepared, lines);
  preparedOf.set(p, prepared);
  return prepared;
}

/** Whether the product of the pairings e(p, q) is one. One final exponentiation for all. */
export function pairingProductIsOne(pairs: readonly (readonly [G1, PreparedG2 | G2])[]): boolean {
  const live = pairs.filter(([p]) => !isIdentityG1(p));
  if (live.length === 0) return true;
  const lines = live.map(([, q]) => linesOf(q));
  let product: mclNamespace.GT | undefined;
  for (let i = 0; i < live.length; i += 2) {
    const [a, b] = [live[i]!, live[i + 1]];
    const part = b
      ? mcl.precomputedMillerLoop2(g1(a[0]), lines[i]!, g1(b[0]), lines[i + 1]!)
      : mcl.precomputedMillerLoop(g1(a[0]), lines[i]!);
    product = product ? mcl.mul(product, part) : part;
  }
  return mcl.finalExp(product!).isOne();
}

function linesOf(q: PreparedG2 | G2): Lines {
  const prepared = q instanceof mcl.G2 ? prepareG2(q as unknown as G2) : (q as PreparedG2);
  return (prepared as unknown as { lines: Lines }).lines;
}

// ---- the instance is what we think it is ----

assert(
  toHex(encodeG1(addG1(G1_BASE, G1_BASE))).startsWith('a572cbea904d67468808c8eb50a9450c') &&
    toHex(encodeScalar(scalarFromBigint(258n))).endsWith('000102') &&
    isIdentityG1(mulG1(G1_BASE, ZERO)),
  'mcl speaks the standard encodings',
);
