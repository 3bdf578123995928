/**
 * How many reports and pictures strangers may send: so many from one place, and so many altogether, in memory
 * only. A place is known by a hash under a salt that lives a day and never leaves this process; nothing about
 * it is kept, journalled or counted. The platform with its token is not a stranger and is never limited.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { type Clock, dayOf } from '@answerable/kit/clock';

/** From one place: so many at once, and then one more every so many seconds. */
const placeBurst = 30;
const placeSeconds = 10;
/** From everywhere: as many as a moderated place could ever read, and a machine can take. */
const allBurst = 600;
const allPerSecond = 20;
const placesMax = 20_000;
const saltBytes = 16;
const keyChars = 11;
const msPerSecond = 1000;

interface Bucket {
  left: number;
  at: number;
}

export interface Limits {
  /** Seconds to wait; 0 if it may come in now. `cost`: 1 for a report, a part of it for less. */
  wait(address: string, cost?: number): number;
}

export function createLimits(clock: Clock): Limits {
  const all: Bucket = { left: allBurst, at: clock.now().getTime() };
  let places = new Map<string, Bucket>();
  let day = '';
  let salt = randomBytes(saltBytes);

  const placeOf = (address: string): Bucket => {
    const now = clock.now();
    if (dayOf(now) !== day) {
      [day, salt, places] = [dayOf(now), randomBytes(saltBytes), new Map()];
    }
    const key = createHmac('sha256', salt)
      .update(neighbourhood(address))
      .digest('base64url')
      .slice(0, keyChars);
    const known = places.get(key) ?? { left: placeBurst, at: now.getTime() };
    // The one that was quiet longest is forgotten first.
    places.delete(key);
    places.set(key, known);
    const oldest = places.keys().next();
    if (places.size > placesMax && !oldest.done) places.delete(oldest.value);
    return known;
  };

  return {
    wait(address, cost = 1) {
      const now = clock.now().getTime();
      refill(all, now, allPerSecond, allBurst);
      // This machine itself: its keeper, or a proxy that the configuration does not name.
      const place = isHere(address) ? undefined : placeOf(address);
      if (place) refill(place, now, 1 / placeSeconds, placeBurst);
      const missing = [place ? (cost - place.left) * placeSeconds : 0, (cost - all.left) / allPerSecond];
      const wait = Math.max(0, ...missing);
      if (wait > 0) return Math.ceil(wait);
      if (place) place.left -= cost;
      all.left -= cost;
      return 0;
    },
  };
}

function refill(bucket: Bucket, now: number, perSecond: number, most: number): void {
  const passed = Math.max(0, now - bucket.at) / msPerSecond;
  bucket.left = Math.min(most, bucket.left + passed * perSecond);
  bucket.at = now;
}

const isHere = (address: string): boolean => /^$|^(::ffff:)?127\.|^::1$/.test(address);

/** A house has a whole /56 of IPv6 addresses; of IPv4 it has one. */
function neighbourhood(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? [];
  const groups = head.split(':').filter(Boolean);
  const more = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const whole = [...groups, ...Array(Math.max(0, 8 - groups.length - more.length)).fill('0'), ...more];
  const bits = whole.slice(0, 4).map((group) => group.padStart(4, '0'));
  return `${bits.join('').slice(0, 14)}/56`;
}
