/**
 * The forum as an ordinary OpenID client, twice: of its gateway (code flow, a secret), and, under the ban, of an
 * identity provider (a signed assertion). Nothing here knows of proofs or pseudonyms.
 * Must never: take a claim from anywhere but a token or answer that was checked.
 */
import { join } from 'node:path';
import { createSecretFile, readSecretFile } from '@answerable/kit/keys';
import { Refusal } from '@answerable/protocol/refusal';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
} from 'jose';
import * as client from 'openid-client';
import { z } from 'zod';
import type { ForumSettled } from './config.ts';

const identityKeyAlg = 'ES256';
const coreIdentity = 'https://vocab.account.gov.uk/v1/coreIdentityJWT';
const returnCode = 'https://vocab.account.gov.uk/v1/returnCode';
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
const logoutAgeSecondsMax = 300;

export interface Handshake {
  state: string;
  nonce: string;
  verifier: string;
}

/** What the gateway says of an account. */
const gatewayClaims = z.object({
  sub: z.string().regex(/^[a-z2-7]{52}$/),
  preferred_username: z.string().regex(/^[a-z0-9_]{3,30}$/),
  answerable: z.literal(true),
  residence: z.string().optional(),
  reset_recent: z.boolean().optional(),
});
export type GatewayClaims = z.infer<typeof gatewayClaims>;

export interface LegalIdentity {
  sub: string;
  name: string;
  birthDate: string;
}

export interface OpenIdClients {
  begin(kind: 'gateway' | 'identity'): Promise<{ url: string; handshake: Handshake }>;
  finishGateway(query: URLSearchParams, handshake: Handshake): Promise<GatewayClaims>;
  finishIdentity(query: URLSearchParams, handshake: Handshake): Promise<LegalIdentity>;
  /** The `sub` of a back-channel logout token. Refuses `signature_refused`. */
  readLogout(token: string): Promise<string>;
  /** The public key of this forum as a client of the identity provider. */
  jwks(): { keys: JWK[] };
}

const redirects = { gateway: '/callback', identity: '/sign-up/verified' } as const;

export async function openIdClients(config: ForumSettled): Promise<OpenIdClients> {
  const key = await identityKey(join(config.dataDir, 'keys', 'identity-client.jwk'));
  const known = new Map<string, Promise<client.Configuration>>();
  const discovered = (kind: 'gateway' | 'identity') => {
    const found = known.get(kind) ?? discover(kind, config, key);
    known.set(kind, found);
    // A provider that was away when first asked is asked again.
    found.catch(() => known.delete(kind));
    return found.catch(() => {
      throw new Refusal('unavailable');
    });
  };
  const redirectUri = (kind: 'gateway' | 'identity') => config.origin + redirects[kind];
  const grant = async (kind: 'gateway' | 'identity', query: URLSearchParams, handshake: Handshake) => {
    const configuration = await discovered(kind);
    const address = new URL(`${redirectUri(kind)}?${query}`);
    const tokens = await client
      .authorizationCodeGrant(configuration, address, {
        expectedState: handshake.state,
        expectedNonce: handshake.nonce,
        pkceCodeVerifier: handshake.verifier,
        idTokenExpected: true,
      })
      .catch(refuseGrant);
    return { configuration, tokens, claims: tokens.claims()! };
  };

  return {
    jwks: () => ({ keys: [key.publicJwk] }),
    async begin(kind) {
      const configuration = await discovered(kind);
      const handshake = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri(kind),
        state: handshake.state,
        nonce: handshake.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(handshake.verifier),
        code_challenge_method: 'S256',
        ...(kind === 'gateway' ? { scope: 'openid profile' } : identityRequest),
      });
      return { url: url.href, handshake };
    },
    async finishGateway(query, handshake) {
      const { claims } = await grant('gateway', query, handshake);
      const read = gatewayClaims.safeParse(claims);
      if (!read.success) throw new Refusal('evidence_refused');
      return read.data;
    },
    async finishIdentity(query, handshake) {
      const { configuration, tokens, claims } = await grant('identity', query, handshake);
      const info = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      const jwt = info[coreIdentity];
      // A return code can come along with a success: only a missing identity is a failure.
      if (typeof jwt !== 'string') throw new Refusal(info[returnCode] ? 'evidence_refused' : 'unavailable');
      return readCoreIdentity(jwt, config.identityProvider!, claims.sub);
    },
    async readLogout(token) {
      if (!config.gateway) throw new Refusal('not_found');
      const { jwks_uri: address } = (await discovered('gateway')).serverMetadata();
      const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(address!)), {
        issuer: config.gateway.issuer,
        audience: config.gateway.clientId,
        typ: 'logout+jwt',
        maxTokenAge: logoutAgeSecondsMax,
      }).catch(() => {
        throw new Refusal('signature_refused');
      });
      const events = payload.events as Record<string, unknown> | undefined;
      if (!events?.[logoutEvent] || payload.nonce !== undefined || !payload.sub)
        throw new Refusal('malformed', 'logout_token');
      return payload.sub;
    },
  };
}

const identityRequest = {
  scope: 'openid',
  vtr: '["Cl.Cm.P2"]',
  claims: JSON.stringify({ userinfo: { [coreIdentity]: null, [returnCode]: null } }),
};

function discover(
  kind: 'gateway' | 'identity',
  config: ForumSettled,
  key: IdentityKey,
): Promise<client.Configuration> {
  // Practice parties live on loopback, without TLS.
  const options = { execute: [client.allowInsecureRequests] };
  if (kind === 'gateway') {
    if (!config.gateway) throw new Refusal('not_found');
    const { issuer, clientId, clientSecret } = config.gateway;
    const authentication = client.ClientSecretBasic(clientSecret);
    return client.discovery(new URL(issuer), clientId, {}, authentication, options);
  }
  if (!config.identityProvider) throw new Refusal('not_found');
  const { issuer, clientId } = config.identityProvider;
  const authentication = client.PrivateKeyJwt({ key: key.privateKey, kid: key.publicJwk.kid! });
  return client.discovery(new URL(issuer), clientId, {}, authentication, options);
}

function refuseGrant(error: unknown): never {
  if (error instanceof client.AuthorizationResponseError) throw new Refusal('evidence_denied');
  if (error instanceof TypeError) throw new Refusal('unavailable');
  throw new Refusal('evidence_refused');
}

const credentialSubject = z.object({
  vot: z.literal('P2'),
  vc: z.object({
    credentialSubject: z.object({
      name: z.array(z.object({ nameParts: z.array(z.object({ value: z.string() })) })).min(1),
      birthDate: z.array(z.object({ value: z.string() })).min(1),
    }),
  }),
});

const didDocument = z.object({
  assertionMethod: z.array(z.object({ id: z.string(), publicKeyJwk: z.looseObject({ kty: z.string() }) })),
});

/** The signed identity itself, with the key that the provider's DID document names. */
async function readCoreIdentity(
  jwt: string,
  { issuer, clientId }: { issuer: string; clientId: string },
  sub: string,
): Promise<LegalIdentity> {
  const response = await fetch(new URL('/.well-known/did.json', issuer));
  const { assertionMethod } = didDocument.parse(await response.json());
  // The token names its key by the method's id.
  const keys = createLocalJWKSet({
    keys: assertionMethod.map(({ id, publicKeyJwk }) => ({ ...publicKeyJwk, kid: id })),
  });
  const { payload } = await jwtVerify(jwt, keys, { issuer, audience: clientId, subject: sub }).catch(() => {
    throw new Refusal('evidence_refused');
  });
  const { vc } = credentialSubject.parse(payload);
  const { name, birthDate } = vc.credentialSubject;
  return {
    sub,
    name: name[0]!.nameParts.map(({ value }) => value).join(' '),
    birthDate: birthDate[0]!.value,
  };
}

interface IdentityKey {
  privateKey: client.CryptoKey;
  publicJwk: JWK;
}

async function identityKey(path: string): Promise<IdentityKey> {
  const text = readSecretFile(path) ?? createSecretFile(path, JSON.stringify(await drawKey()));
  const jwk = JSON.parse(text) as JWK;
  const privateKey = (await importJWK(jwk, identityKeyAlg)) as client.CryptoKey;
  const { d: _, ...publicJwk } = jwk;
  return { privateKey, publicJwk };
}

async function drawKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(identityKeyAlg, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: 'forum', alg: identityKeyAlg, use: 'sig' };
}
