/** Who has a case in hand: one person at a time, who can pass it on by name. */
import { Refusal } from '@answerable/protocol/refusal';
import { isWelfareOpen } from './care.ts';
import { after } from './deadline.ts';
import type { Actor } from './event.ts';
import type { CaseState } from './state.ts';
import { forumOf, hadPart, isOneOf, isSame } from './taking-part.ts';
import type { Applied } from './transition.ts';

/** A claim that was left lying is free again after this. */
const claimHoursMax = 8;

// Exclusive: two people never hold the same case. An appeal cannot even be taken up by who decided.
export function claimed(state: CaseState, actor: Actor, at: string): CaseState {
  if (isOnesOwn(state, actor)) throw new Refusal('own_decision');
  if (state.proposal) throw new Refusal('second_decider_needed');
  const { assignee } = state;
  if (assignee && at < after(assignee.since, claimHoursMax)) throw new Refusal('already_claimed');
  return { ...state, phase: 'assigned', assignee: { name: actor.name, since: at } };
}

export function handedOver(state: CaseState, { actor, at, body }: Applied<'handed-over'>): CaseState {
  requireAssignee(state, actor);
  const to = { name: body.to };
  if (!to.name.trim() || forumOf(to.name) !== null || isSame(state, actor.name, to))
    throw new Refusal('move_not_allowed', 'to');
  // What could not be taken up cannot be handed over either.
  if (isOnesOwn(state, to)) throw new Refusal('own_decision');
  if (body.word.trim() === '') throw new Refusal('reasons_missing', 'word');
  return { ...state, assignee: { name: body.to, since: at } };
}

export function requireAssignee(state: CaseState, actor: Actor): void {
  if (state.assignee?.name !== actor.name)
    throw new Refusal(state.assignee ? 'already_claimed' : 'not_claimed');
}

/** Decided by `actor`, or a complaint about what they decided. Looking in on somebody again judges nothing. */
const isOnesOwn = (state: CaseState, actor: Pick<Actor, 'name' | 'staff'>): boolean =>
  (!isWelfareOpen(state) && hadPart(state, actor)) || isOneOf(state, state.complaint?.notBy ?? [], actor);
