/**
 * A shared token, between two services of one trust domain or of a program: `Authorization: Bearer …`.
 * Must never: compare in a time that tells how much was right.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context, MiddlewareHandler } from 'hono';

const tokenCharsMin = 32;

/** Lets pass who brings one of `tokens` (each at least 32 characters); else refuses `unauthorised`. */
export function requireBearer(...tokens: readonly string[]): MiddlewareHandler {
  if (tokens.length === 0 || tokens.some(({ length }) => length < tokenCharsMin))
    throw new Error('bug: a bearer token needs 32 characters');
  const find = tokenBook(tokens.map((own) => [own, true] as const));
  return async (c, next) => {
    if (!find(broughtToken(c))) throw new Refusal('unauthorised');
    await next();
  };
}

/** The token that a request brings; '' if it brings none that could be one. */
export const broughtToken = (c: Context): string =>
  c.req.header('authorization')?.match(/^Bearer (\S{1,512})$/)?.[1] ?? '';

/** Whose of these tokens one is; undefined for any other. Each is compared, whatever came of the one before. */
export function tokenBook<T>(known: readonly (readonly [token: string, whose: T])[]) {
  const expected = known.map(([own, whose]) => ({ digest: digest(own), whose }));
  return (brought: string): T | undefined => {
    const given = digest(brought);
    return expected.filter((one) => timingSafeEqual(given, one.digest))[0]?.whose;
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
