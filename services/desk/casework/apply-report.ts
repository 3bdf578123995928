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
