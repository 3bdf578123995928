/** This device still has the secret, so a reset that somebody asked for must not happen (PROTOCOL §3.7). */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { decodeCredential } from '@answerable/core/presentation/credential';
import { proveRecord } from '@answerable/core/presentation/record';
import { objectionBinding } from '@answerable/protocol/enrolment/binding';
import { issuanceChallengeResponse } from '@answerable/protocol/enrolment/issuance';
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';
import { callParty } from './call.ts';
import { stateOf, type WalletParts } from './parts.ts';

const accepted = z.object({ ok: z.literal(true) });

export async function objectToReset(parts: WalletParts): Promise<void> {
  const { holding } = await stateOf(parts);
  if (!holding) throw new Refusal('person_unknown');
  const { registrar } = parts.policy;
  const { recordPoint } = holding;
  const challenge = { recordPoint };
  const { nonce } = await callParty(
    parts.fetch,
    registrar,
    '/issuance/challenge',
    challenge,
    issuanceChallengeResponse,
  );
  const credential = decodeCredential(fromBase64url(holding.credential));
  const proof = proveRecord(credential, objectionBinding(registrar.name, nonce));
  const body = { recordPoint, nonce, proof: toBase64url(proof) };
  await callParty(parts.fetch, registrar, '/reset/objection', body, accepted);
  const state = await stateOf(parts);
  const { seen } = state.holding ?? {};
  if (!state.holding || !seen) return;
  const stopped = { ...seen, resetAsked: null, resetEnds: null };
  await parts.store.save({ ...state, holding: { ...state.holding, seen: stopped } });
}
