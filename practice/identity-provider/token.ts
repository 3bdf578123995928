/**
 * POST /token: a code for an id token and an access token. The client proves itself with a signed assertion
 * (private_key_jwt, RFC 7523); code and assertion serve once. `vot` says how the person signed in; the level
 * of identity stands in the core identity only, as at GOV.UK One Login.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { unixSeconds } from '@answerable/kit/clock';
import { asForm } from '@answerable/kit/read-json';
import type { Context } from 'hono';
import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import type { Provider } from './authorize.ts';
import { type Client, clientKeys, findClient } from './client.ts';
import type { Expiring } from './expiring.ts';
import { type ProviderKeys, tokenAlgorithm } from './provider-keys.ts';
import type { Grant } from './sign-in.ts';

const idTokenSeconds = 120;
export const accessTokenSeconds = 180;
const assertionSecondsMax = 600;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface TokenDesk {
  provider: Provider;
  keys: ProviderKeys;
  codes: Expiring<Grant>;
  access: Expiring<Grant>;
  /** assertions that were used, with the second at which they are over anyway */
  usedAssertions: Map<string, number>;
}

/** Answers a token request; errors after RFC 6749 §5.2. */
export async function answerTokenRequest(c: Context, desk: TokenDesk): Promise<Response> {
  c.header('cache-control', 'no-store');
  const form = await asForm(c.req.parseBody());
  const field = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
  if (field('grant_type') !== 'authorization_code') return c.json({ error: 'unsupported_grant_type' }, 400);
  const secret = secretOf(c.req.header('authorization'), field('client_id'), field('client_secret'));
  if (!secret && field('client_assertion_type') !== assertionType)
    return c.json({ error: 'invalid_request' }, 400);
  const client = secret ? knownBySecret(desk, secret) : await provenClient(desk, field('client_assertion'));
  if (!client) return c.json({ error: 'invalid_client' }, 401);
  const grant = desk.codes.take(field('code'));
  if (!grant || grant.request.client.client_id !== client.client_id)
    return c.json({ error: 'invalid_grant' }, 400);
  if (field('redirect_uri') !== grant.request.redirectUri) return c.json({ error: 'invalid_grant' }, 400);
  if (!challengeMet(grant.request.codeChallenge, field('code_verifier')))
    return c.json({ error: 'invalid_grant' }, 400);
  const accessToken = desk.access.put(grant);
  const idToken = await signIdToken(desk, grant, accessToken);
  return c.json({
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: accessTokenSeconds,
    id_token: idToken,
  });
}

interface Secret {
  id: string;
  secret: string;
}

/** `client_secret_basic` or `client_secret_post` (RFC 6749 §2.3.1), if the client sent either. */
function secretOf(header: string | undefined, id: string, posted: string): Secret | undefined {
  const basic = header?.match(/^Basic ([A-Za-z0-9+/=]+)$/)?.[1];
  if (basic === undefined) return posted === '' ? undefined : { id, secret: posted };
  const [name = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':').map(fromForm);
  return { id: name, secret };
}

const fromForm = (text: string): string => decodeURIComponent(text.replaceAll('+', '%20'));

function knownBySecret({ provider }: TokenDesk, { id, secret }: Secret): Client | undefined {
  const client = findClient(provider.clients(), id);
  if (client?.client_secret === undefined) return undefined;
  const same = timingSafeEqual(sha256(client.client_secret), sha256(secret));
  return same ? client : undefined;
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

async function provenClient(desk: TokenDesk, assertion: string): Promise<Client | undefined> {
  const { provider, usedAssertions } = desk;
  try {
    const client = findClient(provider.clients(), decodeJwt(assertion).iss ?? '');
    if (!client) return undefined;
    const { payload } = await jwtVerify(assertion, clientKeys(client), {
      issuer: client.client_id,
      subject: client.client_id,
      audience: [`${provider.origin}/token`, `${provider.origin}/`],
      algorithms: ['ES256', 'RS256', 'PS256'],
      requiredClaims: ['exp', 'jti'],
      currentDate: provider.clock.now(),
    });
    const now = unixSeconds(provider.clock);
    const until = payload.exp ?? Number.POSITIVE_INFINITY;
    const name = `${client.client_id} ${payload.jti}`;
    if (until > now + assertionSecondsMax || usedAssertions.has(name)) return undefined;
    for (const [used, over] of usedAssertions) if (over < now) usedAssertions.delete(used);
    usedAssertions.set(name, until);
    return client;
  } catch {
    return undefined;
  }
}

function challengeMet(challenge: string | undefined, verifier: string): boolean {
  if (challenge === undefined) return true;
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}

function signIdToken({ provider, keys }: TokenDesk, grant: Grant, accessToken: string): Promise<string> {
  const now = unixSeconds(provider.clock);
  const accessHash = createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
  return new SignJWT({
    nonce: grant.request.nonce,
    vot: 'Cl.Cm',
    vtm: `${provider.origin}/trustmark`,
    at_hash: accessHash,
    sid: grant.session,
  })
    .setProtectedHeader({ alg: tokenAlgorithm, kid: keys.token.kid, typ: 'JWT' })
    .setIssuer(`${provider.origin}/`)
    .setSubject(grant.subject)
    .setAudience(grant.request.client.client_id)
    .setIssuedAt(now)
    .setExpirationTime(now + idTokenSeconds)
    .sign(keys.token.key);
}
