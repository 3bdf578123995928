/**
 * A shared token between two services of one trust domain: `Authorization: Bearer …`.
 * Must never: compare in a time that tells how much was right.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@answerable/protocol/refusal';
import type { MiddlewareHandler } from 'hono';

const tokenCharsMin = 32;

/** Lets pass who brings `token` (at least 32 characters); else refuses `unauthorised`. */
export function requireBearer(token: string): MiddlewareHandler {
  if (token.length < tokenCharsMin) throw new Error('bug: a bearer token needs 32 characters');
  const expected = digest(token);
  return async (c, next) => {
    const given = c.req.header('authorization')?.match(/^Bearer (\S{1,512})$/)?.[1] ?? '';
    if (!timingSafeEqual(digest(given), expected)) throw new Refusal('unauthorised');
    await next();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
