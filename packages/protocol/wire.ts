/**
 * The atoms that messages are made of. Bytes travel as unpadded base64url; every length is fixed here, so a
 * message either has the right shape or is refused before anything looks at it.
 */
import { z } from 'zod';

export const textBytesMax = 10_000;
const base64url = /^[A-Za-z0-9_-]*$/;
const encodedLength = (bytes: number) => Math.ceil((bytes * 4) / 3);
const dayChars = 10;

/** Exactly `n` bytes as base64url. */
export const bytes = (n: number) => z.string().length(encodedLength(n)).regex(base64url);
/** At most `max` bytes as base64url. */
export const bytesUpTo = (max: number) => z.string().min(1).max(encodedLength(max)).regex(base64url);

/** Compressed point of G1, 48 bytes. Decoded (subgroup, canonical, not identity) in core only. */
export const point = bytes(48);
/** Compressed point of G2, 96 bytes: issuer keys, nothing else. */
export const issuerPoint = bytes(96);
export const scalar = bytes(32);
export const hash = bytes(32);
/** Compressed ristretto255 element. */
export const element = bytes(32);
/** ed25519 public key / X25519 public key. */
export const verifyingKey = bytes(32);
export const sealingKey = bytes(32);
export const signature = bytes(64);
/** A random identifier of 16 bytes: says nothing, joins nothing. */
export const id = bytes(16);
export const origin = z
  .string()
  .max(200)
  .regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/);
/** An OpenID issuer without a slash at its end: an origin, or one with a path. */
export const issuer = z
  .string()
  .max(200)
  .regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~-]+)*$/);
export const name = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9][a-z0-9.-]*$/);
/** A UTC day, `2026-11-23`: times are kept to the day where a finer one would join two things. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isOfTheCalendar);
/** A UTC instant with seconds, for expiry only. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/)
  .refine(isOfTheCalendar);
export const text = (max: number) => z.string().max(Math.min(max, textBytesMax));
export const count = z
  .int()
  .min(0)
  .max(2 ** 48);
export const index = count;
/** `sub`: base32 of a hash over the admission record, 52 characters. */
export const sub = z.string().regex(/^[a-z2-7]{52}$/);

export const checkpointSeen = z.strictObject({ size: count, root: hash });

/** Inclusion of one entry in the log: C2SP tlog-proof text (index, proof, checkpoint). */
export const tlogProof = z.string().max(16_000);

// The 31st of February has the shape of a day; Date takes it for the 3rd of March, and PostgreSQL for nothing.
function isOfTheCalendar(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, dayChars) === text.slice(0, dayChars);
}
