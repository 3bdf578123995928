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
  return checkShape(await asForm(c.req.parseBody()), schema);
}

/** The form that is being read. Throws Refusal malformed for a body that is none: cut short, or without its mark. */
export async function asForm<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof TypeError ? new Refusal('malformed', 'body: form') : error;
  }
}

/** `value` if it has the shape of `schema`; else Refusal malformed naming the first wrong field. */
export function checkShape<T>(value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal('malformed', fieldPath(result.error.issues[0]?.path ?? [], schema));
}

// Keys of records come from the sender too: only those that the shape itself names are repeated.
function fieldPath(path: readonly PropertyKey[], schema: z.core.$ZodType): string {
  let shapes = [schema];
  const parts = path.map((part) => {
    shapes = shapes.flatMap((shape) => inside(shape, part));
    return shapes.length > 0 ? String(part) : '*';
  });
  return (parts.join('.') || 'body').slice(0, pathCharsMax);
}

/** The shapes that `schema` names for `part` of a value; none for a key that the sender made up. */
function inside(schema: z.core.$ZodType, part: PropertyKey): z.core.$ZodType[] {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  switch (def.type) {
    case 'object':
      return typeof part === 'string' && Object.hasOwn(def.shape, part) ? [def.shape[part]!] : [];
    case 'array':
      return typeof part === 'number' ? [def.element] : [];
    case 'union':
      return def.options.flatMap((option) => inside(option, part));
    case 'optional':
    case 'nullable':
    case 'default':
      return inside(def.innerType, part);
    case 'pipe':
      return inside(def.out, part);
    default:
      return [];
  }
}
