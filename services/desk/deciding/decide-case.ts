/**
 * POST /cases/:caseId/{assessment,decision,confirmation,declination}. A decision that needs a second person is
 * recorded as proposed and waits; the same request decides where one person may.
 */
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { needsSecond } from '../casework/apply-decision.ts';
import { proposalSubject } from '../casework/apply-panel.ts';
import { type Assessment, assessment, type ConductDecision } from '../casework/decision.ts';
import type { EventBody } from '../casework/event.ts';
import type { CaseState } from '../casework/state.ts';
import { requireClause } from '../duty/require-clause.ts';
import type { DeskParts } from '../parts.ts';
import { requireSteps } from '../promises/require-steps.ts';
import { decisionOfForm } from './decision-form.ts';
import { placing } from './hold-item.ts';
import { lookFirst } from './look-first.tsx';
import { staffVerb } from './staff-verb.ts';
import { decisionChoice, writeDecision } from './write-decision.ts';

const decisionRequest = z.strictObject({
  /** what was found, if it was not recorded before */
  assessment: assessment.optional(),
  decision: decisionChoice,
});
export type DecisionRequest = z.infer<typeof decisionRequest>;
const words = wire.text(1000).refine((text) => text.trim() !== '');

export const assessCase = (parts: DeskParts) =>
  staffVerb(parts, {
    schema: z.strictObject({ assessment }),
    fromForm: (form, at) => ({ assessment: decisionOfForm(form, at).assessment }),
    plan(state, _at, body) {
      parts.law.requireFinding(state.rules, body.assessment);
      return [{ kind: 'assessed', ...body }];
    },
  });

export const decideCase = (parts: DeskParts) =>
  staffVerb(parts, {
    schema: decisionRequest,
    fromForm: decisionOfForm,
    async first(sent) {
      await requireClause(parts, sent.body.decision);
      const { decision } = sent.body;
      if (decision.path === 'conduct') await requireSteps(parts, decision);
      if (decision.path === 'conduct' && decision.macro && !(await parts.macros.find(decision.macro)))
        throw new Refusal('malformed', 'decision.macro');
      return lookFirst(planOf)(sent);
    },
    plan: (state, at, body) => planOf(parts, state, at, body),
    done: ({ decided }) => {
      if (decided) parts.events.decided(decided.decision.path);
    },
  });

/** What a decision is recorded as: proposed where a second person is needed, decided where one may. */
export function planOf(parts: DeskParts, state: CaseState, at: string, body: DecisionRequest): EventBody[] {
  const finding = body.assessment ?? state.assessment?.finding;
  if (body.decision.path === 'conduct') parts.law.requireFinding(state.rules, finding);
  const assessed: EventBody[] = body.assessment ? [{ kind: 'assessed', assessment: body.assessment }] : [];
  const decision = writeDecision(state, body.decision, finding, at, parts);
  const found = finding ? withFinding(state, finding) : state;
  if (decision.path === 'conduct' && needsSecond(found, decision))
    return [...assessed, { kind: 'proposed', decision }, ...meanwhile(state, decision, at)];
  return [...assessed, { kind: 'decided', decision }];
}

/** Where nobody else works here, what waits for the panel is hidden until then, as far as one person may. */
function meanwhile(state: CaseState, decision: ConductDecision, at: string): EventBody[] {
  if (!state.rules.oneModerator) return [];
  const held = new Set(state.holds.map((hold) => hold.target));
  const targets = decision.measures.flatMap((one) => ('target' in one ? [one.target] : []));
  return [...new Set(targets)]
    .filter((target) => !held.has(target))
    .map((target) => placing(state, target, at));
}

// Only to see whether a second person is needed; the transition finds out for itself.
const withFinding = (state: CaseState, finding: Assessment): CaseState => ({
  ...state,
  assessment: { finding, by: '' },
});

export const confirmDecision = (parts: DeskParts) =>
  staffVerb(parts, {
    /** which proposal was read; absent: whichever stands */
    schema: z.object({ proposal: z.string().max(100).optional() }),
    fromForm: (form) => ({ proposal: form.one('proposal') }),
    async first({ caseId }) {
      await requireSteps(parts, (await parts.store.state(caseId))?.proposal?.decision);
      return undefined;
    },
    plan(state, _at, { proposal }) {
      if (state.proposal && proposal !== undefined && proposal !== proposalSubject(state))
        throw new Refusal('proposal_changed');
      return [{ kind: 'confirmed' }];
    },
    done: ({ decided }) => {
      if (decided) parts.events.decided(decided.decision.path);
    },
  });

export const declineDecision = (parts: DeskParts) =>
  staffVerb(parts, {
    schema: z.strictObject({ why: words }),
    fromForm: (form) => ({ why: form.one('why') }),
    plan: (_state, _at, { why }) => [{ kind: 'declined', why }],
  });
