/**
 * Whether a decision against somebody's conduct may stand: distress first, then its finding, its evidence,
 * its measures and its statement of reasons.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { requireNoAlarm } from './apply-care.ts';
import { dayOfInstant } from './deadline.ts';
import type { Assessment, ConductDecision, ConductMeasure, Sanction } from './decision.ts';
import { requireElements } from './offences.ts';
import { type CaseState, itemOf } from './state.ts';
import { statementFits } from './statement.ts';

type ConductFinding = Extract<Assessment, { about: 'conduct' }>;

/** Refuses `distress_no_sanction`, `reasons_missing` or `move_not_allowed`. */
export function requireConduct(state: CaseState, decision: ConductDecision, at: string): void {
  requireNoDistress(state, decision);
  // A complaint is answered; what it shows about somebody's conduct is filed as what it is first.
  if (state.kind === 'complaint') throw new Refusal('move_not_allowed');
  const finding = requireFinding(state, decision);
  requireFreshIds(state, decision);
  for (const measure of decision.measures) {
    if (measure.kind === 'sanction') requireSanction(state, decision, measure, at);
    else requireTarget(state, decision, measure);
  }
  if (!statementFits(decision, finding.limb)) throw new Refusal('reasons_missing', 'statement');
}

/** Refuses if anything in `decision` rests on, or reaches, what is marked as first-person distress. */
export function requireNoDistress(state: CaseState, decision: ConductDecision): void {
  const touched = [
    ...decision.rests,
    ...decision.measures.flatMap((measure) => ('target' in measure ? [measure.target] : [])),
  ];
  const distressed = touched.some((one) => itemOf(state, one)?.distress);
  const found = state.assessment?.finding.about === 'first-person-distress';
  if (state.kind === 'care' || found || distressed) throw new Refusal('distress_no_sanction');
  requireNoAlarm(state, decision);
}

function requireFinding(state: CaseState, decision: ConductDecision): ConductFinding {
  const finding = state.assessment?.finding;
  if (finding?.about !== 'conduct') throw new Refusal('reasons_missing', 'assessment');
  if (!decision.rests.every((one) => finding.items.includes(one)))
    throw new Refusal('reasons_missing', 'assessment.items');
  requireElements(state.rules, finding);
  return finding;
}

function requireFreshIds(state: CaseState, decision: ConductDecision): void {
  const known = [...state.measures.map((one) => one.measure.measure), ...state.holds.map((one) => one.hold)];
  const ids = decision.measures.map((one) => one.measure);
  if (new Set([...known, ...ids]).size !== known.length + ids.length)
    throw new Refusal('move_not_allowed', 'measure');
}

function requireTarget(
  state: CaseState,
  decision: ConductDecision,
  measure: Exclude<ConductMeasure, Sanction>,
): void {
  const wanted = measure.kind === 'shut-page' ? 'page' : 'post';
  if (itemOf(state, measure.target)?.kind !== wanted || !decision.rests.includes(measure.target))
    throw new Refusal('move_not_allowed', 'target');
}

// A sanction rests on something of theirs that the platform itself has shown: what a reporter typed names nobody.
function requireSanction(state: CaseState, decision: ConductDecision, measure: Sanction, at: string): void {
  const theirs = decision.rests.some((one) => {
    const item = itemOf(state, one);
    return item?.author === measure.sub && item.seen === 'platform';
  });
  if (!theirs) throw new Refusal('reasons_missing', 'rests');
  if (measure.holds === 'person' && !state.rules.holdsPersons) throw new Refusal('move_not_allowed', 'holds');
  const timed = measure.step !== 'warn';
  if (timed ? measure.until === null || measure.until <= dayOfInstant(at) : measure.until !== null)
    throw new Refusal('move_not_allowed', 'until');
}
