/** POST /interaction/:request/cancel: the person goes back to the platform without signing in. */
import type { Context } from 'hono';
import { dropClaim } from './claims/claim-page.tsx';
import { findInteraction, requireOwnPage } from './interaction.ts';
import type { GatewayParts } from './parts.ts';

export function cancelInteraction(parts: GatewayParts) {
  return async (c: Context) => {
    requireOwnPage(c, parts.config.origin);
    const interaction = await findInteraction(c, parts);
    await dropClaim(c, parts);
    interaction.result = { error: 'access_denied' };
    await interaction.persist();
    return c.redirect(interaction.returnTo, 303);
  };
}
