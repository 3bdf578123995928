/** What one practice forum needs to run. Started twice, under two names, it is Commons and Lantern. */
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

const token = z.string().min(32).max(200);

export const forumConfig = z.object({
  /** the platform's name: in items, and as client */
  name: wire.name,
  title: wire.text(80),
  /** one line under the title */
  about: wire.text(200).optional(),
  mode: z.enum(['production', 'practice']),
  host: z.string().max(200),
  port: z.int().min(1).max(65_535),
  origin: wire.origin,
  dataDir: z.string().min(1),
  databaseUrl: z.string().min(1),
  /** which of the three worlds it begins in; changed later by POST /admin/settings. Default `answerable` */
  rule: z.enum(['no-rule', 'ban', 'answerable']).optional(),
  gateway: z
    .strictObject({
      issuer: z.url(),
      clientId: z.string().min(1),
      clientSecret: token,
      /** with which it is asked what somebody may do here; without one nothing is asked */
      apiToken: token.optional(),
    })
    .nullable(),
  /** for the ban: the forum checks identities itself. Its public key is at /jwks.json, its address of return
   * /sign-up/verified */
  identityProvider: z.strictObject({ issuer: z.url(), clientId: z.string().min(1) }).nullable(),
  desk: z.strictObject({ origin: wire.origin }).nullable(),
  /** with which the desk acts here, and this forum reports there */
  connectorToken: token,
  adminToken: token,
  /** origins that may show this forum in a frame */
  frameAncestors: z.array(wire.origin).default([]),
});
export type ForumConfig = z.input<typeof forumConfig>;
export type ForumSettled = z.output<typeof forumConfig>;
