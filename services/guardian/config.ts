/** What one guardian needs to run: plain JSON, checked before anything starts. */
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

export const guardianConfig = z.strictObject({
  name: wire.name,
  /** As people read it: `The Bar Council of Nowhere`. */
  title: wire.text(80),
  mode: z.enum(['production', 'practice']),
  host: z.string().max(200),
  port: z.int().min(0).max(65_535),
  origin: wire.origin,
  dataDir: z.string().min(1),
  databaseUrl: z.string().min(1),
  policyPath: z.string().min(1),
  /** For ceremony, genesis and sign-in links: at least 32 characters. */
  operatorToken: z.string().min(32),
  /** Origins besides our own that may show the console in a frame (the practice tour). */
  frameAncestors: z.array(wire.origin).max(10).optional(),
  /** How often the outbox and the notice dates are looked at. Default 1. */
  tickSeconds: z.number().positive().max(3600).optional(),
});
export type GuardianConfig = z.infer<typeof guardianConfig>;
