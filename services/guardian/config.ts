/** What one guardian needs to run: plain JSON, checked before anything starts. */
import { databaseUrl, serviceFields, token } from '@answerable/kit/config';
import { trustPolicy } from '@answerable/protocol/trust-policy';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

export const guardianConfig = z.strictObject({
  ...serviceFields,
  databaseUrl,
  /** As people read it: `The Bar Council of Nowhere`. */
  title: wire.text(80),
  /** For ceremony, genesis and sign-in links: at least 32 characters. */
  operatorToken: token,
  /** For the ceremony and nothing else: may be given to another organisation that conducts it. */
  ceremonyToken: token.optional(),
  /** Where this organisation publishes the wallet too: as whom and by which key, for the first policy. */
  releases: trustPolicy.shape.releases.optional(),
  /** Origins besides our own that may show the console in a frame (the practice tour). */
  frameAncestors: z.array(wire.origin).max(10).optional(),
  /** How often the outbox and the notice dates are looked at. Default half a second. */
  tickSeconds: z.number().positive().max(3600).optional(),
});
export type GuardianConfig = z.infer<typeof guardianConfig>;
