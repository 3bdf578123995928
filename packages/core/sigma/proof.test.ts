import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { utf8 } from '../bytes.ts';
import {
  decodeScalarOrZero,
  type G1,
  IDENTITY_G1,
  invScalar,
  mulG1,
  mulScalar,
  negScalar,
  ONE,
  randomScalar,
  SCALAR_BYTES,
  scalarToBigint,
  subScalar,
  ZERO,
} from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { G, G_REC, H } from './bases.ts';
import { proofTag, proveBatchable, proveCompact, verifyBatchable, verifyCompact } from './proof.ts';
import { linearRelation } from './relation.ts';

const tag = proofTag('proofRecord', utf8('here'));
const dleq = (X: G1, Y: G1) =>
  linearRelation({
    elements: { H, X, Y },
    witness: ['x'],
    equations: [
      { image: ['X'], terms: [['x', 'G']] },
      { image: ['Y'], terms: [['x', 'H']] },
    ],
  });
const x = randomScalar();
const statement = dleq(mulG1(G, x), mulG1(H, x));

describe('one statement object, prover and verifier', () => {
  test('what is proved verifies, in both forms', () => {
    verifyCompact(tag, statement, proveCompact(tag, statement, [x]));
    verifyBatchable(tag, statement, proveBatchable(tag, statement, [x]));
  });

  test('any flipped bit of a proof is refused', () => {
    const proof = proveCompact(tag, statement, [x]);
    fc.assert(
      fc.property(fc.nat(proof.length - 1), fc.nat(7), (at, bit) => {
        const altered = proof.slice();
        altered[at]! ^= 1 << bit;
        expect(() => verifyCompact(tag, statement, altered)).toThrow();
      }),
      { numRuns: 40 },
    );
  });

  test('another tag, another binding, another statement: refused', () => {
    const proof = proveCompact(tag, statement, [x]);
    const other = dleq(mulG1(G, x), mulG1(H, randomScalar()));
    expect(() => verifyCompact(proofTag('proofRecord', utf8('there')), statement, proof)).toThrow(
      ProofFailed,
    );
    expect(() => verifyCompact(proofTag('proofOpeningShare', utf8('here')), statement, proof)).toThrow(
      ProofFailed,
    );
    expect(() => verifyCompact(tag, other, proof)).toThrow(ProofFailed);
  });

  test('proving what is not so is a bug, not a proof', () => {
    expect(() => proveCompact(tag, statement, [randomScalar()])).toThrow('bug');
  });
});

describe('a generator that always gives the same octets', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const stuck = () =>
    vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((octets) => {
      (octets as unknown as Uint8Array).fill(7);
      return octets;
    });
  const scalarAt = (proof: Uint8Array, i: number) =>
    decodeScalarOrZero(proof.slice(i * SCALAR_BYTES, (i + 1) * SCALAR_BYTES));
  /** What two proofs with one nonce give away: (s1 − s2) / (c1 − c2). */
  const recovered = (a: Uint8Array, b: Uint8Array) =>
    scalarToBigint(
      mulScalar(
        subScalar(scalarAt(a, 1), scalarAt(b, 1)),
        invScalar(subScalar(scalarAt(a, 0), scalarAt(b, 0))),
      ),
    );

  test('gives no witness away over two statements, or two tags', () => {
    const other = dleq(mulG1(G, x), mulG1(H, x));
    const elsewhere = linearRelation({
      elements: { X: mulG1(G, x), R: mulG1(G_REC, x), G_REC },
      witness: ['x'],
      equations: [
        { image: ['X'], terms: [['x', 'G']] },
        { image: ['R'], terms: [['x', 'G_REC']] },
      ],
    });
    stuck();
    const here = proveCompact(tag, other, [x]);
    for (const again of [
      proveCompact(tag, elsewhere, [x]),
      proveCompact(proofTag('proofRecord', utf8('there')), other, [x]),
    ])
      expect(recovered(here, again)).not.toBe(scalarToBigint(x));
    verifyCompact(tag, other, here);
  });

  test('gives the scalars of one proof nonces of their own', () => {
    const y = randomScalar();
    const relation = linearRelation({
      elements: { X: mulG1(G, x), Y: mulG1(G, y) },
      witness: ['x', 'y'],
      equations: [
        { image: ['X'], terms: [['x', 'G']] },
        { image: ['Y'], terms: [['y', 'G']] },
      ],
    });
    stuck();
    const proof = proveCompact(tag, relation, [x, y]);
    // One nonce for both would make s_x − s_y = c·(x − y).
    const difference = scalarToBigint(subScalar(scalarAt(proof, 1), scalarAt(proof, 2)));
    expect(difference).not.toBe(scalarToBigint(mulScalar(scalarAt(proof, 0), subScalar(x, y))));
  });
});

describe('relations that attest nothing are refused', () => {
  const image = (elements: Record<string, G1>, names: [string, typeof ONE][]) => () =>
    linearRelation({ elements, witness: ['x'], equations: [{ image: names, terms: [['x', 'G']] }] });

  test('an element that is the identity', () => {
    expect(image({ X: IDENTITY_G1 }, [['X', ONE]])).toThrow(Malformed);
  });
  test('an image that sums to the identity, which zero would satisfy', () => {
    const X = mulG1(G, x);
    expect(
      image({ X, Z: X }, [
        ['X', ONE],
        ['Z', negScalar(ONE)],
      ]),
    ).toThrow(Malformed);
    expect(image({ X }, [['X', ZERO]])).toThrow(Malformed);
    expect(image({ X }, [['X', ONE]])).not.toThrow();
  });
  test('an element nobody uses, a scalar nobody binds, terms that cancel', () => {
    const X = mulG1(G, x);
    const equation = { image: ['X' as string], terms: [['x', 'G']] as const };
    expect(() => linearRelation({ elements: { X, G_REC }, witness: ['x'], equations: [equation] })).toThrow(
      Malformed,
    );
    expect(() => linearRelation({ elements: { X }, witness: ['x', 'y'], equations: [equation] })).toThrow(
      Malformed,
    );
    const cancelling = {
      image: ['X'] as const,
      terms: [
        ['x', 'G'],
        ['x', 'G', negScalar(ONE)],
      ] as const,
    };
    expect(() => linearRelation({ elements: { X }, witness: ['x'], equations: [cancelling] })).toThrow(
      Malformed,
    );
  });
});
