/** What the registrar needs to run: plain JSON, checked before anything starts. */
import { databaseUrl, serviceFields, token } from '@answerable/kit/config';
import { z } from 'zod';
import { evidenceConfig } from './evidence/config.ts';

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
  /** Cadence of record leaves into the log, in seconds: 600, a second or two for trying. */
  batchSeconds: z.number().positive().optional(),
  /** How often the day's census is looked at, in seconds. */
  censusSeconds: z.number().positive().optional(),
  /** How long one enrolment may take, in seconds. */
  sessionSeconds: z.number().positive().optional(),
});
export type RegistrarConfig = z.infer<typeof registrarConfig>;

export const batchSecondsDefault = 600;
export const censusSecondsDefault = 3600;
export const sessionSecondsDefault = 3600;
