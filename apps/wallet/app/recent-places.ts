/**
 * Places used in this tab, as the worker sealed them; gone when the tab is closed, locked or left quickly. During a
 * visit in memory only.
 */
import { isVisit } from './visit.ts';

const key = 'recent';
let visited: string | undefined;

export const sealedPlaces = (): string | undefined =>
  isVisit() ? visited : (sessionStorage.getItem(key) ?? undefined);

export function keepPlaces(sealed: string | undefined): void {
  if (sealed === undefined) return;
  if (isVisit()) visited = sealed;
  else sessionStorage.setItem(key, sealed);
}

export function forgetPlaces(): void {
  visited = undefined;
  sessionStorage.removeItem(key);
}
