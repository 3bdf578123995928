/**
 * Where a pseudonym holds: a typed tuple, so that no two kinds of place can ever collide. The same person has
 * one pseudonym per scope and nothing joins the pseudonyms of two scopes (PROTOCOL §4.1).
 */
import { z } from 'zod';
import { canonicalBytes } from './canonical.ts';
import { messageLabels } from './labels.ts';
import type { GatewayParty } from './trust-policy.ts';
import { name, origin } from './wire.ts';

export const scope = z.strictObject({
  /** How the gateway lets people in there: as an OpenID provider, or by invite codes of an AT Protocol server. */
  protocol: z.enum(['openid', 'atproto']),
  kind: z.literal('platform'),
  /** Origin of the gateway that asks; the trust policy must list it with this platform. */
  origin,
  platform: name,
});
export type Scope = z.infer<typeof scope>;

/**
 * The one scope of a platform. The trust policy says which protocol it speaks, and not the gateway: who could
 * choose would give one person two pseudonyms at one place, and the barred a way back. (DIVERGENCES D21)
 */
export const platformScope = (
  { origin, atproto }: Pick<GatewayParty, 'origin' | 'atproto'>,
  platform: string,
): Scope => ({
  protocol: atproto?.includes(platform) ? 'atproto' : 'openid',
  kind: 'platform',
  origin,
  platform,
});

/** Whether a scope is that of its platform behind `gateway`. Assumes that the policy lists the platform there. */
export function scopeHolds(gateway: Pick<GatewayParty, 'origin' | 'atproto'>, stated: Scope): boolean {
  const { protocol, origin } = platformScope(gateway, stated.platform);
  return stated.protocol === protocol && stated.origin === origin;
}

/** The context_id of the pseudonym drafts. */
export const scopeId = (value: Scope): Uint8Array => canonicalBytes(messageLabels.scope, value);
