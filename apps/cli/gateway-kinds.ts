/**
 * The platforms that `answerable gateway add` knows: the shape of each as a client, and what somebody types there.
 * docs/platforms has one page for each; the shapes are those that the gateway's contract tests sign in with.
 */
import type { PlatformSettings } from './gateway-settings.ts';

export const kinds = ['nodebb', 'discourse', 'mastodon', 'matrix', 'wordpress', 'bluesky', 'openid'] as const;
export type Kind = (typeof kinds)[number];

export interface Address {
  /** of the platform, without a path */
  origin: string;
  name: string;
  /** of the gateway */
  gateway: string;
}

export interface KnownKind {
  title: string;
  clientAuth: 'client_secret_basic' | 'client_secret_post';
  /** where people come back to; undefined: --callback must say */
  callback?: (at: Address) => string;
  /** back-channel logout, where the platform has it */
  logout?: (at: Address) => string;
  /** it names another page after each signing out */
  returnsAnywhere?: boolean;
  /** what it always sends, and is refused without */
  holdTo?: readonly ('pkce' | 'nonce')[];
  /** the platform takes nobody without an e-mail address */
  needsAddress: boolean;
  /** what the connector's token is there; absent: acts are by hand */
  token?: string;
  connector: (at: Address, token: string | undefined, actAs: string | undefined) => object;
  /** it obeys by a file of ours, and has no token: what to do there with a secret that is drawn here */
  obeys?: (secret: string) => readonly string[];
  /** label and value of each field, in the order in which they stand there */
  fields: (at: Address, client: Client) => readonly (readonly [string, string])[];
  /** where to find these fields */
  where: string;
  /** what has to be done there after that */
  after?: string;
  /** how to see that it works */
  tryIt: (at: Address) => string;
}

export interface Client {
  clientId: string;
  clientSecret: string;
}

/** So long does the plugin remember who began, from its login page on; by itself 180, too short for a first visit to the wallet. */
const wordpressStateSeconds = 1800;

const issuer = ({ gateway }: Address) => `${gateway}/oidc`;
const byHand = ({ origin, name }: Address) => ({ kind: 'by-hand', name, origin });

export const knownKinds: Record<Kind, KnownKind> = {
  nodebb: {
    title: 'NodeBB',
    clientAuth: 'client_secret_post',
    callback: ({ origin, name }) => `${origin}/auth/${name}/callback`,
    needsAddress: true,
    token: 'a token of Admin > Manage > API Access, with the User ID of an administrator',
    connector: ({ origin, name }, token) => ({ kind: 'nodebb', name, origin, token }),
    where:
      'Admin > Plugins > Multiple OAuth2 (nodebb-plugin-sso-oauth2-multiple) > New Endpoint; the rest stays empty',
    fields: (at, { clientId, clientSecret }) => [
      ['Enabled', 'on'],
      ['Name', at.name],
      ['"Login" Label Text', 'Continue with your wallet'],
      ['"Register" Label Text', 'Continue with your wallet'],
      ['Authorization URL', `${issuer(at)}/auth`],
      ['Token URL', `${issuer(at)}/token`],
      ['Client ID', clientId],
      ['Client Secret', clientSecret],
      ['User Info URL', `${issuer(at)}/me`],
      ['Scope', 'openid profile email'],
      ['Adjustments > Automatically confirm emails…', 'on'],
    ],
    after: 'Then Confirm, and Restart at the foot of the same menu: NodeBB reads this at its start.',
    tryIt: ({ origin, name }) => `open ${origin}/auth/${name} in a fresh browser window`,
  },
  discourse: {
    title: 'Discourse',
    clientAuth: 'client_secret_basic',
    holdTo: ['nonce'],
    callback: ({ origin }) => `${origin}/auth/oidc/callback`,
    returnsAnywhere: true,
    needsAddress: true,
    token:
      'an API key of Admin > API, for one user with "global" or the scopes of docs/platforms/discourse.md',
    connector: ({ origin, name }, token, actAs = 'system') => ({
      kind: 'discourse',
      name,
      origin,
      token,
      username: actAs,
    }),
    where:
      'Admin > Login & authentication > OpenID Connect (before 2025: Admin > Settings, the plugin’s own)',
    fields: (at, { clientId, clientSecret }) => [
      ['openid connect enabled', 'on'],
      ['openid connect discovery document', `${issuer(at)}/.well-known/openid-configuration`],
      ['openid connect client id', clientId],
      ['openid connect client secret', clientSecret],
      ['openid connect authorize scope', 'openid profile email'],
      ['openid connect match by email', 'off'],
      ['openid connect allow association change', 'off'],
      ['openid connect use pkce', 'on'],
    ],
    tryIt: ({ origin }) =>
      `open ${origin} in a fresh browser window, press "Log In", then "with OpenID Connect"`,
  },
  mastodon: {
    title: 'Mastodon',
    clientAuth: 'client_secret_basic',
    holdTo: ['nonce'],
    callback: ({ origin }) => `${origin}/auth/auth/openid_connect/callback`,
    needsAddress: true,
    token:
      'an access token of Preferences > Development, with admin:read and admin:write of accounts and reports',
    connector: ({ origin, name }, token) => ({ kind: 'mastodon', name, origin, token }),
    where: '.env.production, then restart mastodon-web',
    fields: (at, { clientId, clientSecret }) => [
      ['OIDC_ENABLED', 'true'],
      ['OIDC_DISPLAY_NAME', at.name],
      ['OIDC_ISSUER', issuer(at)],
      ['OIDC_DISCOVERY', 'true'],
      ['OIDC_SCOPE', 'openid,profile,email'],
      ['OIDC_USE_PKCE', 'true'],
      ['OIDC_UID_FIELD', 'preferred_username'],
      ['OIDC_CLIENT_ID', clientId],
      ['OIDC_CLIENT_SECRET', clientSecret],
      ['OIDC_REDIRECT_URI', `${at.origin}/auth/auth/openid_connect/callback`],
      ['OIDC_SECURITY_ASSUME_EMAIL_IS_VERIFIED', 'true'],
      ['ALLOW_UNSAFE_AUTH_PROVIDER_REATTACH', 'false'],
    ],
    tryIt: ({ origin }) => `open ${origin}/auth/sign_in and choose the gateway`,
  },
  matrix: {
    title: 'Matrix (Synapse)',
    clientAuth: 'client_secret_basic',
    holdTo: ['pkce', 'nonce'],
    callback: ({ origin }) => `${origin}/_synapse/client/oidc/callback`,
    logout: ({ origin }) => `${origin}/_synapse/client/oidc/backchannel_logout`,
    needsAddress: false,
    connector: byHand,
    where: 'homeserver.yaml, under oidc_providers, then restart Synapse',
    fields: (at, { clientId, clientSecret }) => [
      ['idp_id', at.name],
      ['idp_name', at.name],
      ['issuer', issuer(at)],
      ['client_id', clientId],
      ['client_secret', clientSecret],
      ['client_auth_method', 'client_secret_basic'],
      ['scopes', '["openid", "profile"]'],
      ['backchannel_logout_enabled', 'true'],
      ['user_mapping_provider.config.subject_claim', 'sub'],
      ['user_mapping_provider.config.localpart_template', '"{{ user.preferred_username }}"'],
      ['user_mapping_provider.config.confirm_localpart', 'false'],
    ],
    tryIt: ({ origin }) => `sign in to ${origin} with a Matrix app and choose the gateway`,
  },
  wordpress: {
    title: 'WordPress',
    clientAuth: 'client_secret_post',
    callback: ({ origin }) => `${origin}/wp-admin/admin-ajax.php?action=openid-connect-authorize`,
    returnsAnywhere: true,
    needsAddress: true,
    connector: ({ origin, name }, secret) => ({
      kind: 'webhook',
      name,
      origin,
      path: '/wp-admin/admin-post.php',
      secret,
    }),
    obeys: (secret) => [
      'So that a bar holds there (without it a member can come in by a password of their own):',
      '  copy packages/connector/wordpress/answerable.php into wp-content/mu-plugins/',
      '  and put this line into wp-config.php, above "stop editing":',
      `  define( 'ANSWERABLE_SECRET', '${secret}' );`,
    ],
    where: 'Settings > OpenID Connect Client (plugin OpenID Connect Generic)',
    fields: (at, { clientId, clientSecret }) => [
      ['Login Type', 'OpenID Connect button on login form'],
      ['Client ID', clientId],
      ['Client Secret Key', clientSecret],
      ['OpenID Scope', 'openid profile email'],
      ['Login Endpoint URL', `${issuer(at)}/auth`],
      ['Userinfo Endpoint URL', `${issuer(at)}/me`],
      ['Token Validation Endpoint URL', `${issuer(at)}/token`],
      ['End Session Endpoint URL', `${issuer(at)}/session/end`],
      // Accounts are found by `sub` whatever stands here; this becomes the name in their pages' addresses.
      ['Identity Key', 'preferred_username'],
      ['Nickname Key', 'preferred_username'],
      ['Email Formatting', '{email}'],
      ['Display Name Formatting', '{preferred_username}'],
      ['State time limit', String(wordpressStateSeconds)],
      ['Link Existing Users', 'off'],
      ['Create user if does not exist', 'on'],
    ],
    tryIt: ({ origin }) => `open ${origin}/wp-login.php and press "Login with OpenID Connect"`,
  },
  bluesky: {
    title: 'Bluesky PDS',
    clientAuth: 'client_secret_basic',
    needsAddress: false,
    token: 'the admin password of the server (PDS_ADMIN_PASSWORD)',
    connector: ({ origin, name }, token) => ({ kind: 'bluesky', name, origin, adminPassword: token }),
    where: 'pds.env, then restart the server',
    fields: () => [['PDS_INVITE_REQUIRED', 'true']],
    tryIt: ({ gateway, name }) => `open ${gateway}/join/${name}`,
  },
  openid: {
    title: 'a platform that signs in with OpenID Connect',
    clientAuth: 'client_secret_basic',
    needsAddress: false,
    connector: byHand,
    where: 'its settings for an OpenID provider',
    fields: (at, { clientId, clientSecret }) => [
      ['Issuer', issuer(at)],
      ['Discovery', `${issuer(at)}/.well-known/openid-configuration`],
      ['Client ID', clientId],
      ['Client secret', clientSecret],
      ['Scope', 'openid profile'],
      ['Field for the account', 'sub'],
      ['Field for the name shown', 'preferred_username'],
    ],
    tryIt: ({ origin }) => `sign in at ${origin}`,
  },
};

/** Fields of the settings that every platform of this kind begins with. */
export function clientOf(
  kind: Kind,
  at: Address,
  client: Client,
  given: { callback?: string | undefined; logout?: string | undefined },
): Partial<PlatformSettings> {
  if (kind === 'bluesky') return { kind: 'bluesky' };
  const known = knownKinds[kind];
  const callback = given.callback ?? known.callback?.(at);
  const logout = given.logout ?? known.logout?.(at);
  return {
    ...client,
    clientAuth: known.clientAuth,
    redirectUris: callback === undefined ? [] : [callback],
    ...(logout === undefined ? {} : { backchannelLogoutUri: logout }),
    ...(known.returnsAnywhere ? { postLogoutOrigins: [at.origin] } : {}),
    ...(known.holdTo ? { holdTo: [...known.holdTo] } : {}),
  };
}
