/** What the logbook needs to run: plain JSON, checked before anything starts. */
import { databaseUrl, serviceFields } from '@answerable/kit/config';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

export const logbookConfig = z.strictObject({
  ...serviceFields,
  databaseUrl,
  title: wire.text(80),
  /** First line of every checkpoint and name of the log key, for ever: such as `log.example.org/network`. */
  logName: z
    .string()
    .max(100)
    .regex(/^[a-z0-9][a-z0-9./:-]*$/),
  /** A batch is appended every so often, whatever happened. */
  cadenceSeconds: z.number().positive(),
  /** Entries per batch; what is missing is filled up, what is more waits for the next. */
  entriesPerBatch: z.int().min(1).max(256),
  /** How long a witness may take to answer; default 2. */
  witnessSeconds: z.number().positive().optional(),
  /** Parties that may submit besides those of the trust policy, such as the launcher for the policy itself. */
  submitters: z.array(z.strictObject({ name: wire.name, signingKey: wire.verifyingKey })).optional(),
  /** Witnesses besides those of the trust policy. */
  witnesses: z.array(z.strictObject({ verifierKey: wire.text(200), origin: wire.origin })).optional(),
});
export type LogbookConfig = z.infer<typeof logbookConfig>;
