/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * Before a decision about somebody's conduct is recorded, whoever decides sees it as the person will read it, with
 * what is grave about it; only what was seen is submitted. Nothing is recorded here: the transition is asked what
 * it would say, so that a refusal comes before the page and not after.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { appealUntil } from '../casework/deadline.ts';
import { type EventBody, human } from '../casework/event.ts';
import type { CaseState } from '../casework/state.ts';
import { transition } from '../casework/transition.ts';
import { consolePage } from '../console/console-page.tsx';
import { PreviewPage } from '../console/preview-page.tsx';
import type { DeskParts } from '../parts.ts';
import type { DecisionRequest } from './decide-case.ts';
import { actorFor, type Sent } from './staff-verb.ts';

type Plan = (parts: DeskParts, state: CaseState, at: string, body: DecisionRequest) => readonly EventBody[];

export const lookFirst =
  (plan: Plan) =>
  async ({ c, parts, caseId, staff, form, body }: Sent<DecisionRequest>): Promise<Response | undefined> => {
    if (!form || body.decision.path !== 'conduct' || form.one('seen') === 'yes') return undefined;
    requireAlternatives(body);
    const state = await parts.store.state(caseId);
    if (!state) throw new Refusal('case_unknown');
    const now = parts.clock.now().toISOString();
    const at = now < state.at ? state.at : now;
    let after = state;
    for (const event of plan(parts, state, at, body)) {
      const next = transition(after, { actor: actorFor(staff, event.kind), tool: human, at, body: event });
      if (next instanceof Refusal) throw next;
      after = next;
    }
    const decision = after.proposal?.decision ?? after.decided?.decision;
    if (decision?.path !== 'conduct') return undefined;
    const session = parts.signIn.session(c);
    const props = {
      state: after,
      decision,
      appealUntil: appealUntil(at, after),
      fields: form.entries(),
      csrf: session.csrf,
    };
    return consolePage(
      c,
      parts.config,
      { title: 'As they will read it', session },
      <PreviewPage {...props} />,
    );
  };

// Online Safety Act s.23: what else was considered is part of the record where a measure is a grave one.
function requireAlternatives({ assessment, decision }: DecisionRequest): void {
  if (assessment?.about !== 'conduct' || decision.path !== 'conduct') return;
  const grave = decision.measures.some(
    (one) => one.kind === 'shut-page' || (one.kind === 'sanction' && ['suspend', 'bar'].includes(one.step)),
  );
  if (grave && assessment.alternatives.trim() === '')
    throw new Refusal('reasons_missing', 'assessment.alternatives');
}
