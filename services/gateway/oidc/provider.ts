/**
 * The OpenID provider that platforms see (PROTOCOL §4.3–4.4): code flow, claims by policy, back-channel logout.
 * There is no single sign-on: each sign-in is a signature by the account key of the wallet, so the provider's
 * own session never answers in its place, and one browser can hold accounts at several platforms unjoined.
 * Must never: give one platform a claim that another platform's policy asked for.
 */
import type { Clock } from '@answerable/kit/clock';
import type { Kysely } from 'kysely';
import type { KoaContext, Provider } from 'oidc-provider';
import { type GatewayConfig, type PlatformConfig, requestSecondsDefault } from '../config.ts';
import { platformOf } from '../parts.ts';
import { platformClaims } from '../policy.ts';
import { relayAddress } from '../relay.ts';
import type { GatewayTables } from '../schema.ts';
import type { Account, GatewayStore } from '../store.ts';
import { oidcAdapter } from './adapter.ts';
import type { OidcKeys } from './keys.ts';
import { Provider as OidcProvider } from './library.ts';

const codeSeconds = 60;
const tokenSeconds = 600;
const sessionSeconds = 900;
const mount = '/oidc';

export interface OidcParts {
  config: GatewayConfig;
  keys: OidcKeys;
  db: Kysely<GatewayTables>;
  store: GatewayStore;
  clock: Clock;
}

export function createProvider({ config, keys, db, store, clock }: OidcParts): Provider {
  const practice = config.mode === 'practice';
  const interactionSeconds = 2 * (config.requestSeconds ?? requestSecondsDefault);
  const sessionCookie = `${config.name}-session`;
  const provider = new OidcProvider(config.origin + mount, {
    adapter: oidcAdapter(db),
    clients: config.platforms.filter(({ kind }) => kind !== 'bluesky').map(clientOf),
    jwks: keys.jwks,
    cookies: {
      keys: keys.cookieKeys,
      names: {
        session: sessionCookie,
        interaction: `${config.name}-interaction`,
        resume: `${config.name}-resume`,
      },
    },
    claims: {
      openid: [
        'sub',
        'answerable',
        'standing',
        'over_13',
        'over_16',
        'over_18',
        'residence',
        'assurance',
        'reset_recent',
      ],
      profile: ['preferred_username', 'name'],
      email: ['email', 'email_verified'],
    },
    // Clients that never call userinfo exist: what a scope grants is in the id token too.
    conformIdTokenClaims: false,
    scopes: ['openid', 'profile', 'email'],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    // Clients that know neither PKCE nor nonce exist (NodeBB); who sends a challenge is held to it.
    pkce: { required: () => false },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
    },
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    ttl: {
      AccessToken: tokenSeconds,
      AuthorizationCode: codeSeconds,
      Grant: sessionSeconds,
      IdToken: tokenSeconds,
      Interaction: interactionSeconds,
      Session: sessionSeconds,
    },
    findAccount: async (_ctx: unknown, sub: string) => {
      const account = await store.accountBySub(sub);
      if (!account) return undefined;
      const email = await emailOf(account, config, store);
      const claims = platformClaims({ ...account, email }, await store.sanctionsOf(account), clock.now());
      return claims && { accountId: sub, claims: async () => claims };
    },
    // The person has agreed in the wallet, to exactly what the policy asks: nothing more is to be asked here.
    loadExistingGrant: async ({ oidc }: KoaContext) => {
      const values = { accountId: oidc.session.accountId, clientId: oidc.client!.clientId };
      const grant = new oidc.provider.Grant(values);
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
    renderError,
    // Practice platforms live on loopback, which the provider's own dispatcher refuses to reach.
    ...(practice ? { fetch: withoutDispatcher } : {}),
  });
  provider.proxy = config.origin.startsWith('https:');
  provider.use(async (ctx, next) => {
    if (ctx.path.startsWith('/auth')) dropCookie(ctx, sessionCookie);
    await next();
  });
  return provider;
}

async function emailOf(
  account: Account,
  config: GatewayConfig,
  store: GatewayStore,
): Promise<string | undefined> {
  const { policy } = platformOf(config, { name: account.platform });
  if (!policy.relayAddress) return undefined;
  return relayAddress(account.relay ?? (await store.relayOf(account)), config.relayDomain);
}

function clientOf(platform: PlatformConfig): Record<string, unknown> {
  return {
    client_id: platform.clientId,
    token_endpoint_auth_method: platform.clientAuth ?? 'client_secret_basic',
    client_secret: platform.clientSecret,
    client_name: platform.policy.title,
    redirect_uris: platform.redirectUris,
    post_logout_redirect_uris: platform.postLogoutRedirectUris ?? [],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    id_token_signed_response_alg: 'RS256',
    ...(platform.backchannelLogoutUri ? { backchannel_logout_uri: platform.backchannelLogoutUri } : {}),
  };
}

// Every sign-in begins a session of its own: an older one of this browser is neither used nor ended.
function dropCookie({ req }: KoaContext, name: string): void {
  const kept = (req.headers.cookie ?? '')
    .split(/; */)
    .filter((pair) => !pair.startsWith(`${name}=`) && !pair.startsWith(`${name}.sig=`));
  req.headers.cookie = kept.join('; ');
}

const withoutDispatcher = (url: string, options: Record<string, unknown>) => {
  const { dispatcher: _, ...rest } = options;
  return globalThis.fetch(url, rest as RequestInit);
};

const pagePolicy = "default-src 'none'; style-src 'none'; form-action 'self'; frame-ancestors 'none'";
const plainPage = (ctx: KoaContext, title: string, body: string) => {
  ctx.set('content-security-policy', pagePolicy);
  ctx.type = 'html';
  ctx.body =
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${title}</title></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
};

async function renderError(ctx: KoaContext): Promise<void> {
  plainPage(ctx, 'This sign-in did not work', '<p>Please go back to the platform and start again.</p>');
}
async function logoutSource(ctx: KoaContext, form: string): Promise<void> {
  const button = '<button type="submit" form="op.logoutForm" value="yes" name="logout">Sign out</button>';
  plainPage(ctx, 'Sign out', form + button);
}
async function postLogoutSuccessSource(ctx: KoaContext): Promise<void> {
  plainPage(ctx, 'You are signed out', '<p>You can close this page.</p>');
}
