import { bls12_381 as noble } from '@noble/curves/bls12-381.js';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { concat, fromHex, i2osp, toHex, utf8 } from './bytes.ts';
import * as curve from './curve.ts';
import { Malformed } from './errors.ts';

const { G1_BASE, G2_BASE, IDENTITY_G1, ONE, ORDER, ZERO } = curve;
const scalars = fc.bigInt({ min: 0n, max: ORDER - 1n });
const nonZero = fc.bigInt({ min: 1n, max: ORDER - 1n });
const few = { numRuns: 12 };
const s = curve.scalarFromBigint;
const hexG1 = (p: curve.G1) => toHex(curve.encodeG1(p));
const nobleG1 = (n: bigint) => (n === 0n ? noble.G1.Point.ZERO : noble.G1.Point.BASE.multiply(n));

describe('scalars agree with noble', () => {
  const { Fr } = noble.fields;
  it('add, sub, mul, neg, inv', () => {
    fc.assert(
      fc.property(scalars, nonZero, (a, b) => {
        expect(curve.scalarToBigint(curve.addScalar(s(a), s(b)))).toBe(Fr.add(a, b));
        expect(curve.scalarToBigint(curve.subScalar(s(a), s(b)))).toBe(Fr.sub(a, b));
        expect(curve.scalarToBigint(curve.mulScalar(s(a), s(b)))).toBe(Fr.mul(a, b));
        expect(curve.scalarToBigint(curve.negScalar(s(a)))).toBe(Fr.neg(a));
        expect(curve.scalarToBigint(curve.invScalar(s(b)))).toBe(Fr.inv(b));
        expect(curve.equalScalar(s(a), s(b))).toBe(a === b);
      }),
    );
  });
  it('wide reduction is mod r of the whole 384 bits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 48, maxLength: 48 }), (wide) => {
        expect(curve.scalarToBigint(curve.scalarFromWide(wide))).toBe(BigInt(`0x${toHex(wide)}`) % ORDER);
      }),
    );
  });
  it('encodes big-endian and reads back', () => {
    expect(toHex(curve.encodeScalar(s(1n)))).toBe('00'.repeat(31) + '01');
    fc.assert(
      fc.property(scalars, (a) => {
        expect(curve.scalarToBigint(curve.decodeScalarOrZero(curve.encodeScalar(s(a))))).toBe(a);
      }),
    );
  });
  it('zero has no inverse here, though mcl answers zero', () => {
    expect(() => curve.invScalar(ZERO)).toThrow(/bug/);
  });
  it('an unreduced integer is a bug', () => {
    expect(() => s(ORDER)).toThrow(/bug/);
    expect(() => s(-1n)).toThrow(/bug/);
  });
  it('random scalars are 48 octets mod r, not masked octets (the generator of mcl itself is biased)', () => {
    const octets = vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((array) => {
      new Uint8Array(array!.buffer).fill(0xff);
      return array;
    });
    const drawn = curve.scalarToBigint(curve.randomScalar());
    octets.mockRestore();
    expect(drawn).toBe((2n ** 384n - 1n) % ORDER);
  });
  it('a random scalar is never zero', () => {
    const octets = vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementationOnce((array) => array);
    expect(curve.isZeroScalar(curve.randomScalar())).toBe(false);
    octets.mockRestore();
  });
});

describe('G1 agrees with noble', () => {
  it('mul, add, sub, neg, encode, decode', () => {
    fc.assert(
      fc.property(nonZero, nonZero, (a, b) => {
        const [A, B] = [curve.mulG1(G1_BASE, s(a)), curve.mulG1(G1_BASE, s(b))];
        const nA = nobleG1(a);
        expect(hexG1(A)).toBe(nA.toHex(true));
        expect(hexG1(curve.addG1(A, B))).toBe(nobleG1((a + b) % ORDER).toHex(true));
        expect(hexG1(curve.subG1(A, B))).toBe(nobleG1((a - b + ORDER) % ORDER).toHex(true));
        expect(hexG1(curve.negG1(A))).toBe(nA.negate().toHex(true));
        expect(curve.equalG1(curve.decodeG1(nA.toBytes(true)), A)).toBe(true);
      }),
      // Opposite and equal points too: their sum and difference are the identity.
      {
        ...few,
        examples: [
          [33n, ORDER - 33n],
          [7n, 7n],
        ],
      },
    );
  });
  it('multi-scalar multiplication, zeros, repeats and opposites included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(scalars, fc.constantFrom(0n, 1n, 2n, ORDER - 1n, 7n)), { maxLength: 9 }),
        (terms) => {
          const points = terms.map(([, k]) => curve.mulG1(G1_BASE, s(k)));
          const sum = terms.reduce((acc, [a, k]) => (acc + a * k) % ORDER, 0n);
          expect(
            hexG1(
              curve.msmG1(
                points,
                terms.map(([a]) => s(a)),
              ),
            ),
          ).toBe(nobleG1(sum).toHex(true));
        },
      ),
      few,
    );
  });
  it('hash to curve under any DST', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.uint8Array({ minLength: 1, maxLength: 255 }),
        (m, dst) => {
          expect(hexG1(curve.hashToG1(m, dst))).toBe(noble.G1.hashToCurve(m, { DST: dst }).toHex(true));
        },
      ),
      few,
    );
    expect(() => curve.hashToG1(utf8('m'), new Uint8Array(0))).toThrow(/bug/);
    expect(() => curve.hashToG1(utf8('m'), new Uint8Array(256))).toThrow(/bug/);
  });
  it('the identity is recognised', () => {
    expect(curve.isIdentityG1(curve.subG1(G1_BASE, G1_BASE))).toBe(true);
    expect(curve.isIdentityG1(curve.mulG1(G1_BASE, ZERO))).toBe(true);
    expect(curve.isIdentityG1(curve.msmG1([], []))).toBe(true);
    expect(curve.isIdentityG1(G1_BASE)).toBe(false);
  });
});

describe('G2 and pairing agree with noble', () => {
  it('mul, add, encode, decode', () => {
    fc.assert(
      fc.property(nonZero, nonZero, (a, b) => {
        const [A, B] = [curve.mulG2(G2_BASE, s(a)), curve.mulG2(G2_BASE, s(b))];
        const nA = noble.G2.Point.BASE.multiply(a);
        expect(toHex(curve.encodeG2(A))).toBe(nA.toHex(true));
        expect(toHex(curve.encodeG2(curve.addG2(A, B)))).toBe(
          nA.add(noble.G2.Point.BASE.multiply(b)).toHex(true),
        );
        expect(curve.equalG2(curve.decodeG2(nA.toBytes(true)), A)).toBe(true);
      }),
      { numRuns: 4 },
    );
  });
  it('a product is one exactly when the exponents cancel, prepared or not, in any number', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(nonZero, nonZero), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (terms, prepare) => {
          const q = (n: bigint) => {
            const Q = curve.mulG2(G2_BASE, s(n));
            return prepare ? curve.prepareG2(Q) : Q;
          };
          const sum = terms.reduce((acc, [a, b]) => (acc + a * b) % ORDER, 0n);
          const pairs = terms.map(([a, b]) => [curve.mulG1(G1_BASE, s(a)), q(b)] as const);
          const closing = (n: bigint) => [
            ...pairs,
            [curve.mulG1(G1_BASE, s((ORDER - n) % ORDER)), G2_BASE] as const,
          ];
          expect(curve.pairingProductIsOne(closing(sum))).toBe(true);
          expect(curve.pairingProductIsOne(closing((sum + 1n) % ORDER))).toBe(false);
        },
      ),
      { numRuns: 5 },
    );
  });
  it('the identity pairs to one', () => {
    expect(curve.pairingProductIsOne([[IDENTITY_G1, G2_BASE]])).toBe(true);
    expect(
      curve.pairingProductIsOne([
        [IDENTITY_G1, G2_BASE],
        [G1_BASE, G2_BASE],
      ]),
    ).toBe(false);
    expect(curve.pairingProductIsOne([])).toBe(true);
  });
});

const G1_HEX = hexG1(G1_BASE);
const flipped = (bytes: Uint8Array, at: number, mask: number) =>
  bytes.map((b, i) => (i === at ? b ^ mask : b));
const P = noble.fields.Fp.ORDER;
/** x = 4 is on the curve, y² = 68, and outside the subgroup. */
const OUTSIDE_G1 = flipped(i2osp(4n, 48), 0, 0x80);
/** (0, 2): a point of order three, which a random combination lets through one time in three. */
const ORDER_THREE_G1 = flipped(new Uint8Array(48), 0, 0x80);

const refusedG1: [string, Uint8Array][] = [
  ['empty', new Uint8Array(0)],
  ['one octet short', fromHex(G1_HEX).subarray(0, 47)],
  ['one octet long', concat(fromHex(G1_HEX), new Uint8Array(1))],
  ['uncompressed length', new Uint8Array(96)],
  ['the identity', fromHex('c0' + '00'.repeat(47))],
  ['the identity with a stray last octet', fromHex('c0' + '00'.repeat(46) + '01')],
  ['the identity with its sign bit set', fromHex('e0' + '00'.repeat(47))],
  ['all zeros', new Uint8Array(48)],
  ['compression bit missing', flipped(fromHex(G1_HEX), 0, 0x80)],
  ['infinity bit on a finite point', flipped(fromHex(G1_HEX), 0, 0x40)],
  ['x equal to p', flipped(i2osp(P, 48), 0, 0x80)],
  ['x above p that reduces to a point', flipped(i2osp(P + 4n, 48), 0, 0x80)],
  ['all ones', new Uint8Array(48).fill(0xff)],
  ['x not on the curve', flipped(i2osp(1n, 48), 0, 0x80)],
  ['on the curve, outside the subgroup', OUTSIDE_G1],
  ['of order three', ORDER_THREE_G1],
];

describe('decodeG1 refuses', () => {
  it.each(refusedG1)('%s', (_, bytes) => {
    expect(() => curve.decodeG1(bytes, 'E0')).toThrow(Malformed);
  });
  it('and names the field and the shape, never the value', () => {
    expect(() => curve.decodeG1(OUTSIDE_G1, 'E0')).toThrow(/^E0: expected a canonical point of G1/);
  });
  it('any single altered bit, or reads a different point', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const altered = flipped(fromHex(G1_HEX), at, 1 << bit);
        let read: curve.G1 | undefined;
        try {
          read = curve.decodeG1(altered);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
        }
        if (read) expect(hexG1(read)).toBe(toHex(altered));
        if (read) expect(curve.equalG1(read, G1_BASE)).toBe(false);
      }),
      few,
    );
  });
});

describe('decodeG2 refuses', () => {
  const base = curve.encodeG2(G2_BASE);
  it.each<[string, Uint8Array]>([
    ['the identity', fromHex('c0' + '00'.repeat(95))],
    ['the identity with a stray last octet', fromHex('c0' + '00'.repeat(94) + '01')],
    ['a G1 point', fromHex(G1_HEX)],
    ['one octet long', concat(base, new Uint8Array(1))],
    ['compression bit missing', flipped(base, 0, 0x80)],
    ['infinity bit on a finite point', flipped(base, 0, 0x40)],
    ['all ones', new Uint8Array(96).fill(0xff)],
    ['on the curve, outside the subgroup', outsideG2()],
  ])('%s', (_, bytes) => {
    expect(() => curve.decodeG2(bytes)).toThrow(Malformed);
  });
  function outsideG2(): Uint8Array {
    const { Fp2 } = noble.fields;
    for (let c0 = 1n; ; c0++) {
      const x = Fp2.fromBigTuple([c0, 0n]);
      try {
        const y = Fp2.sqrt(Fp2.add(Fp2.pow(x, 3n), Fp2.fromBigTuple([4n, 4n])));
        const p = noble.G2.Point.fromAffine({ x, y });
        if (!p.isTorsionFree()) return flipped(concat(new Uint8Array(48), i2osp(c0, 48)), 0, 0x80);
      } catch {
        // not a square: the next x
      }
    }
  }
});

describe('scalar decoders refuse', () => {
  it.each<[string, Uint8Array]>([
    ['empty', new Uint8Array(0)],
    ['31 octets', new Uint8Array(31).fill(1)],
    ['33 octets', concat(new Uint8Array(1), i2osp(5n, 32))],
    ['r itself', i2osp(ORDER, 32)],
    ['r + 1', i2osp(ORDER + 1n, 32)],
    ['all ones', new Uint8Array(32).fill(0xff)],
  ])('%s', (_, bytes) => {
    expect(() => curve.decodeScalar(bytes)).toThrow(Malformed);
    expect(() => curve.decodeScalarOrZero(bytes)).toThrow(Malformed);
    expect(() => curve.scalarFromBytes(bytes)).toThrow(Malformed);
  });
  it('zero, where zero is not allowed', () => {
    expect(() => curve.decodeScalar(new Uint8Array(32))).toThrow('scalar: expected a non-zero scalar');
    expect(curve.isZeroScalar(curve.decodeScalarOrZero(new Uint8Array(32)))).toBe(true);
  });
  it('a value of the wrong length made wide', () => {
    expect(() => curve.scalarFromWide(new Uint8Array(47))).toThrow(/bug/);
    expect(() => curve.scalarFromWide(new Uint8Array(49))).toThrow(/bug/);
  });
});

describe("mcl's traps", () => {
  it('six thousand points in one multi-scalar multiplication are right and leave the instance sound', () => {
    const n = 6000;
    const points = Array.from({ length: n }, (_, i) => (i % 2 ? G1_BASE : curve.negG1(G1_BASE)));
    const weights = Array.from({ length: n }, (_, i) => s(BigInt(i)));
    // Σ (−1)^(i+1)·i for i < 6000 is 3000.
    expect(hexG1(curve.msmG1(points, weights))).toBe(nobleG1(3000n).toHex(true));
    expect(hexG1(G1_BASE)).toBe(G1_HEX);
    expect(hexG1(curve.mulG1(G1_BASE, s(5n)))).toBe(nobleG1(5n).toHex(true));
    expect(() => curve.decodeG1(OUTSIDE_G1)).toThrow(Malformed);
  });
  it('as many scalars as points, or it is a bug', () => {
    expect(() => curve.msmG1([G1_BASE], [])).toThrow(/bug/);
  });
  it('a refused point is not left anywhere that a later read could see', () => {
    expect(() => curve.decodeG1(OUTSIDE_G1)).toThrow(Malformed);
    expect(hexG1(curve.decodeG1(fromHex(G1_HEX)))).toBe(G1_HEX);
  });
  it('operations do not change their operands', () => {
    const a = curve.mulG1(G1_BASE, s(3n));
    const before = hexG1(a);
    curve.addG1(a, a);
    curve.negG1(a);
    curve.msmG1([a, a], [s(2n), ONE]);
    expect(hexG1(a)).toBe(before);
  });
  it('many prepared keys neither run out of memory nor change each other', () => {
    const keys = Array.from({ length: 60 }, (_, i) => curve.mulG2(G2_BASE, s(BigInt(i + 1))));
    const prepared = keys.map(curve.prepareG2);
    expect(curve.prepareG2(keys[0]!)).toBe(prepared[0]);
    const minus = curve.negG1(G1_BASE);
    const six = curve.mulG1(G1_BASE, s(6n));
    expect(
      curve.pairingProductIsOne([
        [six, prepared[0]!],
        [minus, prepared[5]!],
      ]),
    ).toBe(true);
    expect(
      curve.pairingProductIsOne([
        [six, prepared[1]!],
        [minus, prepared[5]!],
      ]),
    ).toBe(false);
  });
});
