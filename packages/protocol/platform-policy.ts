/** What a platform asks of the people it takes in, in its own words (PROTOCOL §4). Pure data. */
import { DISCLOSABLE } from '@answerable/core/presentation/schema';
import { z } from 'zod';
import { hashOf } from './canonical.ts';
import { messageLabels } from './labels.ts';
import * as wire from './wire.ts';

export const platformPolicy = z
  .strictObject({
    v: z.literal(1),
    platform: wire.name,
    title: wire.text(80),
    /** k: how many accounts one person may have here. */
    accountsMax: z.int().min(1).max(8),
    disclose: z.array(z.enum(DISCLOSABLE)).max(DISCLOSABLE.length),
    /** Grounds of the trust policy on which an account taken in under this policy can be opened. */
    grounds: z.array(wire.name).max(20),
    /** A platform's terms say that a sanction on the whole person shows which accounts are one. */
    sanctionsHoldThePerson: z.boolean(),
    resetNeedsModerator: z.boolean(),
    /** The platform insists on an e-mail address: the gateway makes one for each account, on its own domain. */
    relayAddress: z.boolean().optional(),
    /**
     * Whether people for whom a referee vouched are taken in like all others. A platform that does not says so
     * here, where everybody reads it; only with one of the two said does it see `assurance` at all.
     */
    vouched: z.enum(['accepted', 'refused']).optional(),
  })
  .refine(({ vouched, disclose }) => (vouched !== undefined) === disclose.includes('assurance'), {
    path: ['vouched'],
    message: 'said if and only if assurance is disclosed',
  });
export type PlatformPolicy = z.infer<typeof platformPolicy>;
export const platformPolicyHash = (policy: PlatformPolicy): string =>
  hashOf(messageLabels.platformPolicyHash, policy);
