/** What an authority's tool needs to run: plain JSON, checked before anything starts. */
import { serviceFields, token } from '@answerable/kit/config';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

export const authorityConfig = z.strictObject({
  ...serviceFields,
  title: wire.text(80),
  /** For genesis and sign-in links: at least 32 characters. */
  operatorToken: token,
  /** Where each platform's desk takes requests. */
  desks: z.record(wire.name, wire.origin),
  /** Origins besides our own that may show these pages in a frame (the practice tour). */
  frameAncestors: z.array(wire.origin).max(10).optional(),
  /** How often open inquiries are looked at. Default 1. */
  tickSeconds: z.number().positive().max(3600).optional(),
});
export type AuthorityConfig = z.infer<typeof authorityConfig>;
