/** What one keeper needs to run: plain JSON, checked before anything starts. */
import { databaseUrl, serviceFields, token } from '@answerable/kit/config';
import { z } from 'zod';

export const keeperConfig = z.strictObject({
  ...serviceFields,
  databaseUrl,
  /** As it stands in the trust policy; default the name. */
  title: z.string().max(80).optional(),
  /** For the ceremony, before a share exists: at least 32 characters. */
  operatorToken: token,
  /** For the ceremony and nothing else: may be given to another organisation that conducts it. */
  ceremonyToken: token.optional(),
  /** How often the day's totals are looked at; they go to the log once a day. Default an hour. */
  censusSeconds: z.number().positive().optional(),
});
export type KeeperConfig = z.infer<typeof keeperConfig>;
