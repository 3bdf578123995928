/** What the registrar needs to run: plain JSON, checked before anything starts. */
import { databaseUrl, serviceFields, token } from '@answerable/kit/config';
import { issuerKeysMax } from '@answerable/protocol/trust-policy';
import { z } from 'zod';
import { refereeLimits } from './console/vouch-store.ts';
import { evidenceConfig } from './evidence/config.ts';
import type { RecordDays } from './record-days.ts';

export const registrarConfig = z.strictObject({
  ...serviceFields,
  databaseUrl,
  /** As it stands in the trust policy; default the name. */
  title: z.string().max(80).optional(),
  /** For signing the first trust policy: at least 32 characters. */
  operatorToken: token,
  /** How people show who they are, one adapter a route; `id` as in the trust policy. */
  evidence: z
    .array(evidenceConfig)
    .max(20)
    .refine((routes) => new Set(routes.map(({ id }) => id)).size === routes.length, 'two routes with one id'),
  /** How many people referees may vouch for; a field left out has a safe default. */
  referees: refereeLimits.optional(),
  /** Cadence of record leaves into the log, in seconds: 600, a second or two for trying. */
  batchSeconds: z.number().positive().optional(),
  /** How often the day's census is looked at, in seconds. */
  censusSeconds: z.number().positive().optional(),
  /** Days between asking for the end of a record and saying it again; any device can stop it meanwhile. */
  endWaitDays: z.int().min(0).optional(),
  /** Days after an end for which the sealed identity is kept. */
  retentionDays: z.int().min(0).optional(),
  /** Days after an end until the last bar of anywhere can have expired: then nothing finds the person again. */
  tagsKeptDays: z.int().min(0).optional(),
  /** Issuer keys to draw for the first policy, which says from when each signs; default 1. */
  issuerKeys: z.int().min(1).max(issuerKeysMax).optional(),
  /** How many reverse proxies of our own stand before the registrar, for limits on strangers; default 0. */
  proxies: z.int().min(0).max(5).optional(),
  /** How long one enrolment may take, in seconds. */
  sessionSeconds: z.number().positive().optional(),
});
export type RegistrarConfig = z.infer<typeof registrarConfig>;

export const batchSecondsDefault = 600;
export const censusSecondsDefault = 3600;
export const sessionSecondsDefault = 3600;

/** A week: long enough for the person to see it on another device, and to think again. */
export const recordDaysDefault: RecordDays = { endWaitDays: 7, retentionDays: 365, tagsKeptDays: 5 * 365 };
