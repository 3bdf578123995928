// Pairings folded into one: says of each claim what its own pairing says, and does no more work than it must.

import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as curve from '../curve.ts';
import { whichPairingsHold } from './fold-pairings.ts';
import { decodePublicKey, generateKeyPair } from './key.ts';
import { type PairingClaim, pairingHolds } from './proof.ts';

vi.mock('../curve.ts', async (original) => {
  const real = await original<typeof import('../curve.ts')>();
  return { ...real, pairingProductIsOne: vi.fn(real.pairingProductIsOne) };
});
const pairings = vi.mocked(curve.pairingProductIsOne);
beforeEach(() => void pairings.mockClear());

const { addG1, G1_BASE, mulG1, negG1, ONE, randomScalar, scalarFromBigint } = curve;
const keys = [generateKeyPair(), generateKeyPair()];
/** Bbar = Abar·SK holds; `error` is added to it. */
function claim(key = keys[0]!, error?: curve.G1): PairingClaim {
  const Abar = mulG1(G1_BASE, randomScalar());
  const Bbar = mulG1(Abar, key.secretKey);
  return { lines: key.publicKey.lines, Abar, Bbar: error ? addG1(Bbar, error) : Bbar };
}
const point = () => mulG1(G1_BASE, randomScalar());
const bad = () => claim(keys[0], point());

describe('says of each what its own pairing says', () => {
  const kinds: Record<string, () => PairingClaim> = {
    good: () => claim(),
    'good under another key': () => claim(keys[1]),
    bad,
    'bad by one base point': () => claim(keys[0], G1_BASE),
    'good for the other key': () => ({ ...claim(keys[1]), lines: keys[0]!.publicKey.lines }),
    'points exchanged': () => {
      const { lines, Abar, Bbar } = claim();
      return { lines, Abar: Bbar, Bbar: Abar };
    },
    'opposite sign': () => {
      const one = claim();
      return { ...one, Bbar: negG1(one.Bbar) };
    },
  };
  test('any mixture, some of them twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...Object.keys(kinds)), fc.boolean()), { maxLength: 9 }),
        (names) => {
          const claims = names.flatMap(([name, twice]) => {
            const one = kinds[name]!();
            return twice ? [one, { ...one }] : [one];
          });
          expect(whichPairingsHold(claims)).toEqual(claims.map(pairingHolds));
        },
      ),
      { numRuns: 8 },
    );
  });
  test('one bad among 64 is found, wherever it is, and nobody else is blamed', () => {
    for (const at of [0, 32, 63]) {
      const claims = Array.from({ length: 64 }, (_, i) => (i === at ? bad() : claim()));
      expect(whichPairingsHold(claims)).toEqual(claims.map((_, i) => i !== at));
    }
  });
  test('the same object twice, and none at all', () => {
    const [good, wrong] = [claim(), bad()];
    expect(whichPairingsHold([good, wrong, good, wrong])).toEqual([true, false, true, false]);
    expect(whichPairingsHold([])).toEqual([]);
  });
});

describe('errors that cancel each other', () => {
  const sumOf = (claims: readonly PairingClaim[], factors: readonly curve.Scalar[]): PairingClaim => ({
    lines: claims[0]!.lines,
    Abar: curve.msmG1(
      claims.map(({ Abar }) => Abar),
      factors,
    ),
    Bbar: curve.msmG1(
      claims.map(({ Bbar }) => Bbar),
      factors,
    ),
  });
  test('opposite errors pass a plain sum, and are both found', () => {
    const error = point();
    const claims = [claim(keys[0], error), claim(keys[0], negG1(error)), claim()];
    // Control: without weights the three would pass together.
    expect(pairingHolds(sumOf(claims, [ONE, ONE, ONE]))).toBe(true);
    expect(whichPairingsHold(claims)).toEqual([false, false, true]);
  });
  test('errors in a ratio pass weights that were known, and are both found', () => {
    const [three, five] = [scalarFromBigint(3n), scalarFromBigint(5n)];
    const error = point();
    const claims = [claim(keys[0], mulG1(error, five)), claim(keys[0], negG1(mulG1(error, three)))];
    // Control: who knows the weights chooses the errors.
    expect(pairingHolds(sumOf(claims, [three, five]))).toBe(true);
    expect(whichPairingsHold(claims)).toEqual([false, false]);
  });
  test('weights are drawn anew each time, and have 128 bits', () => {
    const drawn = Array.from({ length: 50 }, () => curve.scalarToBigint(curve.randomWeight()));
    expect(new Set(drawn).size).toBe(50);
    expect(drawn.every((weight) => weight > 0n && weight < 1n << 128n)).toBe(true);
    expect(drawn.some((weight) => weight >> 120n > 0n)).toBe(true);
  });
});

describe('how many pairings', () => {
  const count = (claims: readonly PairingClaim[]) => {
    pairings.mockClear();
    whichPairingsHold(claims);
    return pairings.mock.calls.length;
  };
  test('one for a batch that holds, one for each key', () => {
    expect(count(Array.from({ length: 20 }, () => claim()))).toBe(1);
    expect(count(Array.from({ length: 20 }, (_, i) => claim(keys[i % 2])))).toBe(2);
    expect(count([claim()])).toBe(1);
  });
  test('one bad among 64 costs a walk down the halves', () => {
    const claims = Array.from({ length: 64 }, (_, i) => (i === 40 ? bad() : claim()));
    expect(count(claims)).toBeLessThanOrEqual(2 * 7);
  });
  test('all bad costs no more than twice each by itself', () => {
    const claims = Array.from({ length: 64 }, bad);
    expect(count(claims)).toBeLessThanOrEqual(64 + 2 * 7 + 7);
    expect(whichPairingsHold(claims).some(Boolean)).toBe(false);
  });
});

test('one key however it was read: lines are kept by octets', () => {
  const { octets, lines } = keys[0]!.publicKey;
  expect(decodePublicKey(octets.slice()).lines).toBe(lines);
});
