/**
 * A tiny browser without a window: cookies as browsers keep them (by host and path, never by port), redirects
 * on demand. One for each device of a practice person.
 */
const redirectsMax = 20;

export interface Cookie {
  name: string;
  value: string;
  host: string;
  path: string;
}

export interface Page {
  url: string;
  status: number;
  text: string;
}

export interface Browser {
  /** One request; redirects are not followed. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** Opens `url` and follows redirects, to the page at their end or to the first address that `until` likes. */
  open(url: string, until?: (url: URL) => boolean): Promise<Page>;
  /** Posts a form and follows what comes. */
  submit(url: string, fields: Record<string, string>, until?: (url: URL) => boolean): Promise<Page>;
  /** What it keeps, to go on with after a restart. */
  cookies(): Cookie[];
}

export function createBrowser(cookies: readonly Cookie[] = []): Browser {
  const kept: Cookie[] = [...cookies];

  const fetchOnce = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address);
    const headers = new Headers(init.headers);
    const own = kept.filter(({ host, path }) => host === url.hostname && covers(path, url.pathname));
    if (own.length > 0) headers.set('cookie', own.map(({ name, value }) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(kept, url, line);
    return response;
  };

  const follow = async (first: Response, from: string, until: (url: URL) => boolean): Promise<Page> => {
    let [response, url] = [first, from];
    for (let i = 0; i < redirectsMax; i++) {
      const next = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || !next)
        return { url, status: response.status, text: await response.text() };
      await response.body?.cancel();
      url = new URL(next, url).href;
      if (until(new URL(url))) return { url, status: response.status, text: '' };
      response = await fetchOnce(url);
    }
    throw new Error('too many redirects');
  };

  return {
    fetch: fetchOnce,
    cookies: () => [...kept],
    async open(url, until = never) {
      return follow(await fetchOnce(url), url, until);
    },
    async submit(url, fields, until = never) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(url).origin };
      const body = new URLSearchParams(fields).toString();
      return follow(await fetchOnce(url, { method: 'POST', headers, body }), url, until);
    },
  };
}

const never = (): boolean => false;

function keep(kept: Cookie[], { hostname }: URL, line: string): void {
  const [pair = '', ...rest] = line.split(/; */);
  const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
  const path = rest.find((part) => /^path=/i.test(part))?.slice('path='.length) ?? '/';
  const gone = rest.some((part) => /^expires=Thu, 01 Jan 1970/i.test(part) || /^max-age=0$/i.test(part));
  const at = kept.findIndex((one) => one.name === name && one.host === hostname && one.path === path);
  if (at >= 0) kept.splice(at, 1);
  if (!gone) kept.push({ name, value, host: hostname, path });
}

const covers = (path: string, asked: string): boolean =>
  asked === path || asked.startsWith(path.endsWith('/') ? path : `${path}/`);
