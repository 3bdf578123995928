/**
 * The account that an emergency sign-in opens: one a platform, always the same, with nobody behind it, and saying
 * so. It is in no table of accounts and is nobody's pseudonym; no member's account can be reached this way.
 */
import { fromBase64url, toBase32 } from '@answerable/core/bytes';
import { hashOf } from '@answerable/protocol/canonical';
import { messageLabels } from '@answerable/protocol/labels';
import type { GatewayConfig, PlatformConfig } from '../config.ts';
import { relayAddress } from '../relay.ts';

/** Nobody can be taken in under it: a handle has no hyphen. */
const handle = 'gateway-operator';

export const breakGlassSub = ({ name: gateway }: Pick<GatewayConfig, 'name'>, platform: string): string =>
  toBase32(fromBase64url(hashOf(messageLabels.breakGlass, { gateway, platform })));

/** Which platform it is at, and what that is told of it; undefined for every other `sub`. */
export function breakGlassAccount(
  config: GatewayConfig,
  sub: string,
): { platform: string; claims: Record<string, unknown> } | undefined {
  const platform = config.platforms.find(({ name }) => breakGlassSub(config, name) === sub);
  if (!platform) return undefined;
  const claims = { sub, preferred_username: handle, answerable: false, ...addressOf(platform, config) };
  return { platform: platform.name, claims };
}

function addressOf({ name, policy }: PlatformConfig, { relayDomain }: GatewayConfig): object {
  if (!policy.relayAddress || !relayDomain) return {};
  return { email: relayAddress(`operator-${name}`, relayDomain), email_verified: true };
}
