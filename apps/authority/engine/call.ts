/**
 * One HTTP call: JSON out, JSON in the shape of a schema, a problem back as the Refusal it was. No answer, or one
 * that is not ours, is `unavailable`.
 */
import { Refusal, type RefusalCode, refusals } from '@answerable/protocol/refusal';
import { z } from 'zod';

const timeoutMs = 15_000;
const replyCharsMax = 64 * 1024 * 1024;

/** In place of the network, in tests. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Call<T> {
  /** absent: GET */
  body?: unknown;
  schema: z.ZodType<T>;
  fetch?: Fetch | undefined;
}

const problem = z.object({ code: z.string(), pointer: z.string().max(200).optional() });

export async function call<T>(url: string, { body, schema, fetch = globalThis.fetch }: Call<T>): Promise<T> {
  const init: RequestInit = {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  const { ok, text } = await send(url, init, fetch);
  const value = parsed(text);
  if (!ok) throw refusalIn(value) ?? new Refusal('unavailable');
  const result = schema.safeParse(value);
  if (!result.success) throw new Refusal('unavailable');
  return result.data;
}

async function send(url: string, init: RequestInit, fetch: Fetch): Promise<{ ok: boolean; text: string }> {
  try {
    const response = await fetch(url, init);
    const text = await response.text();
    return { ok: response.ok, text: text.length > replyCharsMax ? '' : text };
  } catch {
    throw new Refusal('unavailable');
  }
}

function refusalIn(value: unknown): Refusal | undefined {
  const result = problem.safeParse(value);
  if (!result.success || !Object.hasOwn(refusals, result.data.code)) return undefined;
  return new Refusal(result.data.code as RefusalCode, result.data.pointer);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
