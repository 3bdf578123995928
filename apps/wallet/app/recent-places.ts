/**
 * Places used in this tab since it was opened, so that a refusal or a message can be read without choosing
 * again. Gone when the tab is closed; the wallet keeps no list (PROTOCOL §8).
 */
import type { AccountAt } from './boundary/actions.ts';

const key = 'recent';
const placesMax = 5;

export interface RecentPlace extends AccountAt {
  title: string;
}

export function recentPlaces(): RecentPlace[] {
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
  sessionStorage.setItem(key, JSON.stringify([place, ...rest].slice(0, placesMax)));
}

export const forgetPlaces = (): void => sessionStorage.removeItem(key);
