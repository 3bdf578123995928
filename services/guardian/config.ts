/** What one guardian needs to run: plain JSON, checked before anything starts. */
import { databaseUrl, serviceFields, token } from '@answerable/kit/config';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

export const guardianConfig = z.strictObject({
  ...serviceFields,
  databaseUrl,
  /** As people read it: `The Bar Council of Nowhere`. */
  title: wire.text(80),
  /** For ceremony, genesis and sign-in links: at least 32 characters. */
  operatorToken: token,
  /** Origins besides our own that may show the console in a frame (the practice tour). */
  frameAncestors: z.array(wire.origin).max(10).optional(),
  /** How often the outbox and the notice dates are looked at. Default half a second. */
  tickSeconds: z.number().positive().max(3600).optional(),
});
export type GuardianConfig = z.infer<typeof guardianConfig>;
