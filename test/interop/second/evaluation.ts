// What a key share does to a point, and what t of them make: spec/escrow.md "Opening", spec/tag.md.

import { decodePoint, encodePoint, G, inverse, mod, mul, type Point, sum } from './group.ts';
import { I2OSP, isRefused, join, must } from './octets.ts';
import { equation, proofTag, prove, type Relation, verify } from './sigma.ts';

export type Keys = {
  readonly threshold: number;
  readonly verificationKeys: readonly Uint8Array[];
};
/** Octets of one participant: index 1, D 48, proof 64. */
export type Share = Uint8Array;
/** Which proof, and what it is bound to. */
export type Bound = { readonly name: string; readonly binding: Uint8Array };
export type Combined = {
  readonly point: Point | undefined;
  /** Those whose share did not hold, as `from` names them. */
  readonly bad: readonly number[];
};

const relation = (X: Point, B: Point, D: Point): Relation => ({
  elements: [X, B, D],
  equations: [equation(1, [0, 0]), equation(3, [0, 2])],
});

export function evaluate(index: number, y: bigint, B: Point, { name, binding }: Bound): Share {
  const D = mul(B, y);
  const proof = prove(relation(mul(G, y), B, D), [y], proofTag(name, binding));
  return join(I2OSP(index, 1), encodePoint(D), proof);
}

/** D of participant `from`, or refuses. */
export function checkShare(
  keys: Keys,
  from: number,
  B: Point,
  { name, binding }: Bound,
  share: Share,
): Point {
  must(share.length === 113 && share[0] === from, 'share');
  const X = keys.verificationKeys[from - 1];
  must(X !== undefined, 'index');
  const D = decodePoint(share.slice(1, 49));
  verify(relation(decodePoint(X), B, D), 1, proofTag(name, binding), share.slice(49));
  return D;
}

/** λ_i for the value at zero. */
export function lagrange(indexes: readonly number[]): bigint[] {
  must(new Set(indexes).size === indexes.length, 'an index twice');
  return indexes.map((i) =>
    indexes
      .filter((j) => j !== i)
      .reduce((product, j) => mod(product * BigInt(j) * inverse(BigInt(j - i))), 1n),
  );
}

/** Σ λ_i·D_i over t good shares; undefined while there are fewer. */
export function combine(
  keys: Keys,
  B: Point,
  bound: Bound,
  shares: readonly { readonly from: number; readonly share: Share }[],
): Combined {
  const good = new Map<number, Point>();
  const bad = new Set<number>();
  for (const { from, share } of shares) {
    const refused = isRefused(() => good.set(from, checkShare(keys, from, B, bound, share)));
    if (refused) bad.add(from);
  }
  const used = [...good].slice(0, keys.threshold);
  if (used.length < keys.threshold) return { point: undefined, bad: [...bad] };
  const lambda = lagrange(used.map(([index]) => index));
  const point = sum(...used.map(([, D], at) => [lambda[at]!, D] as const));
  return { point, bad: [...bad] };
}
