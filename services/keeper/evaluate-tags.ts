/**
 * POST /tags/evaluations, by the registrar of the policy: one person once (PROTOCOL §3.2). One batch per
 * enrolment session, counted before it is evaluated; totals go to the log and must reconcile with enrolments.
 * The keeper has one tag share and nothing else: there is no key id to choose, and an opening share is refused.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { decodeG1 } from '@answerable/core/curve';
import { evaluateTag } from '@answerable/core/tag/tag';
import type { Clock } from '@answerable/kit/clock';
import type { HeldShare } from '@answerable/kit/key-share';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { hashOf } from '@answerable/protocol/canonical';
import {
  encodeTagEvaluation,
  isCountedIn,
  type TagEvaluationResponse,
  tagBinding,
  tagEvaluationRequest,
} from '@answerable/protocol/enrolment/tag-evaluation';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import type { Context } from 'hono';
import type { KeeperStore } from './store.ts';

interface Needs {
  policies: PolicySource;
  store: KeeperStore;
  clock: Clock;
  /** Refuses `not_ready` before the ceremony. */
  tagShare: () => HeldShare;
}

export function evaluateTags({ policies, store, clock, tagShare }: Needs) {
  return async (c: Context) => {
    const body = await readJson(c, tagEvaluationRequest);
    const { registrar } = policies.current();
    const asked = openSigned(registrar.signingKey, messageLabels.tagEvaluation, body);
    const blinded = asked.blinded.map((point) => fromBase64url(point, 'blinded'));
    for (const point of blinded) decodeG1(point, 'blinded');
    if (!isCountedIn(asked.day, clock.now())) throw new Refusal('malformed', 'day');
    const { share } = tagShare();

    const batch = hashOf(messageLabels.tagEvaluation, asked.blinded);
    const counted = await store.countTagBatch(asked.session, batch, blinded.length, asked.day);
    if (counted === 'refused') throw new Refusal('too_many_requests');

    const binding = tagBinding(asked.session);
    const reply: TagEvaluationResponse = {
      evaluations: blinded.map((point) => encodeTagEvaluation(evaluateTag(share, point, binding))),
    };
    return c.json(reply);
  };
}
