/**
 * POST /reset/objection: an old device still has the secret, so somebody else asked for the reset, or the
 * person found it again. The wait begins anew only with a new request (PROTOCOL §3.7).
 */
import { fromBase64url } from '@answerable/core/bytes';
import { verifyRecord } from '@answerable/core/presentation/record';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { objectionBinding } from '@answerable/protocol/enrolment/binding';
import { resetObjection } from '@answerable/protocol/enrolment/recall';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { Challenges } from './challenge.ts';
import type { RegistrarStore } from './store.ts';

interface Needs {
  policies: PolicySource;
  store: RegistrarStore;
  challenges: Challenges;
}

export function objectToReset({ policies, store, challenges }: Needs) {
  return async (c: Context) => {
    const asked = await readJson(c, resetObjection);
    const key = await store.keyOf(asked.recordPoint);
    if (!key) throw new Refusal('person_unknown');
    challenges.spend(asked.nonce, asked.recordPoint);
    verifyRecord(
      fromBase64url(asked.recordPoint, 'recordPoint'),
      objectionBinding(policies.current().registrar.name, asked.nonce),
      fromBase64url(asked.proof, 'proof'),
    );
    await store.dropReset(key.record_id);
    return c.json({ ok: true });
  };
}
