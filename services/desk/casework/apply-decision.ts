/**
 * Decisions: alone where one person may, proposed and confirmed where two must. A shut page needs two in
 * every desk; a bar as the rules of the case say; protected content (journalism, matters of democratic
 * importance) always.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { withWelfare } from './apply-care.ts';
import { requireConduct } from './check-conduct.ts';
import { appealUntil, dayOfInstant, isTimed } from './deadline.ts';
import type { CareDecision, ComplaintDecision, ConductDecision, Decision } from './decision.ts';
import { type CaseState, itemOf, type StandingMeasure } from './state.ts';
import { isSame, takesPart } from './taking-part.ts';
import type { Applied } from './transition.ts';

/** Whether `decision` has no effect until a second person confirms it. */
export function needsSecond(state: CaseState, decision: Decision): boolean {
  if (decision.path !== 'conduct') return false;
  const finding = state.assessment?.finding;
  const isProtected = finding?.about === 'conduct' && finding.protectedContent !== 'none';
  const grave = decision.measures.some(
    (one) =>
      one.kind === 'shut-page' ||
      (one.kind === 'sanction' && one.step === 'bar' && state.rules.barNeedsSecond),
  );
  return grave || isProtected;
}

export function proposed(state: CaseState, { actor, at, body }: Applied<'proposed'>): CaseState {
  if (state.decided) throw new Refusal('already_decided');
  requireConduct(state, body.decision, at);
  const proposal = { decision: body.decision, by: actor.name, at };
  return { ...takesPart(state, actor), assignee: null, proposal };
}

export function decided(state: CaseState, { actor, at, body }: Applied<'decided'>): CaseState {
  const { decision } = body;
  if (state.decided) throw new Refusal('already_decided');
  if (decision.path === 'conduct') requireConduct(state, decision, at);
  if (decision.path === 'care') requireCare(state, decision);
  if (decision.path === 'complaint') requireAnswer(state, decision);
  // Whoever complained gets an answer.
  if (decision.path === 'none' && state.kind === 'complaint') throw new Refusal('reasons_missing', 'reply');
  if (needsSecond(state, decision)) throw new Refusal('second_decider_needed');
  return close(state, decision, [actor.name], at);
}

export function confirmed(state: CaseState, { actor, at }: Applied<'confirmed'>): CaseState {
  const { proposal } = state;
  if (!proposal) throw new Refusal('move_not_allowed');
  if (isSame(state, proposal.by, actor)) throw new Refusal('same_decider');
  requireConduct(state, proposal.decision, at);
  return close({ ...state, proposal: null }, proposal.decision, [proposal.by, actor.name], at);
}

export function declined(state: CaseState, { actor }: Applied<'declined'>): CaseState {
  const { proposal } = state;
  if (!proposal) throw new Refusal('move_not_allowed');
  // Taking it back is for whoever proposed it too; only a second person's no is a judgement.
  const judged = isSame(state, proposal.by, actor) ? state : takesPart(state, actor);
  return { ...judged, proposal: null };
}

/** A suspension or restriction whose day has come ends by itself. */
export function expired(state: CaseState, { at, body }: Applied<'expired'>): CaseState {
  const standing = state.measures.find((one) => one.measure.measure === body.measure);
  const { measure } = standing ?? {};
  if (!standing?.inForce || measure?.kind !== 'sanction' || !isTimed(measure.step))
    throw new Refusal('move_not_allowed');
  if (measure.until === null || dayOfInstant(at) < measure.until) throw new Refusal('move_not_allowed');
  const ended: StandingMeasure = { ...standing, inForce: false, endedBy: 'expiry' };
  return { ...state, measures: state.measures.map((one) => (one === standing ? ended : one)) };
}

/** The measures of a decision as they begin to stand. */
export function standing(state: CaseState, decision: ConductDecision | CareDecision): StandingMeasure[] {
  const rests = decision.path === 'conduct' ? decision.rests : decision.help.map((one) => one.target);
  const measures = decision.path === 'conduct' ? decision.measures : decision.help;
  return measures.map((measure) => ({
    measure,
    concerns: measure.kind === 'sanction' ? measure.sub : (itemOf(state, measure.target)?.author ?? null),
    rests,
    inForce: true,
    endedBy: null,
  }));
}

function close(state: CaseState, decision: Decision, deciders: string[], at: string): CaseState {
  const measures = 'measures' in decision || 'help' in decision ? standing(state, decision) : [];
  const finders = state.assessment ? [state.assessment.by] : [];
  const covered = new Set(measures.flatMap(({ measure }) => ('target' in measure ? [measure.target] : [])));
  const holds = state.holds.map((hold) =>
    hold.state === 'active'
      ? { ...hold, state: covered.has(hold.target) ? ('superseded' as const) : ('lifted' as const) }
      : hold,
  );
  const closed: CaseState = {
    ...state,
    phase: 'closed',
    assignee: null,
    holds,
    measures,
    decided: { decision, deciders, at, appealUntil: appealUntil(at, state) },
    partIn: [...new Set([...state.partIn, ...finders])],
  };
  return withWelfare(closed, decision, at);
}

function requireAnswer(state: CaseState, { outcome, reply, remedy }: ComplaintDecision): void {
  if (state.kind !== 'complaint') throw new Refusal('move_not_allowed');
  if (reply.trim() === '') throw new Refusal('reasons_missing', 'reply');
  if (outcome !== 'not-upheld' && remedy.trim() === '') throw new Refusal('reasons_missing', 'remedy');
}

function requireCare(state: CaseState, decision: CareDecision): void {
  const found = state.assessment?.finding.about === 'first-person-distress';
  if (!found && state.kind !== 'care') throw new Refusal('move_not_allowed');
  const elsewhere = decision.help.some(({ target }) => {
    const item = itemOf(state, target);
    return !item || (!item.distress && state.kind !== 'care');
  });
  if (elsewhere) throw new Refusal('move_not_allowed');
}
