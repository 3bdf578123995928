/**
 * Appeals: heard by somebody who had no part in the decision, with a reply in words. Overturned restores the
 * earlier position of the person who appealed; varied puts something lighter in its place, never heavier.
 */

import { Refusal } from '@answerable/protocol/refusal';
import { ladder } from '@answerable/protocol/report/sanction';
import { standing } from './apply-decision.ts';
import { requireNoDistress } from './check-conduct.ts';
import { dayOfInstant } from './deadline.ts';
import type { ConductDecision, ConductMeasure, Measure } from './decision.ts';
import { type Appeal, type CaseState, type Phase, pendingAppeals, sameHolder } from './state.ts';
import { statementFits } from './statement.ts';
import { hadPart, takesPart } from './taking-part.ts';
import type { Applied } from './transition.ts';

/** Pieces of evidence after the grounds: as many as somebody needs, not so many that they drown the appeal. */
const evidenceMax = 20;
const mediaMax = 8;

export function appealed(state: CaseState, { at, body }: Applied<'appealed'>, phase: Phase): CaseState {
  const { decided } = state;
  const holder = sameHolder(state, body.sub);
  // Whoever is not concerned is told the same as for a case that does not exist.
  if (!decided || !concerning(state, holder).length) throw new Refusal('case_unknown');
  if (dayOfInstant(at) > decided.appealUntil) throw new Refusal('appeal_over');
  if (state.appeals.some((known) => holder.has(known.sub))) throw new Refusal('already_decided');
  const { appeal, sub, track, grounds } = body;
  const fresh: Appeal = {
    appeal,
    sub,
    track,
    grounds,
    evidence: [],
    at,
    heardBy: null,
    outcome: null,
    reply: null,
    heardAt: null,
    restoredAt: null,
  };
  // Another person's appeal may be in somebody's hands already; this one waits behind it.
  const kept = phase === 'closed' ? { phase: 'queued' as const, assignee: null } : { phase };
  return { ...state, ...kept, appeals: [...state.appeals, fresh] };
}

export function evidenceAdded(state: CaseState, { at, body }: Applied<'evidence-added'>): CaseState {
  const appeal = state.appeals.find((known) => known.appeal === body.appeal);
  if (!appeal || !sameHolder(state, body.sub).has(appeal.sub)) throw new Refusal('case_unknown');
  if (appeal.outcome) throw new Refusal('already_decided');
  const { words, media } = body;
  if (words.trim() === '' && media.length === 0) throw new Refusal('reasons_missing', 'words');
  if (appeal.evidence.length >= evidenceMax || media.length > mediaMax)
    throw new Refusal('move_not_allowed', 'evidence');
  const more: Appeal = { ...appeal, evidence: [...appeal.evidence, { at, words, media }] };
  return { ...state, appeals: state.appeals.map((known) => (known === appeal ? more : known)) };
}

export function heard(state: CaseState, { actor, at, body }: Applied<'heard'>): CaseState {
  const appeal = state.appeals.find((known) => known.appeal === body.appeal);
  if (!state.decided || !appeal) throw new Refusal('not_found');
  if (appeal.outcome) throw new Refusal('already_decided');
  if (hadPart(state, actor)) throw new Refusal('own_decision');
  if (body.reply.trim() === '') throw new Refusal('reasons_missing', 'reply');
  if ((body.outcome === 'varied') !== (body.instead !== null))
    throw new Refusal('reasons_missing', 'instead');
  const closed: Appeal = {
    ...appeal,
    heardBy: actor.name,
    outcome: body.outcome,
    reply: body.reply,
    heardAt: at,
    restoredAt: body.outcome === 'upheld' ? null : at,
  };
  const appeals = state.appeals.map((known) => (known === appeal ? closed : known));
  // What a colleague has in hand meanwhile, another person's appeal, stays with them.
  const kept = state.assignee && state.assignee.name !== actor.name ? state.assignee : null;
  const next: CaseState = { ...state, appeals, assignee: kept };
  const restored = body.outcome === 'upheld' ? next : restore(next, appeal.sub);
  const result = body.instead ? replace(state, restored, body.instead, appeal.sub) : restored;
  // Whoever put something in the decision's place has part in what stands now.
  const told = body.outcome === 'varied' ? takesPart(result, actor) : result;
  if (pendingAppeals(told).length === 0) return { ...told, phase: 'closed', assignee: null };
  return { ...told, phase: kept ? 'assigned' : 'queued' };
}

const concerning = (state: CaseState, holder: ReadonlySet<string>) =>
  state.measures.filter(
    ({ concerns, measure }) => measure.kind !== 'show-help' && concerns !== null && holder.has(concerns),
  );

function restore(state: CaseState, sub: string): CaseState {
  const theirs = new Set(concerning(state, sameHolder(state, sub)));
  const measures = state.measures.map((one) =>
    theirs.has(one) && one.inForce ? { ...one, inForce: false, endedBy: 'appeal' as const } : one,
  );
  return { ...state, measures };
}

function replace(before: CaseState, state: CaseState, instead: ConductDecision, sub: string): CaseState {
  requireNoDistress(state, instead);
  const original = before.decided?.decision;
  if (original?.path !== 'conduct') throw new Refusal('move_not_allowed');
  if (!instead.rests.every((one) => original.rests.includes(one))) throw new Refusal('move_not_allowed');
  const limb = original.statement.decision_ground === 'DECISION_GROUND_ILLEGAL_CONTENT' ? 'illegal' : 'terms';
  if (!statementFits(instead, limb)) throw new Refusal('reasons_missing', 'statement');
  const was = concerning(before, sameHolder(before, sub)).filter((one) => one.inForce);
  const ids = new Set(before.measures.map((one) => one.measure.measure));
  for (const measure of instead.measures) {
    const lighter = was.some((one) => isNoHeavier(measure, one.measure));
    if (!lighter || ids.has(measure.measure)) throw new Refusal('move_not_allowed', 'measures');
    ids.add(measure.measure);
  }
  return { ...state, measures: [...state.measures, ...standing(state, instead)] };
}

function isNoHeavier(now: ConductMeasure, was: Measure): boolean {
  if (now.kind !== was.kind) return false;
  if (now.kind !== 'sanction' || was.kind !== 'sanction') {
    return 'target' in now && 'target' in was && now.target === was.target;
  }
  if (now.sub !== was.sub || (now.holds === 'person' && was.holds === 'account')) return false;
  const [step, before] = [ladder.indexOf(now.step), ladder.indexOf(was.step)];
  if ((now.step === 'warn') !== (now.until === null)) return false;
  if (step !== before) return step < before;
  return now.until === null || (was.until !== null && now.until <= was.until);
}
