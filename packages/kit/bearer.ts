/**
 * A shared token between two services of one trust domain: `Authorization: Bearer …`.
 * Must never: compare in a time that tells how much was right.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@answerable/protocol/refusal';
import type { MiddlewareHandler } from 'hono';

const tokenCharsMin = 32;

/** Lets pass who brings one of `tokens` (each at least 32 characters); else refuses `unauthorised`. */
export function requireBearer(...tokens: readonly string[]): MiddlewareHandler {
  if (tokens.length === 0 || tokens.some(({ length }) => length < tokenCharsMin))
    throw new Error('bug: a bearer token needs 32 characters');
  const expected = tokens.map(digest);
  return async (c, next) => {
    const given = c.req.header('authorization')?.match(/^Bearer (\S{1,512})$/)?.[1] ?? '';
    const brought = digest(given);
    // Each is compared, whatever came of the one before.
    const passes = expected.map((one) => timingSafeEqual(brought, one)).includes(true);
    if (!passes) throw new Refusal('unauthorised');
    await next();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
