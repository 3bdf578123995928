/** Platforms as OpenID clients: each with its own way to prove itself, its own algorithm, and what it is held to. */
import type { GatewayConfig, PlatformConfig } from '../config.ts';
import { errors } from './library.ts';

export function clientOf(platform: PlatformConfig, { origin }: GatewayConfig): Record<string, unknown> {
  return {
    client_id: platform.clientId,
    token_endpoint_auth_method: platform.clientAuth ?? 'client_secret_basic',
    client_name: platform.policy.title,
    redirect_uris: platform.redirectUris,
    post_logout_redirect_uris: platform.postLogoutRedirectUris ?? [],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    id_token_signed_response_alg: platform.idTokenAlg ?? 'RS256',
    // A platform may have several addresses; it is one sector all the same. A name: nobody fetches it.
    sector_identifier_uri: `https://${new URL(origin).host}/oidc/sector/${platform.name}`,
    ...(platform.clientSecret ? { client_secret: platform.clientSecret } : {}),
    ...(platform.clientJwks ? { jwks: platform.clientJwks } : {}),
    ...(platform.clientJwksUri ? { jwks_uri: platform.clientJwksUri } : {}),
    // Some platforms (Synapse) end what bears the `sid` of the logout token, and take none without.
    ...(platform.backchannelLogoutUri
      ? { backchannel_logout_uri: platform.backchannelLogoutUri, backchannel_logout_session_required: true }
      : {}),
  };
}

/**
 * Clients that know neither PKCE nor nonce exist; who sends one is held to it, and who can is asked always where
 * the settings say so.
 */
export function heldTo({ platforms }: GatewayConfig, what: 'pkce' | 'nonce') {
  const held = new Set(
    platforms.filter(({ holdTo }) => holdTo?.includes(what)).map(({ clientId }) => clientId),
  );
  return (clientId: string): boolean => held.has(clientId);
}

/**
 * Whether a platform may have people sent there once they have signed out: an address that its settings name, letter
 * for letter, or a page of an origin that they name. Nothing goes along but the platform's own `state`.
 */
export function returnsTo({ platforms }: GatewayConfig, clientId: string, address: string): boolean {
  const platform = platforms.find((one) => one.clientId === clientId);
  if (platform?.postLogoutRedirectUris?.includes(address)) return true;
  if (!platform?.postLogoutOrigins || !URL.canParse(address)) return false;
  const { origin, username, password } = new URL(address);
  return platform.postLogoutOrigins.includes(origin) && username === '' && password === '';
}

/** Throws the library's own refusal, which goes back to the platform. */
export function requireNonce(config: GatewayConfig) {
  const held = heldTo(config, 'nonce');
  return (_ctx: unknown, nonce: string | undefined, client: { clientId: string }) => {
    if (!nonce && held(client.clientId)) throw new errors.InvalidRequest('this client sends a nonce');
  };
}
