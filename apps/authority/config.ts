/** What an authority's tool needs to run: plain JSON, checked before anything starts. */
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

export const authorityConfig = z.strictObject({
  /** as the trust policy lists it */
  name: wire.name,
  title: wire.text(80),
  mode: z.enum(['production', 'practice']),
  host: z.string().max(200),
  port: z.int().min(0).max(65_535),
  origin: wire.origin,
  dataDir: z.string().min(1),
  policyPath: z.string().min(1),
  /** For genesis and sign-in links: at least 32 characters. */
  operatorToken: z.string().min(32),
  /** Where each platform's desk takes requests. */
  desks: z.record(wire.name, wire.origin),
  /** Origins besides our own that may show these pages in a frame (the practice tour). */
  frameAncestors: z.array(wire.origin).max(10).optional(),
  /** How often open inquiries are looked at. Default 1. */
  tickSeconds: z.number().positive().max(3600).optional(),
});
export type AuthorityConfig = z.infer<typeof authorityConfig>;
