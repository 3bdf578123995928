/**
 * Reads the two forms in which servers of the Fediverse sign a request, and says what was signed with which key:
 * draft-cavage-http-signatures (`Signature`, as Mastodon sends it) and RFC 9421 (`Signature-Input`, as Mastodon
 * takes it since 4.5). Pure: the key is somebody else's business.
 * Must never: accept a signature that leaves out the method, the target, this host, the time or the body.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@answerable/protocol/refusal';

/** How old a signature may be, and how far in the future, by our clock. */
const windowSeconds = 3_600;
const signatureCharsMax = 4_000;

export interface SignedRequest {
  method: string;
  /** path and query, as they came */
  target: string;
  /** header names in lower case */
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Claimed {
  keyId: string;
  /** what the signature is over */
  base: string;
  signature: Buffer;
  algorithm: 'rsa-v1_5-sha256' | 'ed25519' | 'as-the-key';
}

const no = () => new Refusal('signature_refused');

/** What the request claims, once its digest, time and host hold. `origin` is ours. Throws Refusal. */
export function readSignature(request: SignedRequest, origin: string, now: Date): Claimed {
  const { headers } = request;
  if ((headers.signature ?? '').length > signatureCharsMax) throw no();
  return headers['signature-input'] === undefined
    ? readCavage(request, new URL(origin).host, now)
    : readMessageSignature(request, origin, now);
}

/** draft-cavage-http-signatures-12, sections 2.1 and 2.3. */
function readCavage(request: SignedRequest, host: string, now: Date): Claimed {
  const { headers, method, target, body } = request;
  const fields = new Map(
    [...(headers.signature ?? '').matchAll(/([A-Za-z]+)="([^"]*)"/g)].map((found) => [found[1]!, found[2]!]),
  );
  const names = (fields.get('headers') ?? 'date').toLowerCase().split(' ');
  const keyId = fields.get('keyId') ?? '';
  const algorithm = fields.get('algorithm');
  // `hs2019` means: as the key says. Anything else would let the sender choose.
  if (algorithm !== undefined && !['rsa-sha256', 'hs2019'].includes(algorithm)) throw no();
  if (new Set(names).size !== names.length) throw no();
  for (const needed of ['(request-target)', 'host', 'date', 'digest'])
    if (!names.includes(needed)) throw no();
  if (headers.host !== host || keyId === '') throw no();
  requireTime(Date.parse(headers.date ?? '') / 1000, now);
  requireDigest(/^sha-256=(.+)$/i.exec(headers.digest ?? '')?.[1], body);
  const lines = names.map((name) => {
    if (name === '(request-target)') return `(request-target): ${method.toLowerCase()} ${target}`;
    const value = headers[name];
    if (value === undefined || name.startsWith('(')) throw no();
    return `${name}: ${value}`;
  });
  const signature = base64(fields.get('signature'));
  return { keyId, base: lines.join('\n'), signature, algorithm: 'rsa-v1_5-sha256' };
}

const input =
  /^([a-z*][a-z0-9_.*-]{0,60})=(\(((?:"[@a-z0-9-]+"(?: |(?=\))))+)\)((?:;[a-z]+=(?:"[^"\\]*"|\d{1,15}))*))$/;

/** RFC 9421, sections 2.5 and 3.2; with one signature, as Mastodon asks for it. */
function readMessageSignature(request: SignedRequest, origin: string, now: Date): Claimed {
  const { headers, body } = request;
  const [, label = '', params = '', listed = '', rest = ''] =
    input.exec(headers['signature-input'] ?? '') ?? [];
  const names = [...listed.matchAll(/"([^"]+)"/g)].map((found) => found[1]!);
  const given = new Map(
    [...rest.matchAll(/;([a-z]+)=("?)([^";]*)\2/g)].map((found) => [found[1]!, found[3]!]),
  );
  if (label === '' || new Set(names).size !== names.length) throw no();
  for (const needed of ['@method', '@target-uri', 'content-digest']) if (!names.includes(needed)) throw no();
  requireTime(Number(given.get('created') ?? Number.NaN), now);
  const expires = given.get('expires');
  if (expires !== undefined && Number(expires) * 1000 < now.getTime()) throw no();
  requireDigest(/^sha-256=:(.+):$/.exec(headers['content-digest'] ?? '')?.[1], body);
  const algorithm = given.get('alg') ?? 'as-the-key';
  if (algorithm !== 'rsa-v1_5-sha256' && algorithm !== 'ed25519' && algorithm !== 'as-the-key') throw no();
  const lines = names.map((name) => `"${name}": ${componentOf(request, name, origin)}`);
  const found = (headers.signature ?? '').match(/^([a-z*][a-z0-9_.*-]{0,60})=:([A-Za-z0-9+/=]+):$/);
  if (found?.[1] !== label) throw no();
  const base = [...lines, `"@signature-params": ${params}`].join('\n');
  return { keyId: given.get('keyid') ?? '', base, signature: base64(found[2]), algorithm };
}

/** RFC 9421, section 2.2: what a component stands for. The target is as we are called, not as the request says. */
function componentOf({ method, target, headers }: SignedRequest, name: string, origin: string): string {
  const url = new URL(origin + target);
  switch (name) {
    case '@method':
      return method.toUpperCase();
    case '@target-uri':
      return url.href;
    case '@authority':
      return url.host;
    case '@scheme':
      return url.protocol.slice(0, -1);
    case '@path':
      return url.pathname;
    case '@query':
      return url.search || '?';
    default: {
      const value = headers[name];
      if (value === undefined || name.startsWith('@')) throw no();
      return value.trim();
    }
  }
}

function requireTime(seconds: number, now: Date): void {
  if (!(Math.abs(seconds - now.getTime() / 1000) <= windowSeconds)) throw no();
}

function requireDigest(given: string | undefined, body: string): void {
  const expected = createHash('sha256').update(body, 'utf8').digest();
  const said = base64(given);
  if (said.length !== expected.length || !timingSafeEqual(said, expected)) throw no();
}

function base64(text: string | undefined): Buffer {
  if (text === undefined || !/^[A-Za-z0-9+/]{1,2000}={0,2}$/.test(text)) throw no();
  return Buffer.from(text, 'base64');
}
