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
import type { Applied } from './transition.ts';

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
    at,
    heardBy: null,
    outcome: null,
    reply: null,
    heardAt: null,
  };
  // Another person's appeal may be in somebody's hands already; this one waits behind it.
  const kept = phase === 'closed' ? { phase: 'queued' as const, assignee: null } : { phase };
  return { ...state, ...kept, appeals: [...state.appeals, fresh] };
}

export function heard(state: CaseState, { actor, at, body }: Applied<'heard'>): CaseState {
  const appeal = state.appeals.find((known) => known.appeal === body.appeal);
  if (!state.decided || !appeal) throw new Refusal('not_found');
  if (appeal.outcome) throw new Refusal('already_decided');
  if (state.decided.deciders.includes(actor.name)) throw new Refusal('own_decision');
  if (body.reply.trim() === '') throw new Refusal('reasons_missing', 'reply');
  if ((body.outcome === 'varied') !== (body.instead !== null))
    throw new Refusal('reasons_missing', 'instead');
  const closed: Appeal = {
    ...appeal,
    heardBy: actor.name,
    outcome: body.outcome,
    reply: body.reply,
    heardAt: at,
  };
  const appeals = state.appeals.map((known) => (known === appeal ? closed : known));
  const next: CaseState = { ...state, appeals, assignee: null };
  const restored = body.outcome === 'upheld' ? next : restore(next, appeal.sub);
  const result = body.instead ? replace(state, restored, body.instead, appeal.sub) : restored;
  return { ...result, phase: pendingAppeals(result).length > 0 ? 'queued' : 'closed' };
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
