/**
 * How cases with like words were decided, for whoever decides this one: what was found, why, what was done, and
 * whether it stood on appeal. Never whose it was; and no case that is not theirs to see.
 */
import type { Staff } from '@answerable/kit/sign-in';
import type { Decision } from '../casework/decision.ts';
import type { CaseState } from '../casework/state.ts';
import type { DeskParts } from '../parts.ts';
import { isTheirs } from '../people/queue-access.ts';
import type { Like } from './precedent-store.ts';

const shownMax = 5;
/** Some of the found may not be theirs to see. */
const foundMax = 12;

export async function precedentsBeside({ precedents }: DeskParts, state: CaseState, staff: Staff) {
  const found = await precedents.like(state, foundMax);
  return found
    .filter((one) => isTheirs(staff, one.state))
    .slice(0, shownMax)
    .map(precedentOf);
}

function precedentOf({ caseId, shared, state }: Like) {
  const finding = state.assessment?.finding;
  const found = finding?.about === 'conduct' ? finding : undefined;
  const decision = state.decided?.decision;
  return {
    caseId,
    sharedPercent: Math.round(shared * 100),
    kind: state.kind,
    day: state.decided?.at.slice(0, 10) ?? '',
    path: decision?.path ?? 'none',
    limb: found?.limb ?? null,
    offence: found?.offence ?? null,
    clause: found?.clause ?? null,
    reasons: reasonsOf(decision),
    measures: [
      ...new Set(
        state.measures.map(({ measure }) => (measure.kind === 'sanction' ? measure.step : measure.kind)),
      ),
    ],
    /** outcomes of appeals, oldest first */
    appeals: state.appeals.flatMap(({ outcome }) => outcome ?? []),
  };
}

function reasonsOf(decision: Decision | undefined): { ground: string; explanation: string } | null {
  if (decision?.path !== 'conduct') return null;
  const { statement } = decision;
  return {
    ground: statement.illegal_content_legal_ground ?? statement.incompatible_content_ground ?? '',
    explanation: statement.illegal_content_explanation ?? statement.incompatible_content_explanation ?? '',
  };
}
