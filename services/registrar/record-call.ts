/**
 * A call about a record by who proves its secret, over this very call and a nonce that is good once. Nothing
 * else counts here: no session, no evidence login.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { verifyRecord } from '@answerable/core/presentation/record';
import type { PolicySource } from '@answerable/kit/policy-source';
import { recordCallBinding } from '@answerable/protocol/enrolment/binding';
import type { RecordCall } from '@answerable/protocol/enrolment/record-life';
import { Refusal } from '@answerable/protocol/refusal';
import type { Challenges } from './challenge.ts';
import type { RecordKeyRow, RecordRow, RegistrarStore } from './store.ts';

interface Needs {
  policies: PolicySource;
  store: RegistrarStore;
  challenges: Challenges;
}

/** Refuses `person_unknown`, `nonce_expired`, `presentation_refused`. */
export async function openRecordCall<C>(
  asked: RecordCall<C>,
  { policies, store, challenges }: Needs,
): Promise<{ record: RecordRow; key: RecordKeyRow; call: C }> {
  const { recordPoint, nonce, call, proof } = asked;
  const key = await store.keyOf(recordPoint);
  if (!key) throw new Refusal('person_unknown');
  challenges.spend(nonce, recordPoint);
  verifyRecord(
    fromBase64url(recordPoint, 'recordPoint'),
    recordCallBinding(policies.current().registrar.name, nonce, call),
    fromBase64url(proof, 'proof'),
  );
  const record = await store.record(key.record_id);
  if (!record) throw new Refusal('person_unknown');
  return { record, key, call };
}
