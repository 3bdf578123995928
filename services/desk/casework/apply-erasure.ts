/**
 * When the time of a closed case is over, what it says about people goes; that it was, when, and which way it was
 * decided stay, and so does its chain. Never while anything of it is in force, can still be appealed, or is kept
 * for those who ask after a death.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { isWelfareWaiting, openAlarms } from './care.ts';
import { after, dayOfInstant } from './deadline.ts';
import type { Decision } from './decision.ts';
import { type CaseState, isHoldInForce, pendingAppeals } from './state.ts';
import type { Applied } from './transition.ts';

const hoursPerDay = 24;

/** From when a case may be erased; null while it may not, whatever the day. */
export function erasableFrom(state: CaseState): string | null {
  const { rules, decided, measures, holds, erased, preserved } = state;
  if (erased || preserved || rules.retentionDays === undefined || state.phase !== 'closed' || !decided)
    return null;
  const standing = measures.some((one) => one.inForce && one.measure.kind !== 'show-help');
  const waiting = pendingAppeals(state).length > 0 || openAlarms(state).length > 0 || isWelfareWaiting(state);
  if (standing || waiting || holds.some((hold) => isHoldInForce(hold, state.at))) return null;
  const kept = after(state.at, rules.retentionDays * hoursPerDay);
  const appealable = after(`${decided.appealUntil}T00:00:00.000Z`, hoursPerDay);
  return kept > appealable ? kept : appealable;
}

export function erased(state: CaseState, before: string, { at }: Applied<'erased'>): CaseState {
  // Judged by when the case last changed, not by this event.
  const from = erasableFrom({ ...state, at: before });
  if (from === null || at < from) throw new Refusal('move_not_allowed');
  return {
    ...state,
    erased: dayOfInstant(at),
    characteristics: [],
    items: [],
    persons: [],
    assessment: null,
    holds: [],
    measures: [],
    appeals: [],
    partIn: [],
    staff: {},
    decided: state.decided && { ...state.decided, decision: emptied(state.decided.decision) },
    ...(state.panel ? { panel: [] } : {}),
    ...(state.heldElsewhere ? { heldElsewhere: [] } : {}),
    ...(state.alarms ? { alarms: [] } : {}),
    ...(state.welfare ? { welfare: { ...state.welfare, checks: [], wish: null, due: null } } : {}),
  };
}

/** Which way it went, without a word of it. */
function emptied(decision: Decision): Decision {
  switch (decision.path) {
    case 'conduct': {
      const statement = { ...decision.statement, decision_facts: '', terms_clause: '' };
      return { ...decision, rests: [], measures: [], statement };
    }
    case 'care':
      return { ...decision, help: [], note: '' };
    case 'complaint':
      return { ...decision, reply: '', remedy: '' };
    case 'none':
      return { ...decision, note: '' };
  }
}
