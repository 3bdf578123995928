/**
 * This registrar as an OpenID client of one provider: discovery kept for as long as the provider says, a
 * User-Agent on every call, code flow with PKCE where it is known, id tokens whose signature is verified, and
 * logout tokens. What the claims mean is the adapters' affair.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { unixSeconds } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import * as client from 'openid-client';
import type { AdapterNeeds, SignedOut, SignIn } from './adapter.ts';
import { type Kept, keptFor } from './cache-control.ts';
import type { ClientAlgorithm } from './config.ts';
import { logoutTokenCheck } from './logout-token.ts';
import { refusalOf } from './why-not.ts';

const timeoutSeconds = 8;
/** How far a provider's clock may be before ours. */
const skewSecondsMax = 60;
const discoveryBounds = { minSeconds: 300, maxSeconds: 86_400 };
const pkceMethod = 'S256';

/** As a provider's operators see us: what kind of program, and where it is. */
export const userAgentOf = (origin: string): string => `registrar/1.0 (${origin})`;

export interface Signed {
  issuer: string;
  subject: string;
  idToken: string;
  /** Of the id token. */
  claims: client.IDToken;
  userInfo: Record<string, unknown>;
}

export interface RelyingParty {
  authorizationUrl(signIn: SignIn, parameters: Record<string, string>): Promise<string>;
  /** Exchanges the code, verifies the id token, fetches user info if asked to. */
  receive(query: URLSearchParams, signIn: SignIn, withUserInfo: boolean): Promise<Signed>;
  signedOut(logoutToken: string): Promise<SignedOut>;
  fetch: typeof fetch;
}

interface Registration {
  issuer: string;
  clientId: string;
  authentication:
    | { method: 'private_key_jwt'; signing: ClientAlgorithm }
    | { method: 'client_secret_basic' | 'client_secret_post'; secret: string };
  /** The algorithm of request objects, if the request is to be signed. */
  requestSigning?: ClientAlgorithm;
}

export function relyingParty(registration: Registration, needs: AdapterNeeds): RelyingParty {
  const { clientId } = registration;
  const { clock, redirectUri } = needs;
  const ourFetch = namedFetch(userAgentOf(needs.origin));
  // Drawn anew at each start: who was under way then begins again, as their session is forgotten too.
  const pkceSecret = randomBytes(32);
  const verifierOf = (state: string) => createHmac('sha256', pkceSecret).update(state).digest('base64url');
  const checkLogout = logoutTokenCheck(clock);
  const metadata = keptFor(clock, discoveryBounds, () => discover(registration, needs, ourFetch));
  let jwks: client.ExportedJWKSCache | undefined;
  let logoutKeys: { uri: string; find: JWTVerifyGetKey } | undefined;

  const settings = async (): Promise<client.Configuration> => {
    const made = configured(await metadata.get(), registration, needs, ourFetch);
    if (jwks) client.setJwksCache(made, jwks);
    return made;
  };
  const pkceOf = async (server: client.ServerMetadata, state: string) =>
    knowsPkce(server)
      ? {
          code_challenge: await client.calculatePKCECodeChallenge(verifierOf(state)),
          code_challenge_method: pkceMethod,
        }
      : {};

  return {
    fetch: ourFetch,

    async authorizationUrl({ nonce, state }, parameters) {
      try {
        const made = await settings();
        const server = made.serverMetadata();
        const full = {
          redirect_uri: redirectUri,
          response_type: 'code',
          ...parameters,
          ...(await pkceOf(server, state)),
          nonce,
          state,
        };
        const { requestSigning } = registration;
        if (!requestSigning) return client.buildAuthorizationUrl(made, full).href;
        return (await withRequestObject(made, full, needs.keys[requestSigning]!)).href;
      } catch (error) {
        throw refusalOf(error);
      }
    },

    async receive(query, { nonce, state }, withUserInfo) {
      const answered = new URL(`${redirectUri}?${query}`);
      const made = await settings();
      const tokens = await client.authorizationCodeGrant(made, answered, {
        expectedNonce: nonce,
        expectedState: state,
        idTokenExpected: true,
        ...(knowsPkce(made.serverMetadata()) ? { pkceCodeVerifier: verifierOf(state) } : {}),
      });
      const claims = tokens.claims()!;
      if (claims.iat > unixSeconds(clock) + skewSecondsMax) throw new Refusal('evidence_refused');
      const userInfo = withUserInfo ? await client.fetchUserInfo(made, tokens.access_token, claims.sub) : {};
      jwks = client.getJwksCache(made);
      return { issuer: claims.iss, subject: claims.sub, idToken: tokens.id_token!, claims, userInfo };
    },

    async signedOut(logoutToken) {
      const { jwks_uri: uri, issuer: iss } = await metadata.get();
      if (uri === undefined) throw new Refusal('evidence_unavailable');
      if (logoutKeys?.uri !== uri)
        logoutKeys = {
          uri,
          find: createRemoteJWKSet(new URL(uri), {
            headers: { 'user-agent': userAgentOf(needs.origin) },
            timeoutDuration: timeoutSeconds * 1000,
          }),
        };
      return checkLogout(logoutToken, { issuer: iss, audience: clientId, keys: logoutKeys.find });
    },
  };
}

// Made anew each time: its clock skew follows ours, which a practice clock may have moved.
function configured(
  metadata: client.ServerMetadata,
  { clientId, authentication }: Registration,
  { keys, clock, mode }: AdapterNeeds,
  ourFetch: typeof fetch,
): client.Configuration {
  // Rounded down: an assertion of the future is refused, one of a second ago is not.
  const skewSeconds = Math.floor((clock.now().getTime() - Date.now()) / 1000);
  const settings = new client.Configuration(
    metadata,
    clientId,
    { [client.clockSkew]: skewSeconds },
    authenticationOf(authentication, metadata, keys),
  );
  settings.timeout = timeoutSeconds;
  settings[client.customFetch] = ourFetch as client.CustomFetch;
  client.enableNonRepudiationChecks(settings);
  if (mode === 'practice') client.allowInsecureRequests(settings);
  return settings;
}

function authenticationOf(
  authentication: Registration['authentication'],
  { token_endpoint }: client.ServerMetadata,
  keys: AdapterNeeds['keys'],
): client.ClientAuth {
  if (authentication.method !== 'private_key_jwt')
    return authentication.method === 'client_secret_basic'
      ? client.ClientSecretBasic(authentication.secret)
      : client.ClientSecretPost(authentication.secret);
  const { key, kid } = keys[authentication.signing]!;
  return client.PrivateKeyJwt(
    { key, kid },
    {
      // The token endpoint is the audience, as RFC 7523 has it and One Login wants it.
      [client.modifyAssertion]: (_header, payload) => {
        payload.aud = token_endpoint!;
      },
    },
  );
}

async function withRequestObject(
  made: client.Configuration,
  parameters: Record<string, string>,
  { key, kid }: { key: CryptoKey; kid: string },
): Promise<URL> {
  const { claims, vtr, response_type, scope } = parameters;
  const url = await client.buildAuthorizationUrlWithJAR(
    made,
    parameters,
    { key, kid },
    {
      [client.modifyAssertion]: (_header, payload) => {
        payload.aud = made.serverMetadata().authorization_endpoint!;
        // One Login takes the claims either way; its simulator only as text.
        if (claims !== undefined) payload.claims = claims;
        if (vtr !== undefined) payload.vtr = JSON.parse(vtr);
      },
    },
  );
  // These stand in both places and agree (OpenID Connect Core §6.1).
  url.searchParams.set('response_type', response_type!);
  url.searchParams.set('scope', scope!);
  return url;
}

async function discover(
  { issuer, clientId }: Registration,
  { mode }: AdapterNeeds,
  ourFetch: typeof fetch,
): Promise<Kept<client.ServerMetadata>> {
  let cacheControl: string | null = null;
  const listening: client.CustomFetch = async (url, options) => {
    const response = await ourFetch(url, options as RequestInit);
    cacheControl = response.headers.get('cache-control');
    return response;
  };
  try {
    const made = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
      timeout: timeoutSeconds,
      [client.customFetch]: listening,
      execute: mode === 'practice' ? [client.allowInsecureRequests] : [],
    });
    return { value: made.serverMetadata(), cacheControl };
  } catch {
    throw new Refusal('evidence_unavailable');
  }
}

const knowsPkce = (server: client.ServerMetadata): boolean =>
  server.code_challenge_methods_supported?.includes(pkceMethod) ?? false;

/** Fetch that says who is calling: some providers answer nobody else. */
function namedFetch(userAgent: string): typeof fetch {
  return (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('user-agent', userAgent);
    return fetch(input, { ...init, headers });
  };
}
