/**
 * One way to turn a message into bytes: RFC 8785 canonical JSON under a dated label. Everything that is
 * hashed, committed to or signed goes through here; nothing is hashed in any other form.
 */
import { concat, toBase64url, utf8 } from '@answerable/core/bytes';
import { Malformed } from '@answerable/core/errors';
import { sha256 } from '@answerable/core/hash';
import canonicalize from 'canonicalize';

/**
 * The canonical bytes of `value`, prefixed by `label` and a newline (no label holds a newline). Throws Malformed
 * for text with half of a surrogate pair in it: it has no UTF-8, and came from whoever sent the message.
 */
export function canonicalBytes(label: string, value: unknown): Uint8Array {
  if (!isWellFormed(value)) throw new Malformed('message', 'well-formed Unicode');
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError('value has no canonical JSON form');
  return concat(utf8(label + '\n'), utf8(json));
}

/** base64url SHA-256 of the canonical bytes. */
export function hashOf(label: string, value: unknown): string {
  return toBase64url(sha256(canonicalBytes(label, value)));
}

/** A salted commitment to a message: what the log carries in place of the message itself. */
export function commitmentTo(label: string, salt: string, value: unknown): string {
  return hashOf(label, { salt, value });
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return !/\p{Surrogate}/u.test(value);
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([key, inner]) => isWellFormed(key) && isWellFormed(inner));
}
