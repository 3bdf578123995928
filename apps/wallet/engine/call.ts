/**
 * Calls a party: JSON out, JSON in, its refusal back as the Refusal it was. No answer, or one that is not of
 * the expected shape, is `unavailable`, with the party's name as pointer.
 */
import { Refusal, type RefusalCode, refusals } from '@answerable/protocol/refusal';
import { z } from 'zod';

const timeoutMs = 15_000;
const replyCharsMax = 4 * 1024 * 1024;

const problem = z.object({ code: z.string(), pointer: z.string().max(200).optional() });

export interface Party {
  name: string;
  origin: string;
}

/** POST of `body` to `party`; the answer in the shape of `schema`. */
export async function callParty<T>(
  fetch: typeof globalThis.fetch,
  { name, origin }: Party,
  path: string,
  body: unknown,
  schema: z.ZodType<T>,
): Promise<T> {
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => {
    throw new Refusal('unavailable', name);
  });
  const text = await response.text().catch(() => '');
  const value = text.length > replyCharsMax ? undefined : parsed(text);
  if (!response.ok) throw refusalIn(value) ?? new Refusal('unavailable', name);
  const result = schema.safeParse(value);
  if (!result.success) throw new Refusal('unavailable', name);
  return result.data;
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
