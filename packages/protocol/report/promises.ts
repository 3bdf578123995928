/**
 * desk → gateway, POST /desk/promises: what the policy of a platform promises to people about being judged, so that
 * the desk keeps it: steps and times. For each account named, the steps that may be taken against it.
 */
import { z } from 'zod';
import { clocks } from '../platform-policy.ts';
import * as wire from '../wire.ts';
import { ladder } from './sanction.ts';

/** Accounts in one question; who asks of more asks several times. */
export const promisedSubsMax = 100;

export const promisesRequest = z.strictObject({
  /** as scope and trust policy call it */
  platform: wire.name,
  subs: z.array(wire.sub).max(promisedSubsMax),
});

const steps = z
  .array(
    z.strictObject({
      step: z.enum(ladder),
      daysMax: z.int().min(1).nullable(),
      /** it holds one account and never its person */
      accountOnly: z.literal(true).optional(),
    }),
  )
  .max(ladder.length);
export const promisesResponse = z.strictObject({
  /** hash of the policy in force */
  policy: wire.hash,
  steps,
  clocks: clocks.nullable(),
  /** accounts of this platform only; others are left out */
  accounts: z.array(z.strictObject({ sub: wire.sub, steps })).max(promisedSubsMax),
});
export type PromisesResponse = z.infer<typeof promisesResponse>;
