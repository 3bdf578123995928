/**
 * Calls another service: JSON out, JSON in, a problem back as the Refusal it was. No answer in time, or an
 * answer that is not ours, is the refusal `unavailable`.
 * Must never: follow a redirect to another origin with a body.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { z } from 'zod';
import { problemContentType, refusalOf } from './problem.ts';

const timeoutMsDefault = 10_000;
const replyBytesMax = 4 * 1024 * 1024;

export interface CallOptions<T> {
  /** default POST with a body, GET without */
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  schema: z.ZodType<T>;
  timeoutMs?: number;
  /** in place of the network, as in `(url, init) => app.request(url, init)` */
  fetch?: (url: string, init: RequestInit) => Response | Promise<Response>;
}

/** The answer in the shape of `schema`. Throws the other side's Refusal, or `unavailable`. */
export async function callJson<T>(url: string, options: CallOptions<T>): Promise<T> {
  const response = await send(url, options);
  const text = await response.text().catch(() => {
    throw new Refusal('unavailable');
  });
  if (text.length > replyBytesMax) throw new Refusal('unavailable');
  const body = parsed(text);
  if (!response.ok) {
    const type = response.headers.get('content-type') ?? '';
    throw (type.startsWith(problemContentType) ? refusalOf(body) : undefined) ?? new Refusal('unavailable');
  }
  const result = options.schema.safeParse(body);
  if (!result.success) throw new Refusal('unavailable');
  return result.data;
}

async function send<T>(url: string, options: CallOptions<T>): Promise<Response> {
  const { body, timeoutMs = timeoutMsDefault } = options;
  const init: RequestInit = {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { accept: 'application/json', 'user-agent': 'answerable', ...options.headers },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { ...init.headers, 'content-type': 'application/json' };
  }
  try {
    return await (options.fetch ?? fetch)(url, init);
  } catch {
    throw new Refusal('unavailable');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
