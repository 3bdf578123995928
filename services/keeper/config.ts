/** What one keeper needs to run: plain JSON, checked before anything starts. */
import { z } from 'zod';

export const keeperConfig = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,59}$/),
  /** As it stands in the trust policy; default the name. */
  title: z.string().max(80).optional(),
  mode: z.enum(['production', 'practice']),
  host: z.string().max(200),
  port: z.int().min(0).max(65_535),
  origin: z.url().max(200),
  dataDir: z.string().min(1),
  databaseUrl: z.string().min(1),
  policyPath: z.string().min(1),
  /** For the ceremony, before a share exists: at least 32 characters. */
  operatorToken: z.string().min(32),
  /** How often the day's totals are looked at; they go to the log once a day. Default an hour. */
  censusSeconds: z.number().positive().optional(),
});
export type KeeperConfig = z.infer<typeof keeperConfig>;
