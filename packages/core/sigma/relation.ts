// Linear relations over G1: draft-irtf-cfrg-sigma-protocols, "Linear relations". A statement is declared once,
// by name; prover and verifier take the same object. Declaring checks it (draft, "Instance validation"), so a
// relation that exists is valid: no element and no image is the identity, every name is used.
//
// Must never: be declared over a sum computed beforehand in place of its parts (the draft's "Instance
// security"): what is not an element of the relation is not bound by the proof.

import { concat } from '../bytes.ts';
import {
  encodeG1,
  encodeScalar,
  equalG1,
  type G1,
  G1_BASE,
  isIdentityG1,
  msmG1,
  mulScalar,
  ONE,
  type Scalar,
} from '../curve.ts';
import { assert, Malformed } from '../errors.ts';
import { littleEndian } from './codec.ts';

/** The generator is element 0 of every relation and is not declared. */
export const GENERATOR = 'G';
const INDEX_BYTES = 4;

export type ImageTerm = { readonly element: number; readonly coefficient: Scalar };
export type Term = ImageTerm & { readonly scalar: number };
export type Equation = { readonly image: readonly ImageTerm[]; readonly terms: readonly Term[] };

declare const valid: unique symbol;
/** A valid instance of the draft; only `validated` makes one. */
export type Relation = {
  readonly [valid]: true;
  readonly witness: readonly string[];
  readonly elements: readonly G1[];
  readonly equations: readonly Equation[];
};

type Side<Name> = readonly (Name | readonly [element: Name, coefficient: Scalar])[];
type Products<Witness, Name> = readonly (
  | readonly [scalar: Witness, element: Name]
  | readonly [scalar: Witness, element: Name, coefficient: Scalar]
)[];

/** What an author writes: `image = Σ scalar·element`, in names. Order of declaration is order of indices. */
export type Declaration<Name extends string, Witness extends string> = {
  readonly elements: Readonly<Record<Name, G1>>;
  readonly witness: readonly Witness[];
  readonly equations: readonly {
    readonly image: Side<Name | typeof GENERATOR>;
    readonly terms: Products<Witness, Name | typeof GENERATOR>;
  }[];
};

/** Compiles a declaration ("Specifying the relation"). Throws Malformed if its elements make it invalid. */
export function linearRelation<Name extends string, Witness extends string>(
  declaration: Declaration<Name, Witness>,
): Relation {
  const names: string[] = [GENERATOR, ...Object.keys(declaration.elements)];
  const element = (name: string) => names.indexOf(name);
  const scalar = (name: string) => (declaration.witness as readonly string[]).indexOf(name);
  return validated({
    witness: declaration.witness,
    elements: [G1_BASE, ...(Object.values(declaration.elements) as G1[])],
    equations: declaration.equations.map(({ image, terms }) => ({
      image: image.map((term) =>
        typeof term === 'string'
          ? { element: element(term), coefficient: ONE }
          : { element: element(term[0]), coefficient: term[1] },
      ),
      terms: terms.map(([s, e, coefficient]) => ({
        scalar: scalar(s),
        element: element(e),
        coefficient: coefficient ?? ONE,
      })),
    })),
  });
}

/** ValidateInstance, checks 1–10 of the draft. Throws Malformed. */
export function validated(instance: Pick<Relation, 'witness' | 'elements' | 'equations'>): Relation {
  const { elements, equations, witness } = instance;
  const need = (holds: boolean, shape: string) => {
    if (!holds) throw new Malformed('relation', shape);
  };
  need(equations.length > 0, 'at least one equation');
  need(
    equations.every(({ image, terms }) => image.length > 0 && terms.length > 0),
    'an image and terms in every equation',
  );
  const used = new Set<number>();
  const bound = new Set<number>();
  for (const { image, terms } of equations) {
    for (const term of [...image, ...terms]) used.add(term.element);
    for (const term of terms) bound.add(term.scalar);
  }
  need(
    [...used].every((i) => i >= 0 && i < elements.length),
    'references to declared elements',
  );
  need(
    [...bound].every((i) => i >= 0 && i < witness.length),
    'references to declared scalars',
  );
  need(
    elements.every((_, i) => i === 0 || used.has(i)),
    'no element that is not used',
  );
  need(
    witness.every((_, i) => bound.has(i)),
    'no scalar that is not bound',
  );
  need(elements[0] !== undefined && equalG1(elements[0], G1_BASE), 'the generator first');
  need(!elements.some(isIdentityG1), 'no element that is the identity');
  const relation = instance as Relation;
  need(!images(relation).some(isIdentityG1), 'no image that is the identity');
  need(
    witness.every((_, s) => equations.some(({ terms }) => !isIdentityG1(column(elements, terms, s)))),
    'no scalar whose terms cancel',
  );
  return relation;
}

function column(elements: readonly G1[], terms: readonly Term[], s: number): G1 {
  const own = terms.filter((term) => term.scalar === s);
  if (own.length === 1 && own[0]!.coefficient === ONE) return elements[own[0]!.element]!;
  return msmG1(
    own.map((term) => elements[term.element]!),
    own.map((term) => term.coefficient),
  );
}

/** image(instance): the left side of every equation. */
export function images({ elements, equations }: Relation): G1[] {
  return equations.map(({ image }) =>
    image.length === 1 && image[0]!.coefficient === ONE
      ? elements[image[0]!.element]!
      : msmG1(
          image.map((term) => elements[term.element]!),
          image.map((term) => term.coefficient),
        ),
  );
}

/** map(instance, scalars): the right side of every equation. */
export function map({ elements, equations, witness }: Relation, scalars: readonly Scalar[]): G1[] {
  assert(scalars.length === witness.length, 'as many scalars as the relation declares');
  return equations.map(({ terms }) =>
    msmG1(
      terms.map((term) => elements[term.element]!),
      terms.map((term) => mulScalar(term.coefficient, scalars[term.scalar]!)),
    ),
  );
}

/** SerializeLinearRelation. */
export function encodeRelation({ elements, equations }: Relation): Uint8Array {
  const le = (n: number) => littleEndian(n, INDEX_BYTES);
  const rows = equations.map(({ image, terms }) =>
    concat(
      le(image.length),
      ...image.map((term) => concat(le(term.element), encodeScalar(term.coefficient))),
      le(terms.length),
      ...terms.map((term) => concat(le(term.scalar), le(term.element), encodeScalar(term.coefficient))),
    ),
  );
  return concat(le(equations.length), ...rows, ...elements.slice(1).map(encodeG1));
}
