/**
 * registrar → keepers: from identifiers to tags (PROTOCOL §3.2). What a keeper gets is blinded and says
 * nothing; what it answers comes with a proof, and a keeper whose proof does not hold is left out and named.
 * Must never: ask for anything outside an enrolment session.
 */
import { toBase64url } from '@answerable/core/bytes';
import type { Contribution } from '@answerable/core/ceremony/evaluation';
import { blindIdentifier, combineTag } from '@answerable/core/tag/tag';
import { type Clock, dayOf } from '@answerable/kit/clock';
import { callJson } from '@answerable/kit/http-client';
import type { Journal } from '@answerable/kit/journal';
import type { PolicySource } from '@answerable/kit/policy-source';
import {
  decodeTagEvaluation,
  tagBinding,
  tagEvaluationResponse,
} from '@answerable/protocol/enrolment/tag-evaluation';
import { messageLabels } from '@answerable/protocol/labels';
import { tagKeysOf } from '@answerable/protocol/parties';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import type { RegistrarKeys } from './keys.ts';
import type { RegistrarStore } from './store.ts';

const keeperTimeoutMs = 5_000;

/** The tag of each identifier, in order, as base64url. Refuses `unavailable` with fewer than t good keepers. */
export type AskTags = (session: string, identifiers: readonly Uint8Array[]) => Promise<string[]>;

interface Needs {
  clock: Clock;
  /** Of the day: what is asked of keepers is on record before it is asked. */
  count: RegistrarStore['count'];
  policies: PolicySource;
  keys: RegistrarKeys;
  journal: Journal;
}

export function askTags({ policies, keys, journal, clock, count }: Needs): AskTags {
  return async (session, identifiers) => {
    const policy = policies.current();
    const day = dayOf(clock.now());
    await count(day, 'tag-sessions');
    await count(day, 'tag-evaluations', identifiers.length);
    const asked = identifiers.map(blindIdentifier);
    const message = { session, day, blinded: asked.map(({ blinded }) => toBase64url(blinded)) };
    const body = signMessage(keys.signing.seed, messageLabels.tagEvaluation, message);
    const answers = await Promise.allSettled(
      policy.tags.keepers.map(async ({ origin, index }) => {
        const { evaluations } = await callJson(`${origin}/tags/evaluations`, {
          body,
          schema: tagEvaluationResponse,
          timeoutMs: keeperTimeoutMs,
        });
        return { index, evaluations };
      }),
    );
    const good = answers.filter((answer) => answer.status === 'fulfilled').map((answer) => answer.value);
    if (good.length < policy.tags.threshold) await count(day, 'tag-sessions-unanswered');
    return asked.map((one, at) => {
      const contributions: Contribution[] = good.flatMap(({ index, evaluations }) => {
        const evaluation = evaluations[at];
        return evaluation ? [{ index, evaluation: decodeTagEvaluation(index, evaluation) }] : [];
      });
      const tag = combineTag(tagKeysOf(policy), one, tagBinding(session), contributions);
      for (const index of tag.bad) journal.warn('a keeper answered wrongly', { index });
      if (!tag.ok) throw new Refusal('unavailable');
      return toBase64url(tag.element);
    });
  };
}
