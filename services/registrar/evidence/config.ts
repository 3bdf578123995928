/** The ways to show who one is, as the registrar's configuration names them: one adapter a route. */
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

const address = z.url().max(300);

/** GOV.UK One Login, or its simulator: nothing but these fields differs. */
export const oneLoginConfig = z.strictObject({
  /** The route, as in the trust policy. */
  id: wire.name,
  adapter: z.literal('govuk-one-login'),
  issuer: address,
  clientId: z.string().min(1).max(200),
  /** Where the keys of `coreIdentityJWT` are published; default `<issuer>/.well-known/did.json`. */
  didUrl: address.optional(),
  /** `iss` of `coreIdentityJWT`; default the issuer. */
  identityIssuer: z.string().max(300).optional(),
});
export type OneLoginConfig = z.infer<typeof oneLoginConfig>;

export const evidenceConfig = z.discriminatedUnion('adapter', [oneLoginConfig]);
export type EvidenceConfig = z.infer<typeof evidenceConfig>;
