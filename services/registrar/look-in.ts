/**
 * POST /record/look-in: is all well? What another device has asked for shows here on every other one, and a
 * device that was removed gets the proof of it (PROTOCOL §3.8).
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { type LookInResponse, lookInRequest } from '@answerable/protocol/enrolment/record-life';
import type { Context } from 'hono';
import type { Challenges } from './challenge.ts';
import { resetDays } from './policy.ts';
import { openRecordCall } from './record-call.ts';
import { pendingEndOf, type RecordDays } from './record-days.ts';
import type { RegistrarStore } from './store.ts';

interface Needs {
  policies: PolicySource;
  store: RegistrarStore;
  challenges: Challenges;
  clock: Clock;
  days: RecordDays;
}

export function lookIn(needs: Needs) {
  return async (c: Context) => {
    const { record, call } = await openRecordCall(await readJson(c, lookInRequest), needs);
    const device = call.device === undefined ? undefined : await needs.store.device(call.device, record.id);
    const [nonce, proof] = [device?.removal_nonce, device?.removal_proof];
    const { resetWaitSeconds } = needs.policies.current().limits;
    const reset = record.reset_asked && resetDays(record.reset_asked, resetWaitSeconds);
    const reply: LookInResponse = {
      standing: record.standing,
      reason: record.standing_reason,
      end: pendingEndOf(record, needs.days, dayOf(needs.clock.now())),
      resetAsked: reset?.asked ?? null,
      resetEnds: reset?.ends ?? null,
      words:
        record.recall_blob === null ? null : { recallId: record.recall_id, version: record.recall_version },
      removal: nonce && proof ? { nonce, proof } : null,
    };
    return c.json(reply);
  };
}
