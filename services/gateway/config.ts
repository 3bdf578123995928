/** What one gateway needs to run: plain JSON, checked before anything starts. */
import { platformSettings } from '@answerable/connector/settings';
import { databaseUrl, serviceFields, token } from '@answerable/kit/config';
import { noticeDaysMin } from '@answerable/protocol/platform/succession';
import { platformPolicy } from '@answerable/protocol/platform-policy';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { blueskyFields } from './bluesky/settings.ts';
import { mayHoldKeys } from './oidc/reach-platforms.ts';

/** How long a person has to answer a request. */
export const requestSecondsDefault = 600;
const originsMax = 10;
const address = z.url().max(300);

export const platformFields = z.strictObject({
  /** the platform's name in scope and policy */
  name: wire.name,
  /** `bluesky`: a server of the AT Protocol, let in by invite codes; its connector says where. Default openid */
  kind: z.enum(['openid', 'bluesky']).optional(),
  /** of a platform of kind bluesky: how invite codes are given out and accounts are watched */
  bluesky: blueskyFields.optional(),
  clientId: z.string().min(1).max(100).optional(),
  /** shared with the platform; none where it proves itself with its own key */
  clientSecret: token.optional(),
  /** how the platform proves itself at the token address; default client_secret_basic */
  clientAuth: z.enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt']).optional(),
  /** for private_key_jwt: the platform's public keys, or where they are */
  clientJwks: z
    .strictObject({
      keys: z
        .array(z.looseObject({ kty: z.string() }))
        .min(1)
        .max(10),
    })
    .optional(),
  clientJwksUri: address.optional(),
  /** what identity tokens for it are signed with; default RS256 */
  idTokenAlg: z.enum(['RS256', 'ES256']).optional(),
  /** what it must send at each sign-in, where its software can; what it sends is always checked */
  holdTo: z.array(z.enum(['pkce', 'nonce'])).optional(),
  redirectUris: z.array(address).optional(),
  postLogoutRedirectUris: z.array(address).optional(),
  /** for software that names another page each time: after signing out people may go to any page of these */
  postLogoutOrigins: z.array(wire.origin).max(originsMax).optional(),
  backchannelLogoutUri: address.optional(),
  /** the day on which the platform leaves this gateway: from then on nobody is taken in or signed in there */
  leaves: wire.day.optional(),
  /** with it the platform's own server asks at /platform/… */
  apiToken: token.optional(),
  /** how sanctions act in the platform itself; without it they end sessions and nothing else there */
  connector: platformSettings.optional(),
  policy: platformPolicy,
});
const platformConfig = platformFields
  .refine(({ kind, clientId, redirectUris }) => kind === 'bluesky' || (clientId && redirectUris?.length), {
    path: ['clientId'],
    message: 'a client has clientId and redirectUris',
  })
  .refine((own) => own.kind === 'bluesky' || provesItself(own), {
    path: ['clientAuth'],
    message: 'clientJwks or clientJwksUri for private_key_jwt, else clientSecret',
  })
  .refine(({ kind, connector }) => kind !== 'bluesky' || connector?.kind === 'bluesky', {
    path: ['connector'],
    message: 'a server of the AT Protocol is reached by a connector of kind bluesky',
  })
  // No client of the OpenID provider is made for kind bluesky: what stands here then names its accounts' sessions.
  .transform(({ clientId, redirectUris, ...own }) => ({
    ...own,
    clientId: clientId ?? `bluesky-${own.name}`,
    redirectUris: redirectUris ?? [],
  }));
export type PlatformConfig = z.infer<typeof platformConfig>;

export const gatewayConfig = z
  .strictObject({
    ...serviceFields,
    databaseUrl,
    title: wire.text(80),
    /** where the interaction page leads to; its pages may also call POST /account/calls */
    walletOrigin: wire.origin,
    platforms: z.array(platformConfig).max(50),
    /** shared with the desk of this trust domain, both ways */
    domainToken: token,
    desk: z.strictObject({ origin: wire.origin }),
    /** of the operator: changes policies, arms the emergency sign-in */
    operatorToken: token,
    /** for signing the first trust policy and nothing else: may be given to the organisation that conducts it */
    ceremonyToken: token.optional(),
    /** of who has this machine: the first admin's link, and the command's own questions at /admin */
    adminToken: token.optional(),
    /** how long a person has to answer a request, default 600 */
    requestSeconds: z.int().min(5).optional(),
    /** where addresses for platforms that insist on one are made; mail to it is thrown away */
    relayDomain: z
      .string()
      .max(100)
      .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/)
      .optional(),
    /** where mail to those addresses is taken and thrown away; without it, no mail server answers for them */
    mail: z
      .strictObject({ port: z.int().min(0).max(65_535), host: z.string().max(100).optional() })
      .optional(),
    /** days between an announced policy and its binding: 14, and less for trying only */
    policyNoticeDays: z.int().min(0).max(365).optional(),
    /** how often the day's census, unsent entries and unsent sign-outs are looked at, default 60 */
    upkeepSeconds: z.number().positive().optional(),
    /** how many days a key of the OpenID provider signs before the next one does, default 90 */
    keyDays: z.int().min(8).optional(),
    /** how many reverse proxies of our own stand before the gateway, for limits on strangers; default 0 */
    proxies: z.int().min(0).max(5).optional(),
    /** how many gateways answer for this origin, which share out the limits on strangers; default 1 */
    replicas: z.int().min(1).max(20).optional(),
    /** origins besides our own that may show our pages in a frame: the practice tour. Nobody in production. */
    frameAncestors: z.array(wire.origin).max(10).optional(),
  })
  .refine(({ mode, frameAncestors }) => mode !== 'production' || !frameAncestors?.length, {
    path: ['frameAncestors'],
    message: 'nobody in production',
  })
  .refine(
    ({ mode, policyNoticeDays }) =>
      mode !== 'production' || (policyNoticeDays ?? noticeDaysMin) >= noticeDaysMin,
    {
      path: ['policyNoticeDays'],
      message: 'at least 14 in production',
    },
  )
  .refine(
    ({ mode, platforms }) =>
      platforms.every(
        ({ clientJwksUri }) => !clientJwksUri || mayHoldKeys(clientJwksUri, mode === 'practice'),
      ),
    { path: ['platforms'], message: 'clientJwksUri is reached by https' },
  )
  .refine(({ platforms }) => areDistinct(platforms.flatMap(({ apiToken }) => apiToken ?? [])), {
    path: ['platforms'],
    message: 'each platform has an apiToken of its own',
  })
  .refine(
    ({ platforms, operatorToken, adminToken, domainToken, ceremonyToken }) =>
      areApart(
        [operatorToken, adminToken, domainToken],
        [ceremonyToken, ...platforms.map(({ apiToken }) => apiToken)],
      ),
    { path: ['ceremonyToken'], message: 'what is given to others, as an apiToken is, opens nothing else' },
  )
  .refine((config) => config.platforms.every(({ name, policy }) => policy.platform === name), {
    path: ['platforms'],
    message: 'each policy names its platform',
  })
  .refine(({ mail, relayDomain }) => !mail || relayDomain, {
    path: ['relayDomain'],
    message: 'needed where mail is taken',
  })
  .refine(
    ({ platforms, relayDomain }) => relayDomain || !platforms.some(({ policy }) => policy.relayAddress),
    {
      path: ['relayDomain'],
      message: 'needed where a platform insists on an address',
    },
  );
export type GatewayConfig = z.infer<typeof gatewayConfig>;

type Proof = Pick<
  z.infer<typeof platformFields>,
  'clientAuth' | 'clientSecret' | 'clientJwks' | 'clientJwksUri'
>;

function provesItself({ clientAuth, clientSecret, clientJwks, clientJwksUri }: Proof): boolean {
  const keys = [clientJwks, clientJwksUri].filter((one) => one !== undefined).length;
  return clientAuth === 'private_key_jwt' ? keys === 1 && !clientSecret : keys === 0 && !!clientSecret;
}

const areApart = (own: readonly unknown[], given: readonly unknown[]): boolean =>
  given.every((one) => one === undefined || !own.includes(one));

function areDistinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
