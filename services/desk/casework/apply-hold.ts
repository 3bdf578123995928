/**
 * The interim hold: one moderator hides at once, reversibly. It is over by itself at its hour unless a second
 * person confirms it, and then at a later hour all the same; and a target is held once in a case, so that
 * holds cannot be strung together (SAFETY, "Pages").
 */
import { Refusal } from '@answerable/protocol/refusal';
import { isUnderAlarm } from './apply-care.ts';
import { after } from './deadline.ts';
import { type CaseState, type Hold, isHoldInForce, itemOf } from './state.ts';
import { isSame, takesPart } from './taking-part.ts';
import type { Applied } from './transition.ts';

export const holdHoursMax = 48;
export const confirmedHoldHoursMax = 7 * 24;
/** So long after a hold ended in one case, no other case holds the same thing with the same words. */
export const holdRestHours = 7 * 24;

export function held(state: CaseState, { actor, at, body }: Applied<'held'>): CaseState {
  const { hold, target, until } = body;
  const item = itemOf(state, target);
  if (!item || item.kind === 'account') throw new Refusal('move_not_allowed');
  if (state.kind === 'complaint') throw new Refusal('move_not_allowed');
  if (state.kind === 'care' || item.distress || isUnderAlarm(state, target))
    throw new Refusal('distress_no_sanction');
  if (state.decided) throw new Refusal('already_decided');
  const earlier = state.holds.find((known) => known.target === target);
  if (earlier) throw new Refusal(isHoldInForce(earlier, at) ? 'already_decided' : 'hold_over');
  const elsewhere = state.heldElsewhere?.find(
    (known) => known.target === target && known.hash === item.hash && at < after(known.until, holdRestHours),
  );
  if (elsewhere) throw new Refusal(at < elsewhere.until ? 'already_decided' : 'hold_over');
  const hours = Math.min(state.rules.holdHours, holdHoursMax);
  if (until <= at || until > after(at, hours)) throw new Refusal('move_not_allowed', 'until');
  const placed: Hold = {
    hold,
    target,
    by: actor.name,
    placed: at,
    until,
    confirmedBy: null,
    state: 'active',
  };
  return { ...takesPart(state, actor), holds: [...state.holds, placed] };
}

export function holdConfirmed(state: CaseState, { actor, at, body }: Applied<'hold-confirmed'>): CaseState {
  const hold = activeHold(state, body.hold, at);
  if (hold.confirmedBy) throw new Refusal('already_decided');
  if (isSame(state, hold.by, actor)) throw new Refusal('same_decider');
  if (isUnderAlarm(state, hold.target)) throw new Refusal('distress_no_sanction');
  if (body.until <= at || body.until > after(at, confirmedHoldHoursMax))
    throw new Refusal('move_not_allowed', 'until');
  return replace(takesPart(state, actor), { ...hold, confirmedBy: actor.name, until: body.until });
}

export function holdLifted(state: CaseState, { at, body }: Applied<'hold-lifted'>): CaseState {
  return replace(state, { ...activeHold(state, body.hold, at), state: 'lifted' });
}

/** What this desk knows from its other cases; the last word about a target counts. */
export function heldElsewhere(state: CaseState, { body }: Applied<'held-elsewhere'>): CaseState {
  const { target, hash, until } = body;
  if (!itemOf(state, target)) throw new Refusal('move_not_allowed');
  const others = (state.heldElsewhere ?? []).filter((one) => one.target !== target || one.hash !== hash);
  return { ...state, heldElsewhere: [...others, { target, hash, until }] };
}

/** The desk's own clock says so; `lapseHolds` has already done it if it is true. */
export function holdLapsed(state: CaseState, { body }: Applied<'hold-lapsed'>): CaseState {
  const hold = state.holds.find((known) => known.hold === body.hold);
  if (hold?.state !== 'lapsed') throw new Refusal('move_not_allowed');
  return state;
}

/** Every hold whose hour has come is over, whatever event it is that comes now. */
export function lapseHolds(state: CaseState, at: string): CaseState {
  if (!state.holds.some((hold) => hold.state === 'active' && at >= hold.until)) return state;
  const holds = state.holds.map((hold) =>
    hold.state === 'active' && at >= hold.until ? { ...hold, state: 'lapsed' as const } : hold,
  );
  return { ...state, holds };
}

function activeHold(state: CaseState, id: string, at: string): Hold {
  const hold = state.holds.find((known) => known.hold === id);
  if (!hold) throw new Refusal('not_found');
  if (!isHoldInForce(hold, at)) throw new Refusal('hold_over');
  return hold;
}

function replace(state: CaseState, hold: Hold): CaseState {
  return { ...state, holds: state.holds.map((known) => (known.hold === hold.hold ? hold : known)) };
}
