/** Addresses inside the wallet: `#/name?key=value`. Nothing of a fragment reaches any server. */
import { useEffect, useState } from 'preact/hooks';
import { asDeep, deeper } from './quick-exit.ts';
import { isVisit } from './visit.ts';

export const screens = [
  'home',
  'join',
  'back',
  'vouched',
  'review',
  'enrolled',
  'words',
  'ask',
  'reset',
  'inbox',
  'reach',
  'notices',
  'forget',
  'limits',
  'code',
  'security',
  'history',
  'visit',
  'record',
  'devices',
  'leave',
] as const;
export type ScreenName = (typeof screens)[number];
export interface Route {
  name: ScreenName;
  facts: Record<string, string>;
}

export function routeOf(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#\/?/, '').split('?');
  const name = screens.find((known) => known === path) ?? 'home';
  return { name, facts: Object.fromEntries(new URLSearchParams(query)) };
}

export const linkTo = (name: ScreenName, facts: Record<string, string> = {}): string =>
  `#/${name === 'home' ? '' : name}${Object.keys(facts).length > 0 ? `?${new URLSearchParams(facts)}` : ''}`;

/**
 * Facts of screens that were gone to from inside: in memory, so that no place's name stands in an address bar or in
 * the browser's history. After a reload they are gone.
 */
const factsAt = new Map<string, Record<string, string>>();

/** Goes to another screen; `replace` leaves no way back to this one. */
export function go(name: ScreenName, facts: Record<string, string> = {}, replace = false): void {
  const at = crypto.randomUUID();
  factsAt.set(at, facts);
  // A visit leaves one line in the browser's history, however many screens it had.
  if (replace || isVisit()) history.replaceState({ ...asDeep(), at }, '', linkTo(name));
  else history.pushState({ ...deeper(), at }, '', linkTo(name));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/** Takes what a fragment carried out of the address bar; the screen that read it stays. */
export const hideFacts = (name: ScreenName): void => history.replaceState(asDeep(), '', linkTo(name));

function routeNow(): Route {
  const route = routeOf(location.hash);
  const inside = factsAt.get((history.state as { at?: string } | null)?.at ?? '');
  return inside ? { ...route, facts: inside } : route;
}

export function useRoute(): Route {
  const [route, setRoute] = useState(routeNow);
  useEffect(() => {
    const look = () => setRoute(routeNow());
    addEventListener('hashchange', look);
    document.addEventListener('click', goInside);
    return () => {
      removeEventListener('hashchange', look);
      document.removeEventListener('click', goInside);
    };
  }, []);
  return route;
}

/** A link to a screen goes the way `go` does; opened in another tab it is an ordinary link. */
function goInside(event: MouseEvent): void {
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const address = (event.target as Element | null)?.closest?.('a')?.getAttribute('href');
  if (!plain || event.defaultPrevented || !address?.startsWith('#/')) return;
  event.preventDefault();
  const { name, facts } = routeOf(address);
  go(name, facts);
}
