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

export async function beginEnrolment(parts: WalletParts, purpose: EnrolmentPurpose): Promise<Begun> {
  const { policy, store } = parts;
  const key = randomBytes(keyBytes);
  const state = await stateOf(parts);
  const secret = purpose === 'return' ? undefined : (secretUnderWay(state.session, purpose) ?? drawSecret());
  const request: BeginRequest = {
    purpose,
    walletKey: verifyingKeyOf(key),
    walletOrigin: parts.origin,
    ...(secret === undefined ? {} : { secretPoint: toBase64url(secretPoint(secret)) }),
  };
  const begun = await callParty(parts.fetch, policy.registrar, '/enrolment', request, beginResponse);
  checkAddress(parts, begun.authorizationUrl, request);
  await store.save({
    ...state,
    session: {
      id: begun.session,
      purpose,
      key: toBase64url(key),
      ...(secret === undefined ? {} : { secret: toBase64url(secret) }),
    },
  });
  return begun;
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

function checkAddress({ policy }: WalletParts, address: string, request: BeginRequest): void {
  const url = new URL(address);
  const { evidence, registrar, serial } = policy;
  const nonces = url.searchParams.getAll('nonce');
  const clients = url.searchParams.getAll('client_id');
  const listed = evidence.some(({ issuer, audience }) => url.origin === issuer && clients[0] === audience);
  const right =
    listed &&
    clients.length === 1 &&
    nonces.length === 1 &&
    nonces[0] === evidenceNonce(request, registrar.name, serial);
  if (!right) throw new Distrust(registrar.name, 'nonce');
}
