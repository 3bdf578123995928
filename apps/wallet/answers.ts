/**
 * What the wallet's host answers: the files of one release and their manifest, the trust policy, the mode.
 * Without sockets or disks. A refusal is a problem (RFC 9457), as everywhere here.
 * Must never: answer with anything that depends on who asks, but the encoding they can read.
 */
import { type RefusalCode, refusals } from '@answerable/protocol/refusal';
import { startPath } from '@answerable/protocol/wallet-release';
import type { BuiltFile } from './built-files.ts';
import { securityHeaders } from './security-headers.ts';

export interface PolicyText {
  text: string;
  /** Origins that the wallet calls. */
  callees: string[];
}

/** What one host has to offer. */
export interface Site {
  files: ReadonlyMap<string, BuiltFile>;
  policy: PolicyText | undefined;
  mode: 'production' | 'practice';
  frameAncestors: readonly string[];
  secure: boolean;
}

export interface Asked {
  method: string;
  /** With or without a query, which is not looked at. */
  url: string;
  acceptEncoding?: string | undefined;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

export function answerTo(asked: Asked, site: Site): Answer {
  const { callees = [] } = site.policy ?? {};
  const answer = contentFor(asked, site);
  return { ...answer, headers: { ...securityHeaders({ ...site, callees }), ...answer.headers } };
}

function contentFor({ method, url, acceptEncoding = '' }: Asked, site: Site): Answer {
  const path = url.split('?')[0] ?? '/';
  if (method !== 'GET' && method !== 'HEAD') return methodRefused;
  if (path === '/health')
    return json(site.policy ? 200 : 503, { service: 'wallet', ok: site.policy !== undefined });
  if (path === '/settings.json') return json(200, settingsOf(site));
  if (path === '/policy.json') return site.policy ? json(200, site.policy.text) : refused('not_ready');
  const file = site.files.get(path === '/' ? startPath : path);
  return file ? fileAnswer(file, acceptEncoding) : refused('not_found');
}

const settingsOf = ({ mode, frameAncestors }: Site) =>
  mode === 'practice' ? { mode, framedBy: frameAncestors } : { mode };

function fileAnswer(file: BuiltFile, acceptEncoding: string): Answer {
  const takes = (encoding: string) => new RegExp(`\\b${encoding}\\b`).test(acceptEncoding);
  const headers: Record<string, string> = { 'content-type': file.type, 'cache-control': file.cache };
  if (file.gzip || file.brotli) headers.vary = 'accept-encoding';
  if (file.brotli && takes('br'))
    return { status: 200, headers: { ...headers, 'content-encoding': 'br' }, body: file.brotli };
  if (file.gzip && takes('gzip'))
    return { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: file.gzip };
  return { status: 200, headers, body: file.body };
}

const problem = (fields: { type: string; title: string; status: number; code?: string }): Answer => ({
  status: fields.status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  body: JSON.stringify(fields),
});
const refused = (code: RefusalCode): Answer =>
  problem({ type: `urn:answerable:refusal:${code}`, ...refusals[code], code });
const notThatMethod = problem({ type: 'about:blank', title: 'Method Not Allowed', status: 405 });
const methodRefused: Answer = { ...notThatMethod, headers: { ...notThatMethod.headers, allow: 'GET, HEAD' } };

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: typeof value === 'string' ? value : JSON.stringify(value),
});
