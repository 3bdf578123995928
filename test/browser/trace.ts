/**
 * Judges what a browser sent (recording-proxy.ts) by the tables of docs/what-each-party-sees.md. Returns
 * sentences about what should not be; none if the page is the truth, the whole of it, and nothing else went out.
 */
import { fromBase64url, toHex, utf8 } from '@answerable/core/bytes';
import type { RoleName } from '@answerable/practice-constellation/network';
import type { Passed } from './recording-proxy.ts';

/** Shorter values meet by accident. */
const valueCharsMin = 16;

export interface Tables {
  /** `party METHOD /path` → names of what it carries */
  requests: ReadonlyMap<string, ReadonlySet<string>>;
  /** of these, the ones that are sent at times of their own: not in every walk */
  nowAndThen: ReadonlySet<string>;
  /** `name` → kinds of party that one value of this name may go to */
  shared: ReadonlyMap<string, ReadonlySet<string>>;
  /** kinds of party that set cookies */
  cookies: ReadonlySet<string>;
}

/** Something that must be nowhere but at the parties named; text, or octets in hexadecimal. */
export interface Needle {
  what: string;
  text?: string;
  hex?: string;
  at: readonly RoleName[];
}

type Roles = Readonly<Record<RoleName, { origin: string }>>;

const kinds: Partial<Record<RoleName, string>> = {
  wallet: 'wallet host',
  'identity-provider': 'evidence provider',
  registrar: 'registrar',
  'keeper-1': 'keeper',
  'keeper-2': 'keeper',
  'keeper-3': 'keeper',
  logbook: 'log',
  'gateway-commons': 'gateway',
  'gateway-lantern': 'gateway',
  commons: 'forum',
  lantern: 'forum',
};

/** Reads the three tables of the page: rows of the sections with these headings. */
export function readTables(page: string): Tables {
  const cells = (heading: string) => {
    const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
    const rows = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
    return rows.slice(1).map((row) => row.slice(2, -2).split(' | '));
  };
  const named = (cell = '') => new Set([...cell.matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? ''));
  const requests = cells('Requests').map(([party, request = '', carries, why = '']) => ({
    name: `${party} ${[...named(request)][0]}`,
    carries: named(carries),
    nowAndThen: why.startsWith('now and then'),
  }));
  return {
    requests: new Map(requests.map(({ name, carries }) => [name, carries])),
    nowAndThen: new Set(requests.filter((one) => one.nowAndThen).map(({ name }) => name)),
    shared: new Map(
      cells('Values that two see').flatMap(([names, parties = '']) =>
        [...named(names)].map((name) => [name, new Set(parties.split(', '))] as const),
      ),
    ),
    cookies: new Set(cells('Cookies').map(([party = '']) => party)),
  };
}

export function findings(
  passed: readonly Passed[],
  roles: Roles,
  tables: Tables,
  needles: readonly Needle[],
): string[] {
  const sent = passed.map((one) => ({ ...one, role: roleAt(roles, one.origin) }));
  const strangers = sent.filter(({ role }) => !role || !kinds[role]);
  const known = sent.filter((one): one is Sent => one.role !== undefined && kinds[one.role] !== undefined);
  return [
    ...strangers.map(({ method, origin }) => `${method} to somebody who is no party: ${origin}`),
    ...againstTable(known, tables),
    ...known.flatMap((one) => manners(one, roles, tables)),
    ...sharedValues(known, tables),
    ...needles.flatMap((needle) => lost(known, needle)),
  ];
}

type Sent = Passed & { role: RoleName };
const roleAt = (roles: Roles, origin: string) =>
  (Object.keys(kinds) as RoleName[]).find((name) => roles[name].origin === origin);
const kindOf = ({ role }: Sent) => kinds[role] as string;

function againstTable(sent: readonly Sent[], { requests, nowAndThen }: Tables): string[] {
  const seen = new Map<string, Set<string>>();
  for (const one of sent) {
    if (one.method === 'OPTIONS' && one.body === '') continue;
    const name = `${kindOf(one)} ${one.method} ${shapeOf(one.path)}`;
    const names = seen.get(name) ?? new Set();
    for (const [field] of valuesOf(one)) names.add(field);
    seen.set(name, names);
  }
  const missing = (from: ReadonlySet<string>, of: ReadonlySet<string> | undefined) =>
    [...from].filter((name) => !of?.has(name));
  return [
    ...[...seen].flatMap(([name, fields]) =>
      requests.has(name)
        ? missing(fields, requests.get(name)).map(
            (field) => `${name} carries ${field}; the page does not say so`,
          )
        : [`${name} is not on the page; it carries ${[...fields].join(', ')}`],
    ),
    ...[...requests].flatMap(([name, fields]) =>
      nowAndThen.has(name)
        ? []
        : seen.has(name)
          ? missing(fields, seen.get(name)).map((field) => `${name} never carried ${field}; the page says so`)
          : [`${name} is on the page and was never sent`],
    ),
  ];
}

/** Random parts of an address have no name; files of the log and of the wallet are many. */
export const shapeOf = (path: string): string =>
  path
    .replace(/^\/(assets|tile)\/.*/, '/$1/*')
    .replace(/^\/icon[^/]*$/, '/icon*')
    .replace(/\/(?=[\w-]*[A-Z0-9])[\w-]{20,}/g, '/:id');

/** Every value that a request carries, by its name: query, form, JSON. Envelopes have no name of their own. */
export function valuesOf({ query, body }: Pick<Passed, 'query' | 'body'>): [name: string, value: string][] {
  return [...Object.entries(query), ...(body === '' ? [] : bodyValues(body))];
}

function bodyValues(body: string): [string, string][] {
  try {
    return leaves(JSON.parse(body), '');
  } catch {
    return [...new URLSearchParams(body)];
  }
}

function leaves(value: unknown, name: string): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((one) => leaves(one, name));
  if (value === null || typeof value !== 'object') return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, ['message', 'body'].includes(key) ? name : name === '' ? key : `${name}.${key}`),
  );
}

function manners(one: Sent, roles: Roles, { cookies }: Tables): string[] {
  const says = (what: string) => `${kindOf(one)} ${one.method} ${shapeOf(one.path)}: ${what}`;
  const byWallet = one.headers.origin === roles.wallet.origin && one.role !== 'wallet';
  return [
    ...(one.headers.referer === undefined ? [] : [says('a referrer')]),
    ...(one.headers.authorization === undefined ? [] : [says('an authorization')]),
    ...(byWallet && one.headers.cookie !== undefined ? [says('a cookie with a call of the wallet')] : []),
    ...(one.cookiesSet.length > 0 && !cookies.has(kindOf(one)) ? [says('sets a cookie')] : []),
    ...one.cookiesSet
      .filter((cookie) => !cookie.startsWith(one.role))
      .map(() => says('sets a cookie that has not its name')),
    ...(one.role === 'wallet' && (one.method !== 'GET' || valuesOf(one).some(([, value]) => value !== ''))
      ? [says('more than the asking for a file')]
      : []),
  ];
}

/** One gateway is not the other, nor one forum: they are two. Keepers are meant to get the same. */
function sharedValues(sent: readonly Sent[], { shared }: Tables): string[] {
  const found = new Map<string, { names: Set<string>; parties: Set<string>; kinds: Set<string> }>();
  for (const one of sent)
    for (const [name, value] of valuesOf(one)) {
      if (value.length < valueCharsMin) continue;
      const at = found.get(value) ?? { names: new Set(), parties: new Set(), kinds: new Set() };
      at.names.add(name);
      at.kinds.add(kindOf(one));
      at.parties.add(kindOf(one) === 'keeper' ? 'keeper' : one.role);
      found.set(value, at);
    }
  return [...found.values()].flatMap(({ names, parties, kinds }) => {
    if (parties.size < 2) return [];
    const said = [...names].every((name) => [...kinds].every((kind) => shared.get(name)?.has(kind)));
    return said && kinds.size === parties.size
      ? []
      : [`one value, called ${[...names].join(', ')}, went to ${[...parties].join(', ')}`];
  });
}

function lost(sent: readonly Sent[], { what, text, hex, at }: Needle): string[] {
  const holds = (one: Sent) =>
    (text !== undefined && textOf(one).includes(text)) || (hex !== undefined && hexOf(one).includes(hex));
  const places = new Set(sent.filter(holds).map(({ role }) => role));
  return [
    ...[...places].filter((role) => !at.includes(role)).map((role) => `${what} went to ${role}`),
    ...at
      .filter((role) => !places.has(role))
      .map((role) => `${what} did not go to ${role}: looked for in vain`),
  ];
}

const textOf = (one: Sent) => [one.path, JSON.stringify(one.headers), ...valuesOf(one).flat()].join('\n');

/** Octets of every value that can be read as some, so that a point inside a proof is found too. */
const hexOf = (one: Sent) =>
  valuesOf(one)
    .map(([, value]) => toHex(octetsOf(value)))
    .join(' ');

function octetsOf(value: string): Uint8Array {
  try {
    return fromBase64url(value);
  } catch {
    return utf8(value);
  }
}
