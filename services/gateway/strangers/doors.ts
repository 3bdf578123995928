/**
 * What stands where strangers come in: by source (kit/source-limits.ts), how many ways in may be begun, since each
 * keeps rows for some twenty minutes, and how many presentations may fail, since each costs up to three good ones.
 * Many people can be one source: a school, a library, a mobile network, Tor. So the limits are for floods. In each
 * process by itself; where several answer for one origin, each takes its share.
 * Must never: slow down somebody whose proof holds for what they did, or keep a source anywhere.
 */
import { addressBehind, callerAddress } from '@answerable/kit/caller';
import type { Clock } from '@answerable/kit/clock';
import { type SourceLimits, sourceLimits, TooOften } from '@answerable/kit/source-limits';
import type { Context } from 'hono';
import type { GatewayConfig } from '../config.ts';

/**
 * Ways in begun from one source: four classes of a school in the same minute, and then thirty a minute all day. It
 * keeps at most waysAtOnce + 1200 s / waySeconds = 720 of them at any time.
 */
const waysAtOnce = 120;
const waySeconds = 2;
/** Presentations of one source that fail, or are under way: about a second's work, and then six a minute. */
const failuresAtOnce = 60;
const failureSeconds = 10;
/** About 8 MB; a flood from more than these gets fresh limits, as a flood from so many places would anyway. */
const sourcesMax = 50_000;
/** What a provider gives to one line at the least. */
const houseBits = 64;

export interface Doors {
  /** A way in is begun: counts it, or refuses `too_many_requests` (TooOften). */
  begin(c: Context): void;
  /** The same of a request that the OpenID provider reads itself: seconds to wait, 0 if it may come in. */
  waitAtSignIn(peer: string, forwarded: string | undefined): number;
  /** A presentation is looked at; only one whose proof fails counts. Refuses `too_many_requests` (TooOften). */
  present<T>(c: Context, isFailure: (error: unknown) => boolean, verify: () => Promise<T>): Promise<T>;
}

export function strangersDoors(
  { proxies = 0, replicas = 1 }: Pick<GatewayConfig, 'proxies' | 'replicas'>,
  clock: Clock,
): Doors {
  const limits = (burst: number, seconds: number): SourceLimits =>
    sourceLimits(clock, {
      burst: Math.ceil(burst / replicas),
      seconds: seconds * replicas,
      sourcesMax,
      houseBits,
    });
  const ways = limits(waysAtOnce, waySeconds);
  const failures = limits(failuresAtOnce, failureSeconds);
  return {
    begin(c) {
      const seconds = ways.wait(callerAddress(c, proxies));
      if (seconds > 0) throw new TooOften(seconds);
    },
    waitAtSignIn: (peer, forwarded) => ways.wait(addressBehind(proxies, peer, forwarded)),
    async present(c, isFailure, verify) {
      const address = callerAddress(c, proxies);
      // Counted before it is looked at: so many at once from one source, however quickly they come.
      const seconds = failures.wait(address);
      if (seconds > 0) throw new TooOften(seconds);
      try {
        const shown = await verify();
        failures.giveBack(address);
        return shown;
      } catch (error) {
        if (!isFailure(error)) failures.giveBack(address);
        throw error;
      }
    },
  };
}
