/**
 * Reads a JSON request body into a known shape. Refuses an oversized body, another content type, text that
 * is not JSON and an unknown shape, naming the field and never the value.
 * Assumes: the body limit of createServiceApp has already stopped larger bodies on the way in.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { z } from 'zod';

const jsonBytesMax = 256 * 1024;
const pathCharsMax = 120;

/** The body in the shape of `schema`. Throws Refusal: wrong_content_type, body_too_large, malformed. */
export async function readJson<T>(c: Context, schema: z.ZodType<T>, bytesMax = jsonBytesMax): Promise<T> {
  const contentType = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (contentType !== 'application/json') throw new Refusal('wrong_content_type');
  const text = await c.req.text();
  if (Buffer.byteLength(text) > bytesMax) throw new Refusal('body_too_large');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal('malformed', 'body: JSON');
  }
  return checkShape(value, schema);
}

/** Query parameters in the shape of `schema`. Throws Refusal malformed. */
export function readQuery<T>(c: Context, schema: z.ZodType<T>): T {
  return checkShape(c.req.query(), schema);
}

/** A posted HTML form (text fields only) in the shape of `schema`. Throws Refusal malformed. */
export async function readForm<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  return checkShape(await c.req.parseBody(), schema);
}

/** `value` if it has the shape of `schema`; else Refusal malformed naming the first wrong field. */
export function checkShape<T>(value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Refusal('malformed', fieldPath(issue?.path ?? []));
}

// Keys of records come from the sender too: only words that look like our own field names are repeated.
function fieldPath(path: readonly PropertyKey[]): string {
  const parts = path.map((part) =>
    /^[A-Za-z][A-Za-z0-9_]{0,30}$/.test(String(part)) || typeof part === 'number' ? String(part) : '*',
  );
  return (parts.join('.') || 'body').slice(0, pathCharsMax);
}
