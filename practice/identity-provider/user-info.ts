/**
 * GET /userinfo: what was asked for and proved. The core identity is a token of its own, signed by the key
 * in did.json; documents and addresses are plain JSON; where the proof failed there is only a letter.
 */
import { unixSeconds } from '@answerable/kit/clock';
import type { Context } from 'hono';
import { SignJWT } from 'jose';
import { type IdentityClaim, type Provider, vocabulary } from './authorize.ts';
import type { Expiring } from './expiring.ts';
import { flatIdentityOf } from './flat-claims.ts';
import { type ProviderKeys, tokenAlgorithm } from './provider-keys.ts';
import { evidenceOf, type Grant } from './sign-in.ts';

const coreIdentitySeconds = 1800;
/** what One Login answers when identity could not be proved; it tells nobody more */
const failedCode = 'X';

export interface InfoDesk {
  provider: Provider;
  keys: ProviderKeys;
  access: Expiring<Grant>;
}

/** Answers a userinfo request (OpenID Connect Core §5.3). */
export async function answerUserInfo(c: Context, desk: InfoDesk): Promise<Response> {
  const token = c.req.header('authorization')?.match(/^Bearer ([\w-]+)$/)?.[1] ?? '';
  const grant = desk.access.find(token);
  if (!grant) return c.body(null, 401, { 'www-authenticate': 'Bearer error="invalid_token"' });
  c.header('cache-control', 'no-store');
  const info: Record<string, unknown> = { sub: grant.subject, ...contact(grant) };
  if (grant.request.wantsIdentity && grant.request.client.flavour === 'flat')
    Object.assign(info, flatIdentityOf(grant));
  else if (grant.request.wantsIdentity) {
    const proved = await identityOf(desk, grant);
    for (const claim of grant.request.claims)
      if (proved[claim] !== undefined) info[vocabulary + claim] = proved[claim];
  }
  return c.json(info);
}

function contact({ request, person, account }: Grant): Record<string, unknown> {
  if (!request.scopes.includes('email')) return {};
  const tail = account === 'first' ? '' : '+new';
  return { email: `${person.id}${tail}@practice.example`, email_verified: true };
}

async function identityOf(desk: InfoDesk, grant: Grant): Promise<Partial<Record<IdentityClaim, unknown>>> {
  const codes = (letters: readonly string[]) => letters.map((code) => ({ code }));
  if (grant.outcome === 'failed') return { returnCode: codes([failedCode]) };
  const { passport, drivingPermit } = evidenceOf(grant.person, grant.account);
  return {
    coreIdentityJWT: await signCoreIdentity(desk, grant),
    ...(passport ? { passport: [passport] } : {}),
    ...(drivingPermit ? { drivingPermit: [drivingPermit] } : {}),
    address: [{ ...grant.person.address, validFrom: '2019-03-01' }],
    // A letter can come along with a success: clients that read one as failure are wrong.
    returnCode: codes(grant.person.returnCodes ?? []),
  };
}

function signCoreIdentity(
  { provider, keys }: InfoDesk,
  { person, subject, request }: Grant,
): Promise<string> {
  const now = unixSeconds(provider.clock);
  const name = [
    { type: 'GivenName', value: person.givenName },
    { type: 'FamilyName', value: person.familyName },
  ];
  return new SignJWT({
    vot: 'P2',
    vtm: `${provider.origin}/trustmark`,
    vc: {
      type: ['VerifiableCredential', 'IdentityCheckCredential'],
      credentialSubject: {
        name: [{ validFrom: person.birthDate, nameParts: name }],
        birthDate: [{ value: person.birthDate }],
      },
    },
  })
    .setProtectedHeader({
      alg: tokenAlgorithm,
      kid: `${didOf(provider.origin)}#${keys.identity.kid}`,
      typ: 'JWT',
    })
    .setIssuer(`${provider.origin}/`)
    .setSubject(subject)
    .setAudience(request.client.client_id)
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + coreIdentitySeconds)
    .sign(keys.identity.key);
}

/** The did:web name of an origin. */
function didOf(origin: string): string {
  return `did:web:${encodeURIComponent(new URL(origin).host)}`;
}

/** The document at /.well-known/did.json. */
export function didDocument(origin: string, keys: ProviderKeys): Record<string, unknown> {
  const id = didOf(origin);
  const method = {
    type: 'JsonWebKey',
    id: `${id}#${keys.identity.kid}`,
    controller: id,
    publicKeyJwk: keys.identity.publicJwk,
  };
  const context = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'];
  return { '@context': context, id, assertionMethod: [method] };
}
