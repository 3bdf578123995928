/**
 * POST /recall/evaluation: one try at the words of one record (PROTOCOL §3.6, RFC 9497). The keeper sees a
 * blinded element and learns neither the words nor whether they were right.
 * Must never: evaluate before the try is counted. A crash after the count costs a try and gives nothing.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import {
  type RecallEvaluationResponse,
  recallEvaluationRequest,
} from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import type { Context } from 'hono';
import type { CheckIdToken } from './check-id-token.ts';
import type { CheckReferee } from './check-referee.ts';
import type { RecallKeys } from './keys.ts';
import { requireBudget, triesLeft } from './policy.ts';
import type { KeeperStore } from './store.ts';

interface Needs {
  policies: PolicySource;
  store: KeeperStore;
  clock: Clock;
  recallKeys: RecallKeys;
  checkIdToken: CheckIdToken;
  checkReferee: CheckReferee;
}

export function evaluateRecall({ policies, store, clock, recallKeys, checkIdToken, checkReferee }: Needs) {
  return async (c: Context) => {
    const body = await readJson(c, recallEvaluationRequest);
    const asked = openSigned(body.message.sessionKey, messageLabels.recallEvaluation, body);
    const policy = policies.current();
    const { subject, token } =
      'assertion' in asked
        ? await checkReferee(asked.assertion, asked, policy)
        : await checkIdToken(asked.idToken, asked.sessionKey, policy);

    const day = dayOf(clock.now());
    const taken = await store.takeTry(
      { recallId: asked.recallId, version: asked.version, subject, token, day },
      (budget) => requireBudget(policy.limits, budget),
    );
    if (taken === 'token-spent') throw new Refusal('token_spent');
    // Somebody else's token, a record that is not there, an old version: one answer for all three.
    if (taken === 'not-listed' || taken === 'not-in-force') throw new Refusal('recall_missing');

    // From here on the try is spent.
    const { evaluated, proof } = recallKeys.evaluate(asked.recallId, asked.version, asked.blinded);
    const reply: RecallEvaluationResponse = { evaluated, proof, ...triesLeft(policy.limits, taken) };
    return c.json(reply);
  };
}
