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
import { FIELDS, type Field } from '@answerable/core/presentation/schema';
import { issuanceBinding } from '@answerable/protocol/enrolment/binding';
import { issuanceChallengeResponse, issuanceResponse } from '@answerable/protocol/enrolment/issuance';
import type { DeviceRenewal } from '@answerable/protocol/enrolment/record-life';
import { Refusal } from '@answerable/protocol/refusal';
import { callParty } from './call.ts';
import { checkGrant, checkRecord } from './check-record.ts';
import { deviceRenewal } from './devices.ts';
import { Distrust } from './distrust.ts';
import { stateOf, type WalletParts } from './parts.ts';
import type { Holding } from './state.ts';

/** `session`: a returning session whose evidence is this person's too; `named`: their name is wanted, from that. */
export async function renewCredential(
  parts: WalletParts,
  options: { session?: string; named?: boolean } = {},
): Promise<void> {
  const state = await stateOf(parts);
  const { holding, session } = state;
  if (!holding) throw new Refusal('person_unknown');
  const old = decodeCredential(fromBase64url(holding.credential));
  const own = { secret: old.secret, recordPoint: holding.recordPoint };
  const device = (nonce: string) => deviceRenewal(holding, nonce);
  const { credential, leaf } = await issueFor(parts, own, { ...options, device });
  requireSame(parts.policy.registrar.name, old, credential, options.session !== undefined);
  const { receipt, ...kept } = holding;
  const sealed = leaf === undefined ? { ...(receipt ? { receipt } : {}) } : { leaf };
  const renewed: Holding = { ...kept, ...sealed, credential: toBase64url(encodeCredential(credential)) };
  const proven = session && session.id === options.session ? { session: { ...session, proven: true } } : {};
  await parts.store.save({ ...(await stateOf(parts)), ...proven, holding: renewed });
}

export interface Issued {
  credential: Credential;
  /** The new leaf, where the identity was sealed anew: its receipt is to be waited for. */
  leaf: string | undefined;
}

/** A credential for the record of `secret` and `recordPoint`, everything checked. */
export async function issueFor(
  parts: WalletParts,
  own: { secret: Uint8Array; recordPoint: string },
  {
    session,
    named = false,
    device,
  }: { session?: string; named?: boolean; device?: (nonce: string) => DeviceRenewal | undefined },
): Promise<Issued> {
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
  const binding = issuanceBinding(registrar.name, challenge.nonce, session);
  const { request, blind } = requestCredential(secret, entropy, binding);
  const from = device?.(challenge.nonce);
  const body = {
    recordPoint,
    nonce: challenge.nonce,
    commitmentWithProof: toBase64url(request.commitmentWithProof),
    bindingProof: toBase64url(request.bindingProof),
    ...(session === undefined ? {} : { session }),
    ...(named ? { named } : {}),
    ...(from === undefined ? {} : { device: from }),
  };
  const grant = await callParty(fetch, registrar, '/issuance', body, issuanceResponse);
  if (grant.entropy !== challenge.entropy) throw new Distrust(registrar.name, 'record');
  const credential = checkGrant(parts, fromBase64url(recordPoint), { secret, blind }, grant, named);
  if (!grant.anew) return { credential, leaf: undefined };
  const { leaf } = checkRecord(parts, { secret, blind }, { recordPoint, grant, ...grant.anew });
  return { credential, leaf };
}

/** What fresh evidence may say anew; nothing else ever changes. */
const byEvidence: readonly Field[] = ['over_13', 'over_16', 'over_18', 'residence', 'assurance'];

function requireSame(registrar: string, old: Credential, renewed: Credential, fresh: boolean): void {
  // Whether there may be a name is checked with the grant: it comes when asked for, and goes by itself.
  const changing: readonly Field[] = ['reset_recent', 'name'];
  const fixed = FIELDS.filter((name) => !changing.includes(name) && !(fresh && byEvidence.includes(name)));
  const same = fixed.every((name) => old.attributes[name] === renewed.attributes[name]);
  if (!same) throw new Distrust(registrar, 'credential');
}
