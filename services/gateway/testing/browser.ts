/** A browser without a window: keeps cookies per address and path as browsers do, follows redirects on demand. */
interface Cookie {
  name: string;
  value: string;
  host: string;
  path: string;
}

export interface Browser {
  /** One request; redirects are not followed. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** Follows redirects by GET until there are none, or until `until` likes the address it would go to. */
  follow(
    url: string,
    until?: (url: URL) => boolean,
  ): Promise<{ url: string; response: Response | undefined }>;
  cookies(): readonly Cookie[];
}

const redirectsMax = 12;

/** `always`: headers that each of its requests has. */
export function browser(always: Record<string, string> = {}): Browser {
  const kept: Cookie[] = [];

  const cookieHeader = (url: URL) =>
    kept
      // Cookies do not look at ports.
      .filter(({ host, path }) => host === url.hostname && covers(path, url.pathname))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');

  const keep = (url: URL, line: string) => {
    const [pair = '', ...rest] = line.split('; ');
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const path = rest.find((part) => /^path=/i.test(part))?.slice(5) ?? '/';
    const gone = rest.some((part) => /^expires=Thu, 01 Jan 1970/i.test(part) || /^max-age=0$/i.test(part));
    const at = kept.findIndex((c) => c.name === name && c.host === url.hostname && c.path === path);
    if (at >= 0) kept.splice(at, 1);
    if (!gone) kept.push({ name, value, host: url.hostname, path });
  };

  const fetchOnce = async (address: string, init: RequestInit = {}) => {
    const url = new URL(address);
    const headers = new Headers({ ...always, ...(init.headers as Record<string, string>) });
    const cookie = cookieHeader(url);
    if (cookie) headers.set('cookie', cookie);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(url, line);
    return response;
  };

  return {
    fetch: fetchOnce,
    cookies: () => kept,
    async follow(address, until = () => false) {
      let url = address;
      for (let i = 0; i < redirectsMax; i++) {
        if (until(new URL(url))) return { url, response: undefined };
        const response = await fetchOnce(url);
        const next = response.headers.get('location');
        if (response.status < 300 || response.status > 399 || !next) return { url, response };
        url = new URL(next, url).href;
      }
      throw new Error('too many redirects');
    },
  };
}

const covers = (path: string, asked: string): boolean =>
  asked === path || asked.startsWith(path.endsWith('/') ? path : `${path}/`);
