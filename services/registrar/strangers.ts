/**
 * What stands where strangers come in, by source (kit/source-limits.ts): a session costs them nothing to begin, keeps
 * a row for an hour and, where somebody is to vouch, a code; a nonce for a renewal pushes out an older one. Many people
 * can be one source: a library on the day when people are helped to join, a mobile network, Tor.
 * Must never: keep a source anywhere.
 */
import { callerAddress } from '@answerable/kit/caller';
import type { Clock } from '@answerable/kit/clock';
import { sourceLimits, TooOften } from '@answerable/kit/source-limits';
import type { Context, MiddlewareHandler } from 'hono';

/**
 * Sessions begun: a full reading room at once, and then twelve a minute. In the twenty minutes of a code that is 300 of
 * the 10,000 that are kept (waiting-codes.ts).
 */
const sessionsAtOnce = 60;
const sessionSeconds = 5;
/** Nonces: in the ten minutes of one that is 420 of the 10,000 that are kept (challenge.ts). */
const noncesAtOnce = 120;
const nonceSeconds = 2;
/** About 8 MB. */
const sourcesMax = 50_000;
const houseBits = 64;

/** Each lets pass, or refuses `too_many_requests` and says when to come again. `proxies`: of our own, before us. */
export function strangersDoors(clock: Clock, proxies: number | undefined) {
  const door = (burst: number, seconds: number): MiddlewareHandler => {
    const limits = sourceLimits(clock, { burst, seconds, sourcesMax, houseBits });
    return async (c: Context, next) => {
      const wait = limits.wait(callerAddress(c, proxies));
      if (wait > 0) throw new TooOften(wait);
      await next();
    };
  };
  return {
    session: door(sessionsAtOnce, sessionSeconds),
    nonce: door(noncesAtOnce, nonceSeconds),
  };
}
