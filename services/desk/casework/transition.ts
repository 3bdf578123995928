/**
 * The one place where the state of a case changes: `transition(state, event) → state | Refusal`, pure and
 * synchronous. Everything that must never happen is refused here, whichever verb or console asked for it
 * (SAFETY, "Event model"). Must never: read a clock, a database or a configuration.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { appealed, evidenceAdded, heard } from './apply-appeal.ts';
import {
  alarmEnded,
  alarmRaised,
  alarmStep,
  askedAfterDeath,
  preservationEnded,
  preserved,
  welfareChecked,
  welfareDue,
  welfareWished,
} from './apply-care.ts';
import { claimed, handedOver, requireAssignee } from './apply-claim.ts';
import { confirmed, decided, declined, expired, proposed } from './apply-decision.ts';
import { erased } from './apply-erasure.ts';
import { assessed, distressMarked, refiled } from './apply-finding.ts';
import { held, heldElsewhere, holdConfirmed, holdLapsed, holdLifted, lapseHolds } from './apply-hold.ts';
import { answeredByPanel, endMoot, panelAsked, panelLate } from './apply-panel.ts';
import { addedTo, complained, itemSeen, personsCounted, reported, reportedAgain } from './apply-report.ts';
import type { Actor, BodyOf, CaseEvent, EventKind } from './event.ts';
import { mayCause, moves, needsHuman } from './moves.ts';
import type { CaseState } from './state.ts';
import { forumOf, withStaff } from './taking-part.ts';

/** What a handler sees: the state with holds settled and the phase moved, and the event. */
export interface Applied<K extends EventKind> {
  actor: Actor;
  at: string;
  body: BodyOf<K>;
}

/** The state after `event`, or why not. `state` is undefined before `opened` and never otherwise. */
export function transition(state: CaseState | undefined, event: CaseEvent): CaseState | Refusal {
  try {
    return state === undefined ? open(event) : apply(state, event);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The state that a whole history leads to. Throws if any event of it would have been refused. */
export function fold(events: readonly CaseEvent[]): CaseState {
  let state: CaseState | undefined;
  for (const event of events) {
    const next = transition(state, event);
    if (next instanceof Refusal) throw new Error(`bug: a recorded event is refused: ${next.code}`);
    state = next;
  }
  if (!state) throw new Error('bug: a case without events');
  return state;
}

function open({ actor, at, body }: CaseEvent): CaseState {
  if (body.kind !== 'opened') throw new Refusal('case_unknown');
  if (!mayCause[actor.role].has('opened')) throw new Refusal('forbidden');
  return {
    caseId: body.caseId,
    kind: body.caseKind,
    phase: 'open',
    rules: body.rules,
    opened: at,
    at,
    reports: 0,
    reasons: [],
    characteristics: [],
    items: [],
    persons: [],
    assignee: null,
    assessment: null,
    holds: [],
    proposal: null,
    decided: null,
    measures: [],
    appeals: [],
    partIn: [],
    staff: {},
  };
}

function apply(before: CaseState, event: CaseEvent): CaseState {
  const { actor, tool, at, body } = event;
  if (!mayCause[actor.role].has(body.kind)) throw new Refusal('forbidden');
  if (needsHuman(actor.role) && tool.kind !== 'human') throw new Refusal('forbidden');
  // Nobody who works here can be named like the panel, and nobody of the panel is of this forum.
  const forum = forumOf(actor.name);
  if ((forum !== null) !== (actor.role === 'panel')) throw new Refusal('forbidden');
  if (forum !== null && forum === before.rules.forum) throw new Refusal('forbidden');
  if (at < before.at) throw new Refusal('move_not_allowed', 'time');
  const to = moves[before.phase][body.kind];
  if (to === undefined) throw new Refusal('move_not_allowed');
  const phase = to === 'same' ? before.phase : to;
  if (before.erased) throw new Refusal('move_not_allowed');
  const settled = { ...lapseHolds(withStaff(before, actor), at), at };
  if (body.kind === 'erased') return erased({ ...settled, phase }, before.at, { actor, at, body });
  const asked = actor.role === 'panel' ? answeredByPanel(settled, actor, body) : settled;
  return endMoot(handle(asked, event, phase));
}

function handle(state: CaseState, event: CaseEvent, phase: CaseState['phase']): CaseState {
  const moved = { ...state, phase };
  const { actor, at, body } = event;
  switch (body.kind) {
    case 'opened':
    case 'erased':
      throw new Refusal('move_not_allowed');
    case 'queued':
    case 'noted':
      return moved;
    case 'reported':
      return reported(moved, { actor, at, body });
    case 'complained':
      return complained(moved, { actor, at, body });
    case 'reported-again':
      return reportedAgain(moved);
    case 'added-to':
      return addedTo(moved);
    case 'item-seen':
      return itemSeen(moved, { actor, at, body });
    case 'persons-counted':
      return personsCounted(moved, { actor, at, body });
    case 'distress-marked':
      return distressMarked(moved, { actor, at, body });
    case 'claimed':
      return claimed(state, actor, at);
    case 'released':
      if (actor.role !== 'admin') requireAssignee(state, actor);
      return { ...moved, assignee: null };
    case 'handed-over':
      return handedOver(moved, { actor, at, body });
    case 'escalated':
      requireAssignee(state, actor);
      if (state.decided) throw new Refusal('already_decided');
      return { ...moved, assignee: null };
    case 'refiled':
      requireAssignee(state, actor);
      return refiled(moved, { actor, at, body });
    case 'assessed':
      requireAssignee(state, actor);
      return assessed(moved, { actor, at, body });
    case 'proposed':
      requireAssignee(state, actor);
      return proposed(moved, { actor, at, body });
    case 'decided':
      requireAssignee(state, actor);
      return decided(moved, { actor, at, body });
    case 'confirmed':
      return confirmed(moved, { actor, at, body });
    case 'declined':
      return declined(moved, { actor, at, body });
    case 'held':
      return held(moved, { actor, at, body });
    case 'hold-confirmed':
      return holdConfirmed(moved, { actor, at, body });
    case 'hold-lifted':
      return holdLifted(moved, { actor, at, body });
    case 'hold-lapsed':
      return holdLapsed(moved, { actor, at, body });
    case 'held-elsewhere':
      return heldElsewhere(moved, { actor, at, body });
    case 'panel-asked':
      return panelAsked(moved, { actor, at, body });
    case 'panel-late':
      return panelLate(moved, { actor, at, body });
    case 'expired':
      return expired(moved, { actor, at, body });
    case 'appealed':
      return appealed(moved, { actor, at, body }, state.phase);
    case 'evidence-added':
      return evidenceAdded(moved, { actor, at, body });
    case 'heard':
      if (actor.role !== 'panel') requireAssignee(state, actor);
      return heard(moved, { actor, at, body });
    case 'alarm-raised':
      return alarmRaised(moved, { actor, at, body });
    case 'alarm-step':
      return alarmStep(moved, { actor, at, body });
    case 'alarm-ended':
      return alarmEnded(moved, { actor, at, body });
    case 'asked-after-death':
      return askedAfterDeath(moved, { actor, at, body });
    case 'preserved':
      return preserved(moved, { actor, at, body });
    case 'preservation-ended':
      return preservationEnded(moved);
    case 'welfare-due':
      return welfareDue(moved, { actor, at, body });
    case 'welfare-wished':
      return welfareWished(moved, { actor, at, body });
    case 'welfare-checked':
      return welfareChecked(moved, { actor, at, body });
  }
}
