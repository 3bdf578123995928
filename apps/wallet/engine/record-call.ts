/** A call about one's own record: a fresh nonce, and a proof of the secret over the very call (PROTOCOL §3.8). */
import { toBase64url } from '@answerable/core/bytes';
import { proveRecord } from '@answerable/core/presentation/record';
import { recordCallBinding } from '@answerable/protocol/enrolment/binding';
import { issuanceChallengeResponse } from '@answerable/protocol/enrolment/issuance';
import type { RecordCall } from '@answerable/protocol/enrolment/record-life';
import type { z } from 'zod';
import { callParty } from './call.ts';
import { credentialOf, requireHolding } from './holding.ts';
import { stateOf, type WalletParts } from './parts.ts';

export async function callRecord<C, T>(
  parts: WalletParts,
  path: string,
  call: C,
  schema: z.ZodType<T>,
): Promise<T> {
  const { registrar } = parts.policy;
  const holding = requireHolding(await stateOf(parts));
  const { recordPoint } = holding;
  const challenge = { recordPoint };
  const { nonce } = await callParty(
    parts.fetch,
    registrar,
    '/issuance/challenge',
    challenge,
    issuanceChallengeResponse,
  );
  const proof = proveRecord(credentialOf(holding), recordCallBinding(registrar.name, nonce, call));
  const body: RecordCall<C> = { recordPoint, nonce, call, proof: toBase64url(proof) };
  return callParty(parts.fetch, registrar, path, body, schema);
}
