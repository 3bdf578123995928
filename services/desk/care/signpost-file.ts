/**
 * The dated file of signposts, read once and checked. Every entry says with what it was compared and when, and
 * on what basis: `stored-copy` is a kept copy of the page and may be older than the day; `live-page` is the page
 * itself. A wrong number does harm: what is not certain is not in the file.
 * Must never: be changed in place; a new comparison is a new file, or an admin's record (compare-signposts.ts).
 */
import { readFileSync } from 'node:fs';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

const fileName = 'signposts-2026-11-27.json';
/** `ZZ`: anywhere that has none of its own */
const country = z.string().regex(/^[A-Z]{2}$/);
const compared = {
  source: z.url({ protocol: /^https?$/ }).max(400),
  compared: wire.day,
  basis: z.enum(['stored-copy', 'live-page']),
};
const signpost = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{2,40}$/),
  country,
  /** a part of the country where this one works */
  area: z.string().min(2).max(60).optional(),
  name: z.string().min(2).max(60),
  how: z.string().min(6).max(90),
  /** shown beside a post too, where room is short */
  beside: z.boolean(),
  ...compared,
});
const emergency = z.strictObject({
  country,
  number: z.string().regex(/^\d{2,4}( or \d{2,4})?$/),
  policeNotUrgent: z
    .string()
    .regex(/^\d{2,8}$/)
    .optional(),
  ...compared,
});
export const signpostFile = z.strictObject({
  signposts: z.array(signpost).min(1).max(500),
  emergency: z.array(emergency).min(1).max(300),
});
export type SignpostEntry = z.infer<typeof signpost>;
export type EmergencyEntry = z.infer<typeof emergency>;

const read = () => signpostFile.parse(JSON.parse(readFileSync(new URL(fileName, import.meta.url), 'utf8')));

/** Throws at start if the file does not hold. */
export const { signposts: signpostEntries, emergency: emergencyEntries } = read();
