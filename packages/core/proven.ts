// A value that a verifier has verified. Only verifiers call `proven`; what comes next takes only `Proven<…>`,
// so the type checker refuses a value that nobody checked.

declare const checked: unique symbol;

export type Proven<T> = T & { readonly [checked]: true };

/** Marks what the caller has just verified. Call it on the last line of a verifier and nowhere else. */
export function proven<T>(value: T): Proven<T> {
  return value as Proven<T>;
}
