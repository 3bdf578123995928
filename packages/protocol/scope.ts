/**
 * Where a pseudonym holds: a typed tuple, so that no two kinds of place can ever collide. The same person has
 * one pseudonym per scope and nothing joins the pseudonyms of two scopes (PROTOCOL §4.1).
 */
import { z } from 'zod';
import { canonicalBytes } from './canonical.ts';
import { messageLabels } from './labels.ts';
import { name, origin } from './wire.ts';

export const scope = z.strictObject({
  protocol: z.literal('openid'),
  kind: z.literal('platform'),
  /** Origin of the gateway that asks; the trust policy must list it with this platform. */
  origin,
  platform: name,
});
export type Scope = z.infer<typeof scope>;

/** The context_id of the pseudonym drafts. */
export const scopeId = (value: Scope): Uint8Array => canonicalBytes(messageLabels.scope, value);
