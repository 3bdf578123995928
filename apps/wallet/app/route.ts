/** Addresses inside the wallet: `#/name?key=value`. Nothing of a fragment reaches any server. */
import { useEffect, useState } from 'preact/hooks';

export const screens = [
  'home',
  'join',
  'back',
  'enrolled',
  'words',
  'ask',
  'reset',
  'inbox',
  'notices',
  'forget',
  'limits',
  'code',
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

/** Goes to another screen; `replace` leaves no way back to this one. */
export function go(name: ScreenName, facts: Record<string, string> = {}, replace = false): void {
  const address = linkTo(name, facts);
  if (!replace) location.hash = address;
  else {
    history.replaceState(null, '', address);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }
}

/** Takes what a fragment carried out of the address bar; the screen that read it stays. */
export const hideFacts = (name: ScreenName): void => history.replaceState(null, '', linkTo(name));

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const look = () => setRoute(routeOf(location.hash));
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return route;
}
