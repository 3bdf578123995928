/**
 * Begins to join, to come back or to reset (PROTOCOL §3.1, §3.3). Draws s and the session's key, and looks at
 * the address that the registrar gives before anybody follows it: the evidence provider must be one that the
 * trust policy lists, and must be asked to sign the nonce that binds this sign-in to this wallet.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { drawSecret, secretPoint } from '@answerable/core/presentation/issuance';
import { randomBytes } from '@answerable/core/rng';
import {
  type BeginRequest,
  beginResponse,
  type EnrolmentPurpose,
  evidenceNonce,
} from '@answerable/protocol/enrolment/session';
import { verifyingKeyOf } from '@answerable/protocol/signed';
import { callParty } from './call.ts';
import { Distrust } from './distrust.ts';
import { stateOf, type WalletParts } from './parts.ts';

const keyBytes = 32;

export interface Begun {
  session: string;
  /** Where the person proves who they are. */
  authorizationUrl: string;
}

/** `route`: an `id` of the policy's evidence; default the first. `named`: the name is wanted in the credential. */
export async function beginEnrolment(
  parts: WalletParts,
  purpose: EnrolmentPurpose,
  route: string = parts.policy.evidence[0]?.id ?? '',
  named = false,
): Promise<Begun> {
  const { policy } = parts;
  const { request, keep } = await drawSession(parts, purpose, route, named);
  const begun = await callParty(parts.fetch, policy.registrar, '/enrolment', request, beginResponse);
  // A code to read out, where an address was asked for: not what the person chose.
  if (!('authorizationUrl' in begun)) throw new Distrust(policy.registrar.name, 'answer');
  checkAddress(parts, begun.authorizationUrl, request);
  await keep(begun.session);
  return begun;
}

/** A key for one session, and a secret where one is needed; `keep` remembers both once the session has its id. */
export async function drawSession(
  parts: WalletParts,
  purpose: EnrolmentPurpose,
  route: string,
  named = false,
) {
  const key = randomBytes(keyBytes);
  const state = await stateOf(parts);
  const secret = purpose === 'return' ? undefined : (secretUnderWay(state.session, purpose) ?? drawSecret());
  const request: BeginRequest = {
    purpose,
    route,
    walletKey: verifyingKeyOf(key),
    walletOrigin: parts.origin,
    ...(secret === undefined ? {} : { secretPoint: toBase64url(secretPoint(secret)) }),
  };
  const keep = (id: string): Promise<void> =>
    parts.store.save({
      ...state,
      session: {
        id,
        purpose,
        route,
        key: toBase64url(key),
        ...(named ? { named } : {}),
        ...(secret === undefined ? {} : { secret: toBase64url(secret) }),
      },
    });
  return { request, keep };
}

// A join that was cut off goes on with the same secret: if the registrar drew the record, it is still this one.
function secretUnderWay(
  session: { purpose: EnrolmentPurpose; secret?: string } | undefined,
  purpose: EnrolmentPurpose,
): Uint8Array | undefined {
  return session?.purpose === purpose && session.secret !== undefined
    ? fromBase64url(session.secret)
    : undefined;
}

/** Throws Distrust unless the address is this route's provider, asked to sign what this session is bound to. */
export function checkAddress(
  { policy }: WalletParts,
  address: string,
  request: Omit<BeginRequest, 'walletOrigin'>,
): void {
  const { evidence, registrar, serial } = policy;
  const provider = evidence.find(({ id }) => id === request.route);
  const url = new URL(address);
  const right =
    provider !== undefined &&
    // What stands elsewhere cannot be looked at, and would count instead of what stands here.
    !url.searchParams.has('request_uri') &&
    url.origin === (provider.authorizationOrigin ?? new URL(provider.issuer).origin) &&
    isOnly(askedOf(url, 'client_id'), provider.audience) &&
    isOnly(askedOf(url, 'nonce'), evidenceNonce(request, registrar.name, serial));
  if (!right) throw new Distrust(registrar.name, 'nonce');
}

/** What a parameter says, in the address and in the request object that it may carry: all of it must agree. */
function askedOf(url: URL, name: string): unknown[] {
  const objects = url.searchParams.getAll('request').map(claimsOf);
  return [...url.searchParams.getAll(name), ...objects.map((claims) => claims[name])];
}

const isOnly = (said: readonly unknown[], expected: string): boolean =>
  said.length > 0 && said.every((one) => one === expected);

// Who signed the request object is the provider's affair; what it asks for is ours.
function claimsOf(jwt: string): Record<string, unknown> {
  try {
    const claims: unknown = JSON.parse(new TextDecoder().decode(fromBase64url(jwt.split('.')[1] ?? '')));
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}
