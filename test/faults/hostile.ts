/**
 * What strangers send: bodies that are no message, and values put in the place of each value of a message that
 * would be taken. Everything carries a word that no answer and no journal may repeat.
 */
import { fromHex, toBase64url } from '@answerable/core/bytes';

/** Stands in everything that is sent. */
export const canary = 'kanarienvogel';

const json = 'application/json';
const deep = 20_000;
const largeBytes = 1024 * 1024 + 300_000;

/** Bodies that no address takes: name, content type, body. */
export const hostileBodies: readonly (readonly [string, string, string])[] = [
  ['nothing', json, ''],
  ['text that is not JSON', json, `{"${canary}": `],
  ['another content type', 'text/plain', JSON.stringify({ [canary]: 1 })],
  ['XML', 'application/xml', `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;${canary}</a>`],
  ['a form without end', 'multipart/form-data; boundary=x', `--x\r\n${canary}`],
  ['a form without its mark', 'multipart/form-data', canary],
  ['a form of NULs', 'application/x-www-form-urlencoded', `${canary}=%00&%FF=%C0%80`],
  ['null', json, 'null'],
  ['a number', json, '1e999'],
  ['a string', json, JSON.stringify(canary)],
  ['an empty list', json, '[]'],
  ['an empty object', json, '{}'],
  ['a list too deep', json, '['.repeat(deep) + ']'.repeat(deep)],
  ['an object too deep', json, '{"a":'.repeat(deep) + '1' + '}'.repeat(deep)],
  ['a large body', json, JSON.stringify({ [canary]: 'x'.repeat(largeBytes) })],
  ['NUL octets', json, `{"${canary}":"\0"}`],
  ['a byte order mark', json, `\ufeff{"${canary}":1}`],
  ['unknown fields', json, JSON.stringify({ [canary]: canary, message: { [canary]: [canary] } })],
  [
    'keys of every object',
    json,
    `{"__proto__":{"${canary}":1},"constructor":{"prototype":{"a":1}},"toString":1}`,
  ],
];

const g1 = {
  identity: 'c0' + '00'.repeat(47),
  'order three': '80' + '00'.repeat(47),
  'outside the subgroup': '80' + '00'.repeat(46) + '04',
  'x not reduced':
    '9a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab',
  'not compressed':
    '17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb',
};
const order = '73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001';

/** In place of octets as base64url: always of the same length, so that the shape lets them through. */
function hostileOctets(text: string): string[] {
  const length = Math.floor((text.length * 6) / 8);
  const filled = (octet: number) => toBase64url(new Uint8Array(length).fill(octet));
  const spare = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = spare[(spare.indexOf(text.at(-1) ?? 'A') + 1) % spare.length];
  // Longer than a point: a commitment with its proof begins with one.
  const points = length < 48 ? [] : Object.values(g1).map((point) => point + 'ff'.repeat(length - 48));
  const own = length === 32 ? [order] : points;
  return [
    filled(0),
    filled(0xff),
    text.slice(0, -1) + last,
    text.slice(0, -1) + '=',
    (text[0] === 'A' ? 'B' : 'A') + text.slice(1),
    text.slice(0, -1),
    `${text}AA`,
    ...own.map((hex) => toBase64url(fromHex(hex))),
  ];
}

const hostileTexts = [
  '',
  `${canary}\0`,
  `${canary}\ud800`,
  `\u202e${canary}\u0007\u2066`,
  `${canary}' or 1=1; drop table record; --`,
  `../../${canary}`,
  `<script>${canary}</script>`,
  '__proto__',
  canary.repeat(2_000),
];
const hostileMoments = [
  '9999-99-99',
  '2026-02-31',
  '9999-99-99T99:99:99Z',
  '2026-02-31T25:61:00Z',
  '+275760-09-13',
];
const hostileNumbers = [-1, -0, 1.5, 2 ** 31, 2 ** 53, 1e308, '1', '1e3'];
const hostileKinds = [null, true, [], {}, [[canary]], { [canary]: canary }];

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export interface Changed {
  /** where, and what: for the report of a failure */
  at: string;
  value: Json;
  /** the value put there, if it was text */
  put: string | undefined;
}

/** `message` with each of its values in turn replaced by each hostile one, left out, or joined by others. */
export function* hostileVersions(message: Json, at = ''): Generator<Changed> {
  for (const value of [...hostileKinds, ...instead(message)])
    if (JSON.stringify(value) !== JSON.stringify(message))
      yield {
        at: `${at} ← ${JSON.stringify(value).slice(0, 60)}`,
        value,
        put: typeof value === 'string' ? value : undefined,
      };
  if (message === null || typeof message !== 'object') return;
  // Of a list the first: the others are read like it.
  const keys = Array.isArray(message) ? Object.keys(message).slice(0, 1) : Object.keys(message);
  const put = (key: string, value: Json): Json =>
    Array.isArray(message) ? message.with(Number(key), value) : { ...message, [key]: value };
  for (const key of keys)
    for (const inner of hostileVersions((message as Record<string, Json>)[key]!, `${at}/${key}`))
      yield { ...inner, value: put(key, inner.value) };
  if (Array.isArray(message)) {
    yield { at: `${at} often`, value: Array.from({ length: 600 }, () => message[0] ?? 1), put: undefined };
    return;
  }
  for (const key of keys) {
    const { [key]: _gone, ...rest } = message;
    yield { at: `${at}/${key} left out`, value: rest, put: undefined };
  }
  yield { at: `${at} with a field more`, value: { ...message, [canary]: canary }, put: undefined };
  yield { at: `${at} with __proto__`, value: withProto(message), put: undefined };
}

function instead(value: Json): Json[] {
  if (typeof value === 'number') return hostileNumbers;
  if (typeof value !== 'string') return [];
  if (/^\d{4}-\d{2}-\d{2}/.test(value)) return [...hostileMoments, ...hostileTexts.slice(0, 3)];
  if (/^[A-Za-z0-9_-]{22,}$/.test(value)) return [...hostileOctets(value), ...hostileTexts.slice(0, 3)];
  return hostileTexts;
}

// As JSON.parse makes it: an own property of that name, not a prototype.
function withProto(message: { [key: string]: Json }): { [key: string]: Json } {
  const copy = { ...message };
  Object.defineProperty(copy, '__proto__', { value: { [canary]: 1 }, enumerable: true });
  return copy;
}
