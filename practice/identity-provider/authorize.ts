/**
 * Reads an authorization request as GOV.UK One Login takes it: query parameters, or a request object signed
 * by the client; `vtr` and `claims` as JSON. Anything wrong with client or redirect address is told here and
 * now; anything else goes back to the client.
 */
import type { Clock } from '@answerable/kit/clock';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import { type Client, clientKeys, findClient } from './client.ts';
import { flatIdentityScope } from './flat-claims.ts';

export const vocabulary = 'https://vocab.account.gov.uk/v1/';
export const identityClaims = [
  'coreIdentityJWT',
  'passport',
  'drivingPermit',
  'address',
  'returnCode',
] as const;
export type IdentityClaim = (typeof identityClaims)[number];

const textCharsMax = 4096;
const word = z.string().min(1).max(textCharsMax);

const requestShape = z.object({
  client_id: word,
  redirect_uri: word,
  response_type: z.literal('code'),
  scope: word.refine((scope) => scope.split(' ').includes('openid')),
  state: word,
  nonce: word,
  vtr: z.unknown().optional(),
  claims: z.unknown().optional(),
  code_challenge: z.string().length(43).optional(),
  code_challenge_method: z.literal('S256').optional(),
});

export interface AuthorizationRequest {
  client: Client;
  redirectUri: string;
  state: string;
  nonce: string;
  scopes: readonly string[];
  claims: ReadonlySet<IdentityClaim>;
  /** true if a level of identity (`P2`) is asked for */
  wantsIdentity: boolean;
  codeChallenge?: string;
}

/** An error that the client is told by redirect, or, without an address, the person on a page. */
export class AuthorizationError extends Error {
  readonly error: string;
  readonly backTo: { redirectUri: string; state: string | undefined } | undefined;
  constructor(error: string, backTo?: { redirectUri: string; state: string | undefined }) {
    super(error);
    this.error = error;
    this.backTo = backTo;
  }
}

export interface Provider {
  origin: string;
  clients: () => readonly Client[];
  clock: Clock;
}

/** The request in `query`. Throws AuthorizationError. */
export async function readAuthorizationRequest(
  provider: Provider,
  query: Record<string, string>,
): Promise<AuthorizationRequest> {
  const client = findClient(provider.clients(), query.client_id ?? '');
  if (!client) throw new AuthorizationError('unauthorized_client');
  const parameters = query.request ? await openRequestObject(provider, client, query.request) : query;
  const redirectUri = parameters.redirect_uri;
  if (typeof redirectUri !== 'string' || !client.redirect_uris.includes(redirectUri)) {
    throw new AuthorizationError('invalid_request');
  }
  const state = typeof parameters.state === 'string' ? parameters.state : undefined;
  const parsed = requestShape.safeParse({ ...parameters, client_id: query.client_id });
  if (!parsed.success) throw new AuthorizationError('invalid_request', { redirectUri, state });
  const { data } = parsed;
  try {
    return {
      client,
      redirectUri,
      state: data.state,
      nonce: data.nonce,
      scopes: data.scope.split(' '),
      claims: readClaims(data.claims),
      wantsIdentity:
        client.flavour === 'flat'
          ? data.scope.split(' ').includes(flatIdentityScope)
          : readVectors(data.vtr).some((vector) => vector.split('.').includes('P2')),
      ...(data.code_challenge === undefined ? {} : { codeChallenge: data.code_challenge }),
    };
  } catch {
    throw new AuthorizationError('invalid_request', { redirectUri, state });
  }
}

async function openRequestObject(
  { origin, clock }: Provider,
  client: Client,
  request: string,
): Promise<Record<string, unknown>> {
  try {
    const { payload } = await jwtVerify(request, clientKeys(client), {
      audience: `${origin}/authorize`,
      issuer: client.client_id,
      algorithms: ['RS256', 'ES256', 'PS256'],
      currentDate: clock.now(),
    });
    return payload;
  } catch {
    throw new AuthorizationError('invalid_request');
  }
}

// In a request object the claims may be JSON or, as the official simulator wants them, JSON as a string.
function readClaims(value: unknown): ReadonlySet<IdentityClaim> {
  const asked = z
    .object({ userinfo: z.record(z.string(), z.unknown()).optional() })
    .parse(fromJson(value) ?? {});
  const names = Object.keys(asked.userinfo ?? {});
  return new Set(identityClaims.filter((claim) => names.includes(vocabulary + claim)));
}

function readVectors(value: unknown): string[] {
  return z
    .array(z.string().regex(/^[A-Z][a-z0-9](\.[A-Z][a-z0-9])*(\.P[0-2])?$|^P[0-2](\.[A-Z][a-z0-9])*$/))
    .parse(fromJson(value) ?? ['Cl.Cm']);
}

function fromJson(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}
