// Proofs of linear relations, compact form: spec/encoding.md "Proofs of linear relations".

import { shake128 } from '@noble/hashes/sha3.js';
import {
  decodeScalar,
  encodePoint,
  encodeScalar,
  G,
  mod,
  mul,
  O,
  type Point,
  randomScalar,
} from './group.ts';
import { label } from './label.ts';
import { join, LE4, must, numberOf, utf8 } from './octets.ts';

/** A term of the left side: coefficient · element. Element 0 is G. */
export type Image = readonly [element: number, coefficient: bigint];
/** A term of the right side: coefficient · scalar · element. */
export type Term = readonly [scalar: number, element: number, coefficient: bigint];
export type Relation = {
  /** Elements 1, 2, …; G is not among them. */
  readonly elements: readonly Point[];
  readonly equations: readonly { readonly image: readonly Image[]; readonly terms: readonly Term[] }[];
};

/** `image = Σ scalar·element` with coefficients of 1. */
export const equation = (image: number, ...terms: readonly (readonly [number, number])[]) => ({
  image: [[image, 1n] as Image],
  terms: terms.map(([scalar, element]): Term => [scalar, element, 1n]),
});

const suite = utf8('sigma-proofs_Shake128_BLS12381');
const pad = new Uint8Array(136);
const SHAKE128 = (message: Uint8Array, length: number) => shake128(message, { dkLen: length });

export const proofTag = (name: string, binding: Uint8Array): Uint8Array =>
  join(label(name), utf8('-CMPT-with-'), suite, LE4(binding.length), binding);

export function encodeRelation({ elements, equations }: Relation): Uint8Array {
  const parts = equations.flatMap(({ image, terms }) => [
    LE4(image.length),
    ...image.flatMap(([element, coefficient]) => [LE4(element), encodeScalar(coefficient)]),
    LE4(terms.length),
    ...terms.flatMap(([scalar, element, coefficient]) => [
      LE4(scalar),
      LE4(element),
      encodeScalar(coefficient),
    ]),
  ]);
  return join(LE4(equations.length), ...parts, ...elements.map(encodePoint));
}

export function prove(relation: Relation, witness: readonly bigint[], tag: Uint8Array): Uint8Array {
  check(relation, witness.length);
  return proveUnchecked(relation, witness, tag);
}

/** Proves what no verifier may take, too: for tests that cheat. */
export function proveUnchecked(relation: Relation, witness: readonly bigint[], tag: Uint8Array): Uint8Array {
  const nonces = witness.map(randomScalar);
  const firsts = relation.equations.map((_, j) => rightSide(relation, j, nonces));
  const c = challengeOf(relation, tag, firsts);
  return join(encodeScalar(c), ...witness.map((w, i) => encodeScalar(nonces[i]! + c * w)));
}

export function verify(relation: Relation, scalars: number, tag: Uint8Array, proof: Uint8Array): void {
  check(relation, scalars);
  must(proof.length === 32 * (1 + scalars), 'proof length');
  const [c, ...s] = Array.from({ length: 1 + scalars }, (_, i) =>
    decodeScalar(proof.slice(32 * i, 32 * (i + 1))),
  );
  const firsts = relation.equations.map((_, j) =>
    rightSide(relation, j, s).subtract(mul(leftSide(relation, j), c!)),
  );
  must(!firsts.some((T) => T.is0()), 'first message identity');
  must(challengeOf(relation, tag, firsts) === c, 'challenge');
}

const elementOf = ({ elements }: Relation, index: number): Point => (index === 0 ? G : elements[index - 1]!);

const leftSide = (relation: Relation, j: number): Point =>
  relation.equations[j]!.image.reduce(
    (sum, [element, coefficient]) => sum.add(mul(elementOf(relation, element), coefficient)),
    O,
  );

const rightSide = (relation: Relation, j: number, scalars: readonly bigint[]): Point =>
  relation.equations[j]!.terms.reduce(
    (sum, [scalar, element, coefficient]) =>
      sum.add(mul(elementOf(relation, element), coefficient * scalars[scalar]!)),
    O,
  );

function challengeOf(relation: Relation, tag: Uint8Array, firsts: readonly Point[]): bigint {
  const session = SHAKE128(join(utf8('irtf-cfrg-fiat-shamir/session-id'), pad, tag), 32);
  const octets = SHAKE128(join(session, pad, encodeRelation(relation), ...firsts.map(encodePoint)), 48);
  return mod(numberOf(octets.reverse()));
}

/** What is refused of a relation before any proof of it is looked at. */
function check(relation: Relation, scalars: number): void {
  must(!relation.elements.some((element) => element.is0()), 'element identity');
  const usedElements = new Set<number>();
  const usedScalars = new Set<number>();
  for (const [j, { image, terms }] of relation.equations.entries()) {
    must(!leftSide(relation, j).is0(), 'image identity');
    for (const [element] of image) usedElements.add(element);
    for (const [scalar, element] of terms) {
      usedElements.add(element);
      usedScalars.add(scalar);
    }
    for (const scalar of new Set(terms.map(([index]) => index))) {
      const only = Array.from({ length: scalars }, (_, i) => (i === scalar ? 1n : 0n));
      must(!rightSide(relation, j, only).is0(), 'terms cancel');
    }
  }
  must(
    relation.elements.every((_, i) => usedElements.has(i + 1)),
    'element unused',
  );
  must(usedScalars.size === scalars, 'scalar unused');
}
