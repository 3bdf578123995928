/**
 * OpenID Connect towards the evidence provider, as GOV.UK One Login asks for it: code flow, private_key_jwt,
 * vectors of trust, identity claims from user info. The nonce binds the sign-in to the person's wallet.
 * Assumes: the provider knows our public key (GET /evidence/jwks.json).
 */
import { Refusal } from '@answerable/protocol/refusal';
import * as client from 'openid-client';
import { z } from 'zod';
import type { AdapterNeeds, EvidenceAdapter } from './adapter.ts';
import type { OneLoginConfig } from './config.ts';
import { readCoreIdentity } from './core-identity.ts';
import type { Evidence, IdentityDocument } from './evidence.ts';

const timeoutSeconds = 8;
const vectorOfTrust = 'Cl.Cm.P2';
const vocabulary = 'https://vocab.account.gov.uk/v1';
const claims = ['coreIdentityJWT', 'passport', 'drivingPermit', 'address', 'returnCode'];

const text = z.string().min(1).max(200);
const userInfo = z.object({
  [`${vocabulary}/coreIdentityJWT`]: z.string().max(20_000),
  [`${vocabulary}/passport`]: z
    .array(z.object({ documentNumber: text, icaoIssuerCode: text.optional() }))
    .max(10)
    .nullish(),
  [`${vocabulary}/drivingPermit`]: z
    .array(z.object({ personalNumber: text, issuedBy: text.optional() }))
    .max(10)
    .nullish(),
  [`${vocabulary}/address`]: z
    .array(z.object({ addressCountry: z.string().max(10).optional(), validUntil: z.string().nullish() }))
    .max(20)
    .nullish(),
});
type UserInfo = {
  coreIdentityJWT: string;
  passport: { documentNumber: string; icaoIssuerCode?: string | undefined }[];
  drivingPermit: { personalNumber: string; issuedBy?: string | undefined }[];
  address: { addressCountry?: string | undefined; validUntil?: string | null | undefined }[];
};

export function govukOneLogin(config: OneLoginConfig, needs: AdapterNeeds): EvidenceAdapter {
  const { clock, redirectUri } = needs;
  let metadata: client.ServerMetadata | undefined;

  const configuration = async (): Promise<client.Configuration> => {
    metadata ??= await discover(config, needs);
    return configured(metadata, config, needs);
  };

  return {
    async authorizationUrl(nonce, state) {
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid',
        response_type: 'code',
        vtr: JSON.stringify([vectorOfTrust]),
        claims: JSON.stringify({
          userinfo: Object.fromEntries(claims.map((claim) => [`${vocabulary}/${claim}`, null])),
        }),
        ui_locales: 'en',
        nonce,
        state,
      });
      return url.href;
    },

    async receive(callbackQuery, nonce, state) {
      const answered = new URL(`${redirectUri}?${callbackQuery}`);
      try {
        const settings = await configuration();
        const tokens = await client.authorizationCodeGrant(settings, answered, {
          expectedNonce: nonce,
          expectedState: state,
        });
        const { iss, sub } = tokens.claims()!;
        const info = readUserInfo(await client.fetchUserInfo(settings, tokens.access_token, sub));
        const identity = await readCoreIdentity(info.coreIdentityJWT, {
          didUrl: config.didUrl ?? new URL('/.well-known/did.json', config.issuer).href,
          issuer: config.identityIssuer ?? new URL(config.issuer).href,
          audience: config.clientId,
          subject: sub,
          now: clock.now(),
          fetch,
        });
        return {
          ...identity,
          issuer: iss,
          subject: sub,
          documents: documentsOf(info),
          residence: residenceOf(info),
          idToken: tokens.id_token!,
        };
      } catch (error) {
        throw asRefusal(error);
      }
    },
  };
}

// Made anew each time: its clock skew follows ours, which a practice clock may have moved.
function configured(
  metadata: client.ServerMetadata,
  { clientId }: OneLoginConfig,
  { key: { key, kid }, clock, mode }: AdapterNeeds,
): client.Configuration {
  // Rounded down: an assertion of the future is refused, one of a second ago is not.
  const skewSeconds = Math.floor((clock.now().getTime() - Date.now()) / 1000);
  const signAs = client.PrivateKeyJwt(
    { key, kid },
    {
      // One Login wants its token endpoint as the audience, as RFC 7523 has it.
      [client.modifyAssertion]: (_header, payload) => {
        payload.aud = metadata.token_endpoint!;
      },
    },
  );
  const settings = new client.Configuration(metadata, clientId, { [client.clockSkew]: skewSeconds }, signAs);
  settings.timeout = timeoutSeconds;
  if (mode === 'practice') client.allowInsecureRequests(settings);
  return settings;
}

async function discover(
  { issuer, clientId }: OneLoginConfig,
  { mode }: AdapterNeeds,
): Promise<client.ServerMetadata> {
  const settings = await client
    .discovery(new URL(issuer), clientId, undefined, client.None(), {
      timeout: timeoutSeconds,
      execute: mode === 'practice' ? [client.allowInsecureRequests] : [],
    })
    .catch(() => {
      throw new Refusal('unavailable');
    });
  return settings.serverMetadata();
}

// A return code can come with success; what counts is whether there is a signed identity.
function readUserInfo(claimed: unknown): UserInfo {
  const parsed = userInfo.safeParse(claimed);
  if (!parsed.success) throw new Refusal('evidence_refused');
  const claim = (name: string) => (parsed.data as Record<string, unknown>)[`${vocabulary}/${name}`];
  const list = (name: string) => claim(name) ?? [];
  return {
    coreIdentityJWT: claim('coreIdentityJWT'),
    passport: list('passport'),
    drivingPermit: list('drivingPermit'),
    address: list('address'),
  } as UserInfo;
}

function documentsOf({ passport, drivingPermit }: UserInfo): IdentityDocument[] {
  return [
    ...passport.map(({ documentNumber, icaoIssuerCode }) => ({
      kind: 'passport' as const,
      issuer: icaoIssuerCode ?? 'GBR',
      number: documentNumber,
    })),
    ...drivingPermit.map(({ personalNumber, issuedBy }) => ({
      kind: 'driving-licence' as const,
      issuer: issuedBy ?? 'DVLA',
      number: personalNumber,
    })),
  ];
}

function residenceOf({ address }: UserInfo): Evidence['residence'] {
  const current = address.filter(({ validUntil }) => !validUntil);
  const countries = current.map(({ addressCountry }) => addressCountry?.toUpperCase());
  if (countries.some((country) => country === 'GB' || country === 'GBR')) return 'gb';
  return countries.some((country) => country !== undefined) ? 'elsewhere' : 'unknown';
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof client.AuthorizationResponseError)
    return new Refusal(error.error === 'access_denied' ? 'evidence_denied' : 'evidence_refused');
  const cause = error instanceof Error ? error.name : '';
  return new Refusal(cause === 'TimeoutError' || cause === 'TypeError' ? 'unavailable' : 'evidence_refused');
}
