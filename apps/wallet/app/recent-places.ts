/**
 * Places used in this tab since it was opened, so that a refusal or a message can be read without choosing
 * again. Gone when the tab is closed; the wallet keeps no list (PROTOCOL §8).
 */
import type { AccountAt } from './boundary/actions.ts';
import { isVisit } from './visit.ts';

const key = 'recent';
const placesMax = 5;

export interface RecentPlace extends AccountAt {
  title: string;
}

/** During a visit: in memory only. */
let visited: RecentPlace[] = [];

export function recentPlaces(): RecentPlace[] {
  if (isVisit()) return visited;
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]') as RecentPlace[];
  } catch {
    return [];
  }
}

export function rememberPlace(place: RecentPlace): void {
  const same = (other: RecentPlace) =>
    other.gateway === place.gateway && other.platform === place.platform && other.slot === place.slot;
  const rest = recentPlaces().filter((other) => !same(other));
  const places = [place, ...rest].slice(0, placesMax);
  if (isVisit()) visited = places;
  else sessionStorage.setItem(key, JSON.stringify(places));
}

export const forgetPlaces = (): void => sessionStorage.removeItem(key);
