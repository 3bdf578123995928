/**
 * What a moderator finds. First-person distress is a door that opens one way: once an item is marked, no
 * hold, takedown or sanction can rest on it, and those that did are ended.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { careIfAllDistress } from './apply-report.ts';
import { type CaseState, itemOf } from './state.ts';
import type { Applied } from './transition.ts';

export function assessed(state: CaseState, { actor, body }: Applied<'assessed'>): CaseState {
  const { assessment: finding } = body;
  if (finding.items.some((locator) => !itemOf(state, locator))) throw new Refusal('move_not_allowed');
  // Whoever hears an appeal may see distress that was not seen before; nothing else is found anew.
  if (state.decided && finding.about !== 'first-person-distress') throw new Refusal('already_decided');
  if (finding.about === 'conduct') {
    if (state.kind === 'care' || finding.items.some((one) => itemOf(state, one)?.distress))
      throw new Refusal('distress_no_sanction');
  }
  const next = { ...state, assessment: { finding, by: actor.name } };
  return finding.about === 'first-person-distress' ? markDistress(next, finding.items) : next;
}

/** An earlier or parallel case found distress in items that are in this case too. */
export function distressMarked(state: CaseState, { body }: Applied<'distress-marked'>): CaseState {
  return markDistress(state, body.items);
}

/** Another kind of case. Out of care only as long as there is something in it that is not distress. */
export function refiled(state: CaseState, { body }: Applied<'refiled'>): CaseState {
  if (state.decided) throw new Refusal('already_decided');
  if (body.to !== 'care' && state.items.every((item) => item.distress))
    throw new Refusal('distress_no_sanction');
  const next = { ...state, kind: body.to };
  return body.to === 'care' ? liftHolds(next, () => true) : next;
}

function markDistress(state: CaseState, locators: readonly string[]): CaseState {
  const marked = new Set(locators);
  const items = state.items.map((item) => (marked.has(item.locator) ? { ...item, distress: true } : item));
  const measures = state.measures.map((standing) =>
    standing.inForce && standing.measure.kind !== 'show-help' && standing.rests.some((one) => marked.has(one))
      ? { ...standing, inForce: false, endedBy: 'distress' as const }
      : standing,
  );
  const lifted = liftHolds({ ...state, items, measures }, (target) => marked.has(target));
  return careIfAllDistress(dropProposal(lifted, marked));
}

function liftHolds(state: CaseState, concerned: (target: string) => boolean): CaseState {
  const holds = state.holds.map((hold) =>
    hold.state === 'active' && concerned(hold.target) ? { ...hold, state: 'lifted' as const } : hold,
  );
  return { ...state, holds };
}

function dropProposal(state: CaseState, marked: ReadonlySet<string>): CaseState {
  if (!state.proposal?.decision.rests.some((one) => marked.has(one))) return state;
  return { ...state, proposal: null, phase: 'queued', assignee: null };
}
