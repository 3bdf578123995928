/**
 * What others wrote, as it can be kept: PostgreSQL takes neither NUL nor half of a surrogate pair, and a hash
 * is over whole characters. Everything else stays as it was written; display-text.ts is about showing it.
 */

// With the u flag a surrogate matches only where it stands alone.
const unstorable = /\p{Surrogate}|\0/gu;

/** `value` with every text in it made storable. */
export function storable<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(unstorable, '\uFFFD');
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
}
