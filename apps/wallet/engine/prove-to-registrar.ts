/** A proof of the secret, for one act at the registrar: a fresh nonce, and R shown to who knows it already. */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { decodeCredential } from '@answerable/core/presentation/credential';
import { proveRecord } from '@answerable/core/presentation/record';
import { issuanceChallengeResponse } from '@answerable/protocol/enrolment/issuance';
import { Refusal } from '@answerable/protocol/refusal';
import { callParty } from './call.ts';
import { stateOf, type WalletParts } from './parts.ts';

/** `binding` says what the proof is for. Refuses `person_unknown` where there is no credential. */
export async function proveToRegistrar(
  parts: WalletParts,
  binding: (registrar: string, nonce: string) => Uint8Array,
): Promise<{ recordPoint: string; nonce: string; proof: string }> {
  const { holding } = await stateOf(parts);
  if (!holding) throw new Refusal('person_unknown');
  const { registrar } = parts.policy;
  const { recordPoint } = holding;
  const path = '/issuance/challenge';
  const { nonce } = await callParty(parts.fetch, registrar, path, { recordPoint }, issuanceChallengeResponse);
  const credential = decodeCredential(fromBase64url(holding.credential));
  const proof = toBase64url(proveRecord(credential, binding(registrar.name, nonce)));
  return { recordPoint, nonce, proof };
}
