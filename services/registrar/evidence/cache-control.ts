/**
 * A document of a provider, kept for as long as its Cache-Control says, within bounds. While a newer one cannot
 * be had the old one still counts, for a while: an outage there is no outage here.
 */
import { after, type Clock } from '@answerable/kit/clock';

/** How long a document may still be used when it cannot be fetched anew. */
const staleSecondsMax = 86_400;

export interface Bounds {
  minSeconds: number;
  maxSeconds: number;
}

export interface Kept<T> {
  value: T;
  cacheControl: string | null;
}

export interface KeptDocument<T> {
  /** The document, fetched if it is too old. Throws what `load` throws, when there is nothing to fall back on. */
  get(): Promise<T>;
  /** Fetched now, unless it was a moment ago: for who looks for something that is not in it. */
  anew(): Promise<T>;
}

export function keptFor<T>(clock: Clock, bounds: Bounds, load: () => Promise<Kept<T>>): KeptDocument<T> {
  let kept: { value: T; fresh: Date; usable: Date; fetched: Date } | undefined;
  let loading: Promise<T> | undefined;

  const loadNow = async (): Promise<T> => {
    const { value, cacheControl } = await load();
    const now = clock.now();
    const seconds = ageAllowed(cacheControl, bounds);
    kept = {
      value,
      fetched: now,
      fresh: after(now, { seconds }),
      usable: after(now, { seconds: seconds + staleSecondsMax }),
    };
    return value;
  };
  // Many who come at once wait for one call.
  const loadOnce = () => (loading ??= loadNow().finally(() => (loading = undefined)));

  return {
    async get() {
      const now = clock.now();
      if (kept && kept.fresh > now) return kept.value;
      try {
        return await loadOnce();
      } catch (error) {
        if (kept && kept.usable > now) return kept.value;
        throw error;
      }
    },
    async anew() {
      // Somebody who sends made-up key ids must not make us call the provider each time.
      if (kept && after(kept.fetched, { seconds: bounds.minSeconds }) > clock.now()) return kept.value;
      return loadOnce();
    },
  };
}

/** Seconds by `max-age`; `no-store` and nonsense count as the least. */
function ageAllowed(cacheControl: string | null, { minSeconds, maxSeconds }: Bounds): number {
  const said = Number(/(?:^|[\s,])max-age=(\d{1,9})(?:$|[\s,])/i.exec(cacheControl ?? '')?.[1] ?? minSeconds);
  return Math.min(maxSeconds, Math.max(minSeconds, said));
}
