/**
 * What a credential says about a person, in a closed vocabulary (PROTOCOL §3.5): predicates and bands only.
 * A value outside it could mark one person, so wallets refuse it. The signed messages are the values' octets
 * in the order of `attributeNames`; the nym secret comes after them and has no name.
 */
import { utf8 } from '@answerable/core/bytes';
import { z } from 'zod';
import { type AttributeName, attributeNames } from '../platform-policy.ts';
import { Refusal } from '../refusal.ts';
import * as wire from '../wire.ts';

const yesNo = z.enum(['yes', 'no']);

/** Every attribute with every value that it may have. */
export const attributes = z.strictObject({
  /** 32 random bytes, the same over resets, never disclosed. */
  lineage: wire.bytes(32),
  over_13: yesNo,
  over_16: yesNo,
  over_18: yesNo,
  /** What the evidence shows, not where somebody is now. */
  residence: z.enum(['uk', 'elsewhere', 'unknown']),
  /** Level of confidence of the identity proof (GPG 45). */
  assurance: z.enum(['low', 'medium', 'high']),
  reset_recent: yesNo,
  /** Blank unless the person wants to be named. */
  name: z.literal(''),
});
export type Attributes = z.infer<typeof attributes>;

/** The messages that the issuer signs, eight of them. */
export const attributeMessages = (values: Attributes): Uint8Array[] =>
  attributeNames.map((name) => utf8(values[name]));

/** The value of one disclosed attribute, from its octets. Refuses what is not in the vocabulary. */
export function readAttribute<N extends AttributeName>(name: N, octets: Uint8Array): Attributes[N] {
  const result = attributes.shape[name].safeParse(new TextDecoder().decode(octets));
  if (!result.success) throw new Refusal('malformed', `attributes.${name}`);
  return result.data as Attributes[N];
}
