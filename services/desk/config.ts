/** What one desk needs to run: plain JSON, checked before anything starts. */
import { type PlatformSettings, platformSettings } from '@answerable/connector/settings';
import { databaseUrl, serviceFields, token } from '@answerable/kit/config';
import { mailConfig } from '@answerable/kit/mail';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

export const deskConfig = z.strictObject({
  ...serviceFields,
  /** absent where the desk stands alone: then no account can be opened through it */
  policyPath: serviceFields.policyPath.optional(),
  databaseUrl,
  title: wire.text(80).optional(),
  /** the platform that this desk decides for, reached through its connector; absent: as set in the browser */
  platform: platformSettings.optional(),
  /** the gateway of this trust domain, token both ways; without one, accounts are all that can be held */
  gateway: z.strictObject({ origin: wire.origin, token }).nullable(),
  /** for sign-in links of the people who work here: POST /operator/sign-in-links; absent: there is none */
  signInToken: token.optional(),
  /** whether a bar needs two people; default true. A shut page always does. */
  barNeedsSecond: z.boolean().optional(),
  /** nobody else works here: what needs a second person is for the panel of other forums; default as set up */
  oneModerator: z.boolean().optional(),
  /** days for which a closed case is kept whole, and at least until it cannot be appealed; default 365 */
  retentionDays: z.int().min(1).max(36_500).optional(),
  /** hours after which an unconfirmed hold is over; default 12 */
  holdHours: z.number().positive().max(48).optional(),
  /** hours that a confirmed hold lasts from then; default 72 */
  confirmedHoldHours: z.number().positive().max(168).optional(),
  /** countries the service is for, ISO 3166; the first is the one whose signposts are shown; default GB */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .max(31)
    .optional(),
  /** for notices to other companies; without it they are handed over by a person */
  mail: mailConfig.optional(),
  /** how many reverse proxies of our own stand before the desk, for limits on strangers; default 0 */
  proxies: z.int().min(0).max(5).optional(),
  howToComplain: wire.text(300).optional(),
  rightToClaim: wire.text(300).optional(),
  /** how often clocks and unfinished effects are looked at; default 1 */
  tickSeconds: z.number().positive().max(3600).optional(),
  /** origins besides our own that may show the console in a frame (the practice tour) */
  frameAncestors: z.array(wire.origin).max(10).optional(),
});
/** What a desk that stands alone can be told beside its address and its data. */
export const deskFieldsMore = deskConfig
  .omit({ name: true, mode: true, host: true, port: true, origin: true, dataDir: true, databaseUrl: true })
  .extend({ gateway: deskConfig.shape.gateway.default(null) });
/** What the operator wrote. */
export type DeskFile = z.infer<typeof deskConfig>;
/** The same with what was set in the browser: what the desk works with. */
export type DeskConfig = DeskFile & { platform: PlatformSettings };
