/** The gateway as NodeBB's sign-in plugin asks it: secret in the body, no PKCE, no nonce, then userinfo. */
import type { GatewayConfig } from '@answerable/gateway/config';
import type { Answered } from '@answerable/gateway/testing/scene';
import { z } from 'zod';

/** The plugin lets nobody in without these. */
const claims = z.object({ sub: z.string(), preferred_username: z.string(), email: z.email() });

export async function nodebbAsPlugin(
  { origin, platforms }: GatewayConfig,
  { browser, body }: Answered,
): Promise<z.infer<typeof claims>> {
  const { clientId, clientSecret, redirectUris } = platforms[0]!;
  const [redirect = ''] = redirectUris;
  const { url } = await browser.follow(body.resume ?? '', ({ href }) => href.startsWith(redirect));
  const response = await fetch(`${origin}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: new URL(url).searchParams.get('code') ?? '',
      redirect_uri: redirect,
      client_id: clientId,
      client_secret: clientSecret ?? '',
    }),
  });
  const { access_token } = z.object({ access_token: z.string() }).parse(await response.json());
  const told = await fetch(`${origin}/oidc/me`, { headers: { authorization: `Bearer ${access_token}` } });
  return claims.parse(await told.json());
}
