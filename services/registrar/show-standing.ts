/**
 * POST /recall/standing: what is under way about somebody's own way back, to who proves the secret of the record.
 * So any device of the person learns of a reset that somebody else asked for, while it can still be stopped
 * (PROTOCOL §3.7), and of the id under which keepers count tries. The evidence login alone learns neither.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { verifyRecord } from '@answerable/core/presentation/record';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { standingBinding } from '@answerable/protocol/enrolment/binding';
import { recallStandingRequest, type recallStandingResponse } from '@answerable/protocol/enrolment/recall';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Challenges } from './challenge.ts';
import { resetDays } from './policy.ts';
import type { RegistrarStore } from './store.ts';

interface Needs {
  policies: PolicySource;
  store: RegistrarStore;
  challenges: Challenges;
}

export function showStanding({ policies, store, challenges }: Needs) {
  return async (c: Context) => {
    const asked = await readJson(c, recallStandingRequest);
    const policy = policies.current();
    const key = await store.keyOf(asked.recordPoint);
    if (!key) throw new Refusal('person_unknown');
    challenges.spend(asked.nonce, asked.recordPoint);
    verifyRecord(
      fromBase64url(asked.recordPoint, 'recordPoint'),
      standingBinding(policy.registrar.name, asked.nonce),
      fromBase64url(asked.proof, 'proof'),
    );
    const record = await store.record(key.record_id);
    if (!record) throw new Refusal('person_unknown');
    const reply: z.infer<typeof recallStandingResponse> = {
      recallId: record.recall_id,
      version: record.recall_blob === null ? 0 : record.recall_version,
      reset: record.reset_asked && resetDays(record.reset_asked, policy.limits.resetWaitSeconds),
    };
    return c.json(reply);
  };
}
