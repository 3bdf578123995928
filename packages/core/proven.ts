// A value that a verifier has verified. Only verifiers call `proven`; what comes next takes only `Proven<…>`,
// so the type checker refuses a value that nobody checked, and `assertProven` a cast past the type checker.

import { assert } from './errors.ts';

declare const checked: unique symbol;

export type Proven<T> = T & { readonly [checked]: true };

const known = new WeakSet<object>();

/** Marks what the caller has just verified. Call it on the last line of a verifier and nowhere else. */
export function proven<T>(value: T): Proven<T> {
  if (typeof value === 'object' && value !== null) known.add(Object.freeze(value));
  return value as Proven<T>;
}

/** A bug, not bad input: somebody passed on an object that no verifier returned. */
export function assertProven(value: object): void {
  assert(known.has(value), 'only what a verifier returned is acted upon');
}
