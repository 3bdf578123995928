/**
 * Calls one platform's own API: JSON out, JSON in, and every way in which others answer wrongly turned into one
 * of our refusals. Only the configured origin is ever called, and a redirect is not followed: the token goes
 * nowhere else. An answer that is not JSON comes from something between us and the platform, and passes.
 * Must never: put a token, a path or a word of the answer into an error.
 */
import { realClock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import type { z } from 'zod';

const timeoutMs = 5_000;
const replyBytesMax = 2 * 1024 * 1024;
/** Nobody is waited for longer than this, whatever they ask for. */
export const retryAfterSecondsMax = 3_600;

/** The platform asks for patience: try again, but not before `afterSeconds`. */
export class TryLater extends Refusal {
  readonly afterSeconds: number;
  constructor(afterSeconds: number) {
    super('too_many_requests');
    this.afterSeconds = afterSeconds;
  }
}

export interface Call<T> {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  schema: z.ZodType<T>;
  /** a redirect says that the thing is there, and is the answer `{}`; it is not followed */
  redirectIs?: 'found';
}

/** A caller for `origin`; `headers` carry the token. */
export type Caller = <T>(path: string, call: Call<T>) => Promise<T>;

export function createCaller(origin: string, headers: Record<string, string>): Caller {
  return async (path, call) => {
    const url = new URL(path, origin);
    if (url.origin !== origin) throw new Error('bug: a path leads away from the platform');
    for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
    const response = await send(url.href, headers, call);
    if (call.redirectIs === 'found' && response.status >= 300 && response.status < 400)
      return call.schema.parse({});
    const body = await readJson(response);
    if (!response.ok) throw refusalFor(response);
    const result = call.schema.safeParse(body);
    if (!result.success) throw new Refusal('unavailable');
    return result.data;
  };
}

async function send<T>(url: string, headers: Record<string, string>, call: Call<T>): Promise<Response> {
  const { body, method = body === undefined ? 'GET' : 'POST' } = call;
  const init: RequestInit = {
    method,
    headers: {
      accept: 'application/json',
      'user-agent': 'answerable',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
      ...call.headers,
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  try {
    return await fetch(url, init);
  } catch {
    throw new Refusal('unavailable');
  }
}

/** The answer's JSON; an empty one is `{}`. Throws Refusal `unavailable` for everything else. */
async function readJson(response: Response): Promise<unknown> {
  const text = await readLimited(response, replyBytesMax);
  const waits = response.status === 429 || response.status >= 500;
  if (text === undefined) throw waits ? refusalFor(response) : new Refusal('unavailable');
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw waits ? refusalFor(response) : new Refusal('unavailable');
  }
}

/** The text of a body of at most `bytesMax`; undefined if it is longer or breaks off. */
export async function readLimited(response: Response, bytesMax: number): Promise<string | undefined> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return Buffer.concat(parts).toString('utf8');
      bytes += value.byteLength;
      if (bytes > bytesMax) {
        await reader.cancel().catch(() => {});
        return undefined;
      }
      parts.push(value);
    }
  } catch {
    return undefined;
  }
}

function refusalFor(response: Response): Refusal {
  const { status } = response;
  const after = retryAfterSeconds(response.headers.get('retry-after'));
  if (status === 429 || (status === 503 && after !== undefined)) return new TryLater(after ?? 0);
  if (status === 401) return new Refusal('unauthorised');
  if (status === 403) return new Refusal('forbidden');
  if (status === 404 || status === 410) return new Refusal('not_found');
  const ours = status >= 400 && status < 500 && status !== 408 && status !== 425;
  return new Refusal(ours ? 'malformed' : 'unavailable');
}

/** Seconds of Retry-After (RFC 9110, 10.2.3), in either form; at most an hour. */
function retryAfterSeconds(value: string | null): number | undefined {
  if (value === null) return undefined;
  const seconds = /^\d{1,9}$/.test(value)
    ? Number(value)
    : (Date.parse(value) - realClock.now().getTime()) / 1000;
  return Number.isFinite(seconds)
    ? Math.min(retryAfterSecondsMax, Math.max(0, Math.ceil(seconds)))
    : undefined;
}

/** A segment of a path, whatever the platform calls its things. */
export const segment = (text: string): string => encodeURIComponent(text);
