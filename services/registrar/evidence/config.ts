/** The ways to show who one is, as the registrar's configuration names them: one adapter a route. */
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

const address = z.url().max(300);
const secret = z.string().min(16).max(500);

const route = {
  /** The route, as in the trust policy. */
  id: wire.name,
  /** `iss` of the provider's tokens, in its own spelling. */
  issuer: address,
  clientId: z.string().min(1).max(200),
};

/** With what the registrar signs as a client; its public half is at GET /evidence/jwks.json. */
export const clientAlgorithm = z.enum(['ES256', 'PS256', 'RS256']);
export type ClientAlgorithm = z.infer<typeof clientAlgorithm>;

/** GOV.UK One Login, or its simulator: nothing but these fields differs. */
export const oneLoginConfig = z.strictObject({
  ...route,
  adapter: z.literal('govuk-one-login'),
  /** Default RS256: One Login's simulator takes RSA only. */
  signing: clientAlgorithm.default('RS256'),
  /** Where the keys of `coreIdentityJWT` are; default as published for this issuer, else beside it. */
  didUrl: address.optional(),
  /** `iss` of `coreIdentityJWT`; default as published for this issuer, else the issuer. */
  identityIssuer: address.optional(),
  /** First signing in, then proving who one is, as One Login advises; in one step saves a page. */
  twoSteps: z.boolean().default(true),
  /** The request as a signed object (RFC 9101). */
  signedRequest: z.boolean().default(false),
  /** What a return code lets a person do; One Login tells its clients what its letters mean, and nobody else. */
  returnCodes: z
    .record(z.string().regex(/^[A-Z]$/), z.enum(['another-document', 'later', 'another-way']))
    .default({}),
});
export type OneLoginConfig = z.infer<typeof oneLoginConfig>;

const clientAuthentication = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('private_key_jwt'), signing: clientAlgorithm.default('ES256') }),
  z.strictObject({ method: z.enum(['client_secret_basic', 'client_secret_post']), secret }),
]);

/** Any certified OpenID provider that verifies people; what its claims mean stands in a file. */
export const openidConfig = z.strictObject({
  ...route,
  adapter: z.literal('openid'),
  client: clientAuthentication.default({ method: 'private_key_jwt', signing: 'ES256' }),
  /** Path of the mapping, or the name of one of the examples in `evidence/mappings`. */
  mapping: z.string().min(1).max(300),
  signedRequest: z.boolean().default(false),
});
export type OpenidConfig = z.infer<typeof openidConfig>;

/** The place where documents from a phone will go (OpenID4VP). Refused at start until then. */
const phoneDocumentsConfig = z.strictObject({ id: wire.name, adapter: z.literal('openid4vp') });

export const evidenceConfig = z.discriminatedUnion('adapter', [
  oneLoginConfig,
  openidConfig,
  phoneDocumentsConfig,
]);
export type EvidenceConfig = z.infer<typeof evidenceConfig>;

/** The algorithms that these routes sign with. */
export const algorithmsOf = (routes: readonly EvidenceConfig[]): Set<ClientAlgorithm> =>
  new Set(
    routes.flatMap((one) => {
      if (one.adapter === 'govuk-one-login') return [one.signing];
      if (one.adapter !== 'openid') return [];
      if (one.client.method === 'private_key_jwt') return [one.client.signing];
      return one.signedRequest ? (['ES256'] as const) : [];
    }),
  );
