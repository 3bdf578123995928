/** What a platform asks of the people it takes in, in its own words (PROTOCOL §4). Pure data. */
import { z } from 'zod';
import { hashOf } from './canonical.ts';
import { messageLabels } from './labels.ts';
import * as wire from './wire.ts';

/** The credential's attributes in their signed order (PROTOCOL §3.5, §10); the nym secret follows, unnamed. */
export const attributeNames = [
  'lineage',
  'over_13',
  'over_16',
  'over_18',
  'residence',
  'assurance',
  'reset_recent',
  'name',
] as const;
export type AttributeName = (typeof attributeNames)[number];
/** Attributes that a platform may ask for. `lineage` stays hidden always; the nym secret has no name at all. */
export const disclosable = [
  'over_13',
  'over_16',
  'over_18',
  'residence',
  'assurance',
  'reset_recent',
  'name',
] as const;

export const platformPolicy = z.strictObject({
  v: z.literal(1),
  platform: wire.name,
  title: wire.text(80),
  /** k: how many accounts one person may have here. */
  accountsMax: z.int().min(1).max(8),
  disclose: z.array(z.enum(disclosable)).max(disclosable.length),
  /** Grounds of the trust policy on which an account taken in under this policy can be opened. */
  grounds: z.array(wire.name).max(20),
  /** A platform's terms say that a sanction on the whole person shows which accounts are one. */
  sanctionsHoldThePerson: z.boolean(),
  resetNeedsModerator: z.boolean(),
});
export type PlatformPolicy = z.infer<typeof platformPolicy>;
export const platformPolicyHash = (policy: PlatformPolicy): string =>
  hashOf(messageLabels.platformPolicyHash, policy);
