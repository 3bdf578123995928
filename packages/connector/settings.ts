/**
 * How a platform is reached: one shape per kind, so that a set-up page and a configuration file say the same.
 * `connectorToken` is what the platform itself shows when it sends reports; what it then says counts as seen.
 */
import { token } from '@answerable/kit/config';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

const secretCharsMax = 500;

/** Never journalled, never shown again. */
const secret = z.string().min(8).max(secretCharsMax);
const common = {
  name: wire.name,
  title: wire.text(80).optional(),
  connectorToken: token.optional(),
  /** takes reports from servers of the Fediverse, of these hosts or of anybody */
  fediverse: z
    .strictObject({ accept: z.union([z.literal('anybody'), z.array(z.string().max(200)).min(1).max(1_000)]) })
    .optional(),
};
const account = z.string().min(1).max(100);
/** did:plc or did:web, as the AT Protocol allows */
const did = z
  .string()
  .max(300)
  .regex(/^did:(plc:[a-z2-7]{24}|web:[a-zA-Z0-9.-]+(%3A\d{1,5})?)$/);

/** A forum that speaks the protocol's own connector (packages/protocol/report/connector.ts). */
const answerable = z.strictObject({
  ...common,
  kind: z.literal('answerable').optional(),
  origin: wire.origin,
  connectorToken: token,
});
const mastodon = z.strictObject({
  ...common,
  kind: z.literal('mastodon'),
  origin: wire.origin,
  /** access token of an account with the role that docs/platforms/mastodon.md names */
  token: secret,
  /** of the webhook for report.created */
  webhookSecret: secret.optional(),
});
const nodebb = z.strictObject({
  ...common,
  kind: z.literal('nodebb'),
  origin: wire.origin,
  token: secret,
  /** a token for everybody needs to be told for whom it acts */
  uid: z.int().min(1).optional(),
  /** of its sign-in plugin, through which members come from the gateway; without it, called as the platform is */
  strategy: z
    .string()
    .regex(/^[\w-]{1,60}$/)
    .optional(),
});
const discourse = z.strictObject({
  ...common,
  kind: z.literal('discourse'),
  origin: wire.origin,
  token: secret,
  /** the account that the key acts as */
  username: account,
  webhookSecret: secret.optional(),
});
/** `!hide`, `!warn`, or a name of the labeler's own. A takedown is an act of its own, and no label. */
const label = z
  .string()
  .max(100)
  .regex(/^!?[a-z]+(-[a-z]+)*$/)
  .refine((name) => !['!takedown', '!suspend'].includes(name));
/** An Ozone that the operator runs; labels are signed in its name. */
const labeler = z.strictObject({
  did,
  origin: wire.origin,
  adminPassword: secret,
  /** the labels it sets, by what they say; default `!hide` and `!warn` */
  labels: z
    .strictObject({ hidden: label.optional(), restricted: label.optional() })
    // Else the end of one would take the other away.
    .refine(({ hidden = '!hide', restricted = '!warn' }) => hidden !== restricted)
    .optional(),
});
const bluesky = z.strictObject({
  ...common,
  kind: z.literal('bluesky'),
  /** of the personal data server */
  origin: wire.origin,
  adminPassword: secret,
  /** the account in whose name e-mails to account holders are sent */
  senderDid: did.optional(),
  labeler: labeler.optional(),
  /** for reports: who we are to those who send them, and where their keys are looked up */
  reports: z.strictObject({ serviceDid: did, resolver: wire.origin }).optional(),
});
const webhook = z.strictObject({
  ...common,
  kind: z.literal('webhook'),
  origin: wire.origin,
  /** where acts are posted, below the origin */
  path: z
    .string()
    .max(200)
    .regex(/^\/[\w./-]*$/),
  secret: token,
});
const byHand = z.strictObject({
  ...common,
  kind: z.literal('by-hand'),
  /** where people find the platform */
  origin: wire.origin.optional(),
});

export const platformSettings = z.discriminatedUnion('kind', [
  answerable,
  mastodon,
  nodebb,
  discourse,
  bluesky,
  webhook,
  byHand,
]);
export type PlatformSettings = z.infer<typeof platformSettings>;
export type PlatformKind = NonNullable<PlatformSettings['kind']>;
export type SettingsOf<K extends PlatformKind> = Extract<PlatformSettings, { kind: K }>;
