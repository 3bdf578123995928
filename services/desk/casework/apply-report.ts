/** What comes in: reports, what the platform itself shows, how many persons there are. */
import { Refusal } from '@answerable/protocol/refusal';
import type { ItemReference } from './event.ts';
import { type CaseState, itemOf } from './state.ts';
import type { Applied } from './transition.ts';

/** More items than these are counted with the report and not listed in the case. */
const itemsMax = 500;

export function reported(state: CaseState, { body }: Applied<'reported'>): CaseState {
  if (state.decided) throw new Refusal('already_decided');
  const fresh = body.items.filter((item) => !itemOf(state, item.locator));
  const items = [...state.items, ...fresh].slice(0, itemsMax);
  return careIfAllDistress({
    ...state,
    reports: state.reports + 1,
    reasons: union(state.reasons, body.reasons),
    characteristics: union(state.characteristics, body.characteristics),
    items,
  });
}

/** Begins a case of its own; nobody decides on a complaint about themselves. */
export function complained(state: CaseState, { body }: Applied<'complained'>): CaseState {
  if (state.kind !== 'complaint' || state.complaint) throw new Refusal('move_not_allowed');
  const { about, concerns } = body;
  const complaint = { about, concerns: concerns?.caseId ?? null, notBy: concerns?.deciders ?? [] };
  return { ...state, reports: 1, items: body.items.slice(0, itemsMax), complaint };
}

/** Somebody else reports what was decided already and is hidden: they are told, and nobody decides it twice. */
export function reportedAgain(state: CaseState): CaseState {
  if (!state.decided) throw new Refusal('move_not_allowed');
  return { ...state, reports: state.reports + 1 };
}

export function addedTo(state: CaseState): CaseState {
  if (state.decided) throw new Refusal('already_decided');
  return state;
}

/** The platform shows an item that so far only a reporter had described. The first sight of it is kept. */
export function itemSeen(state: CaseState, { body }: Applied<'item-seen'>): CaseState {
  const known = itemOf(state, body.item.locator);
  if (!known || known.seen === 'platform') throw new Refusal('move_not_allowed');
  const seen: ItemReference = { ...body.item, seen: 'platform', distress: known.distress };
  return { ...state, items: state.items.map((item) => (item === known ? seen : item)) };
}

export function personsCounted(state: CaseState, { body }: Applied<'persons-counted'>): CaseState {
  return { ...state, persons: body.persons };
}

export function careIfAllDistress(state: CaseState): CaseState {
  const all = state.items.length > 0 && state.items.every((item) => item.distress);
  return all ? { ...state, kind: 'care' } : state;
}

function union(known: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...known, ...more])];
}
