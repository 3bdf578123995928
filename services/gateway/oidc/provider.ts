/**
 * The OpenID provider that platforms see (PROTOCOL §4.3–4.4): code flow, claims by policy, back-channel logout.
 * There is no single sign-on: each sign-in is a signature by the account key of the wallet, so the provider's
 * own session never answers in its place, and one browser can hold accounts at several platforms unjoined.
 * Must never: give one platform a claim that another platform's policy asked for.
 */
import type { Clock } from '@answerable/kit/clock';
import { describeError, type Journal } from '@answerable/kit/journal';
import { problemOf } from '@answerable/kit/problem';
import type { Kysely } from 'kysely';
import type { Client, KoaContext, Provider } from 'oidc-provider';
import { breakGlassAccount } from '../break-glass/account.ts';
import { type GatewayConfig, requestSecondsDefault } from '../config.ts';
import { markBrowser } from '../own-cookie.ts';
import type { PolicyHistory } from '../policies/policy-history.ts';
import { platformClaims } from '../policy.ts';
import { relayAddress } from '../relay.ts';
import type { GatewayTables } from '../schema.ts';
import type { Account, GatewayStore } from '../store.ts';
import { oidcKeeper } from './adapter.ts';
import { clientOf, heldTo, requireNonce, returnsTo } from './clients.ts';
import type { KeySet } from './key-plan.ts';
import { Provider as OidcProvider } from './library.ts';
import {
  askEverybody,
  isAway,
  logoutSource,
  postLogoutSuccessSource,
  refuseLost,
  renderError,
  sayAway,
} from './pages.tsx';
import { keysBytesMax, reachPlatforms } from './reach-platforms.ts';

const codeSeconds = 60;
const tokenSeconds = 600;
const sessionSeconds = 900;
const logoutTokenSeconds = 120;
const keysAgeSeconds = 3600;
const mount = '/oidc';

export interface OidcParts {
  config: GatewayConfig;
  /** the set that signs, then the others that are shown */
  keys: readonly KeySet[];
  db: Kysely<GatewayTables>;
  store: GatewayStore;
  clock: Clock;
  platformPolicies: Pick<PolicyHistory, 'inForce'>;
  journal: Journal;
}

const interactionSecondsOf = ({ requestSeconds = requestSecondsDefault }: GatewayConfig): number =>
  2 * requestSeconds;

/** How long the longest-lived thing that a key signs is good for: so long is a key shown after its time. */
export const signedForMs = (config: GatewayConfig): number =>
  1000 *
  (logoutTokenSeconds + Math.max(tokenSeconds, sessionSeconds, codeSeconds, interactionSecondsOf(config)));

export function createProvider(parts: OidcParts): Provider {
  const { config, keys, db, store, clock, platformPolicies, journal } = parts;
  const practice = config.mode === 'practice';
  const interactionSeconds = interactionSecondsOf(config);
  const heldToPkce = heldTo(config, 'pkce');
  const sessionCookie = `${config.name}-session`;
  const keeper = oidcKeeper(db);
  const provider = new OidcProvider(config.origin + mount, {
    adapter: keeper.adapter,
    clients: config.platforms
      .filter(({ kind }) => kind !== 'bluesky')
      .map((platform) => clientOf(platform, config)),
    // The first of each kind signs; all of them verify.
    jwks: { keys: keys.flatMap((set) => set.keys) },
    cookies: {
      keys: keys.map(({ cookieKey }) => cookieKey),
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
        'claimed_account',
      ],
      profile: ['preferred_username', 'name'],
      email: ['email', 'email_verified'],
    },
    // Clients that never call userinfo exist: what a scope grants is in the id token too.
    conformIdTokenClaims: false,
    scopes: ['openid', 'profile', 'email'],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    // A `sub` is made for one account at one platform: nothing is left to be done to keep two platforms apart.
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (_ctx: unknown, accountId: string) => accountId,
    sectorIdentifierUriValidate: () => false,
    pkce: { required: (_ctx: unknown, { clientId }: { clientId: string }) => heldToPkce(clientId) },
    extraParams: { nonce: requireNonce(config) },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: logoutSource(config),
        postLogoutSuccessSource: postLogoutSuccessSource(config),
      },
    },
    interactions: {
      url: (ctx: KoaContext, { uid }: { uid: string }) => {
        markBrowser(ctx, config, uid, interactionSeconds);
        return `/interaction/${uid}`;
      },
    },
    ttl: {
      AccessToken: tokenSeconds,
      AuthorizationCode: codeSeconds,
      Grant: sessionSeconds,
      IdToken: tokenSeconds,
      Interaction: interactionSeconds,
      Session: sessionSeconds,
    },
    findAccount: async (ctx: KoaContext | undefined, sub: string) => {
      const asks = ctx?.oidc.client?.clientId;
      // An account is of one platform, and exists for no other, whatever session led here.
      const isTold = (name: string) =>
        asks === undefined || config.platforms.some((one) => one.name === name && one.clientId === asks);
      const found = await store.standingBySub(sub);
      if (!found) {
        const operator = breakGlassAccount(config, sub);
        return operator && isTold(operator.platform)
          ? { accountId: sub, claims: async () => operator.claims }
          : undefined;
      }
      const { account, sanctions, claimed } = found;
      if (!isTold(account.platform)) return undefined;
      const { policy } = await platformPolicies.inForce(account.platform);
      const email = policy.relayAddress ? await emailOf(account, config, store) : undefined;
      const claims = platformClaims({ ...account, email }, sanctions, clock.now());
      if (!claims) return undefined;
      const all = claimed === null ? claims : { ...claims, claimed_account: claimed };
      return { accountId: sub, claims: async () => all };
    },
    // The person has agreed in the wallet, to exactly what the policy asks: nothing more is to be asked here.
    loadExistingGrant: async ({ oidc }: KoaContext) => {
      const values = { accountId: oidc.session.accountId, clientId: oidc.client!.clientId };
      // All sessions of an account end together, so they have one name, by which platforms know them later.
      oidc.session.sidFor(values.clientId, values.accountId);
      const grant = new oidc.provider.Grant(values);
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
    renderError: renderError(config),
    fetch: reachPlatforms(practice, clock),
    fetchResponseBodyLimits: { jwks_uri: keysBytesMax },
  });
  // This provider's own class of clients: no other provider in this process is touched.
  provider.Client.prototype.postLogoutRedirectUriAllowed = function (this: Client, address) {
    return returnsTo(config, this.clientId, address);
  };
  // The library keeps its errors to itself, or prints them whole; both go where all others do.
  const tell = (error: unknown) => {
    if (problemOf(error).code === 'internal') journal.error('unexpected error', describeError(error));
  };
  provider.on('server_error', (ctx, error) => {
    tell(error);
    if (isAway(error)) sayAway(ctx as KoaContext);
  });
  provider.on('error', tell);
  provider.proxy = config.origin.startsWith('https:');
  provider.use(async (ctx, next) => {
    // Only who signs out is known by a session. The library takes its addresses in capitals too.
    if (!/^\/session\/end/i.test(ctx.path)) dropCookie(ctx, sessionCookie);
    await keeper.inOneCommit(next).catch((error) => refuseLost(ctx, config, error));
    if (ctx.oidc?.route === 'end_session' && ctx.status === 200) await askEverybody(ctx, config);
    // Platforms ask again in time to know the next key before it signs.
    if (ctx.path === '/jwks') ctx.set('cache-control', `public, max-age=${keysAgeSeconds}`);
  });
  return provider;
}

async function emailOf(
  account: Pick<Account, 'sub' | 'platform' | 'relay'>,
  config: GatewayConfig,
  store: GatewayStore,
): Promise<string | undefined> {
  return relayAddress(account.relay ?? (await store.relayOf(account)), config.relayDomain);
}

// Every sign-in begins a session of its own: an older one of this browser is neither used nor ended.
function dropCookie({ req }: KoaContext, name: string): void {
  const kept = (req.headers.cookie ?? '')
    .split(/; */)
    .filter((pair) => !pair.startsWith(`${name}=`) && !pair.startsWith(`${name}.sig=`));
  req.headers.cookie = kept.join('; ');
}
