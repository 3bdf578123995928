/**
 * The credential of the current epoch, for the same record (PROTOCOL §3.3, §3.8). The registrar must meet the
 * same R and ε as ever, and may not change what it says of the person without fresh evidence.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import {
  type Credential,
  decodeCredential,
  encodeCredential,
  recordKeyOf,
} from '@answerable/core/presentation/credential';
import { requestCredential } from '@answerable/core/presentation/issuance';
import { FIELDS } from '@answerable/core/presentation/schema';
import { issuanceBinding } from '@answerable/protocol/enrolment/binding';
import { issuanceChallengeResponse, issuanceResponse } from '@answerable/protocol/enrolment/issuance';
import { Refusal } from '@answerable/protocol/refusal';
import { callParty } from './call.ts';
import { checkGrant } from './check-record.ts';
import { Distrust } from './distrust.ts';
import { stateOf, type WalletParts } from './parts.ts';
import type { Holding } from './state.ts';

/** `session`: a returning session whose evidence is this person's too. */
export async function renewCredential(parts: WalletParts, options: { session?: string } = {}): Promise<void> {
  const state = await stateOf(parts);
  const { holding, session } = state;
  if (!holding) throw new Refusal('person_unknown');
  const old = decodeCredential(fromBase64url(holding.credential));
  const credential = await issueFor(parts, { secret: old.secret, recordPoint: holding.recordPoint }, options);
  requireSame(parts.policy.registrar.name, old, credential);
  const renewed: Holding = { ...holding, credential: toBase64url(encodeCredential(credential)) };
  const proven = session && session.id === options.session ? { session: { ...session, proven: true } } : {};
  await parts.store.save({ ...(await stateOf(parts)), ...proven, holding: renewed });
}

/** A credential for the record of `secret` and `recordPoint`, everything checked. */
export async function issueFor(
  parts: WalletParts,
  own: { secret: Uint8Array; recordPoint: string },
  options: { session?: string },
): Promise<Credential> {
  const { policy, fetch } = parts;
  const { registrar } = policy;
  const { recordPoint, secret } = own;
  const challenge = await callParty(
    fetch,
    registrar,
    '/issuance/challenge',
    { recordPoint },
    issuanceChallengeResponse,
  );
  const entropy = fromBase64url(challenge.entropy);
  if (toBase64url(recordKeyOf({ secret, entropy })) !== recordPoint)
    throw new Distrust(registrar.name, 'record');
  const binding = issuanceBinding(registrar.name, challenge.nonce, options.session);
  const { request, blind } = requestCredential(secret, entropy, binding);
  const body = {
    recordPoint,
    nonce: challenge.nonce,
    commitmentWithProof: toBase64url(request.commitmentWithProof),
    bindingProof: toBase64url(request.bindingProof),
    ...options,
  };
  const grant = await callParty(fetch, registrar, '/issuance', body, issuanceResponse);
  if (grant.entropy !== challenge.entropy) throw new Distrust(registrar.name, 'record');
  return checkGrant(parts, fromBase64url(recordPoint), { secret, blind }, grant);
}

function requireSame(registrar: string, old: Credential, renewed: Credential): void {
  const same = FIELDS.filter((name) => name !== 'reset_recent').every(
    (name) => old.attributes[name] === renewed.attributes[name],
  );
  if (!same) throw new Distrust(registrar, 'credential');
}
