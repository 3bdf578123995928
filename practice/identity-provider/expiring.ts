/**
 * Values that are handed out under a random name and are gone after a while: requests under way, codes,
 * access tokens. In memory; a restart forgets them and the person starts again.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '@answerable/kit/clock';

const nameBytes = 32;
const keptMax = 10_000;

export interface Expiring<T> {
  /** Keeps `value`; returns its name. */
  put(value: T): string;
  find(name: string): T | undefined;
  /** Finds and forgets. */
  take(name: string): T | undefined;
}

/** A place that keeps each value for `seconds`. */
export function expiring<T>(clock: Clock, seconds: number): Expiring<T> {
  const kept = new Map<string, { value: T; until: number }>();
  const now = () => clock.now().getTime();
  const dropOld = () => {
    for (const [name, { until }] of kept) {
      if (until > now() && kept.size < keptMax) return; // oldest first: the rest is younger
      kept.delete(name);
    }
  };
  const find = (name: string): T | undefined => {
    const found = kept.get(name);
    return found && found.until > now() ? found.value : undefined;
  };
  return {
    find,
    put(value) {
      dropOld();
      const name = randomBytes(nameBytes).toString('base64url');
      kept.set(name, { value, until: now() + seconds * 1000 });
      return name;
    },
    take(name) {
      const value = find(name);
      kept.delete(name);
      return value;
    },
  };
}
