/**
 * How often strangers may come: so many at once from one source, and then one more every so many seconds. A source
 * is a network address, or a part of the network where addresses are to be had by the million. It is known by a hash
 * under a key that is drawn each day in memory, never leaves this process and is never written down.
 * Must never: keep, journal or count a source in any other way, or hold more sources than it was given room for.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { Refusal } from '@answerable/protocol/refusal';
import { type Clock, dayOf } from './clock.ts';

const keyBytes = 16;
/** Characters of the hash that are kept: two sources that share them share their limit. */
const hashChars = 11;
const msPerSecond = 1000;
const groupsInAddress = 8;
const bitsPerDigit = 4;

export interface SourceRate {
  /** how many at once */
  burst: number;
  /** and then one more every so many seconds */
  seconds: number;
}

export interface SourceLimitsOptions extends SourceRate {
  /** from all sources together; default without end */
  all?: SourceRate;
  /** how many sources are remembered; the one that was quiet longest is forgotten first */
  sourcesMax: number;
  /** how much of an IPv6 address one house has; of IPv4 it has one address */
  houseBits: 56 | 64;
}

export interface SourceLimits {
  /** Seconds to wait; 0 if it may come in now, which is then counted. `cost`: 1, or a part of it. */
  wait(address: string, cost?: number): number;
  /** Gives back what was counted: it was not what the limit is for. */
  giveBack(address: string, cost?: number): void;
}

/** Who comes too often is told when to come again: the edge says it as `retry-after`. */
export class TooOften extends Refusal {
  readonly seconds: number;
  constructor(seconds: number) {
    super('too_many_requests');
    this.seconds = seconds;
  }
}

interface Bucket {
  left: number;
  at: number;
}

export function sourceLimits(clock: Clock, options: SourceLimitsOptions): SourceLimits {
  const { burst, seconds, all, sourcesMax, houseBits } = options;
  const together: Bucket = { left: all?.burst ?? 0, at: clock.now().getTime() };
  let sources = new Map<string, Bucket>();
  let day = '';
  let key = randomBytes(keyBytes);

  /** undefined: this machine itself, its keeper, or a proxy that the settings do not name */
  const bucketOf = (address: string): Bucket | undefined => {
    if (isHere(address)) return undefined;
    const now = clock.now();
    if (dayOf(now) !== day) [day, key, sources] = [dayOf(now), randomBytes(keyBytes), new Map()];
    const house = houseOf(address, houseBits);
    const name = createHmac('sha256', key).update(house).digest('base64url').slice(0, hashChars);
    const known = sources.get(name) ?? { left: burst, at: now.getTime() };
    sources.delete(name);
    sources.set(name, known);
    const oldest = sources.keys().next();
    if (sources.size > sourcesMax && !oldest.done) sources.delete(oldest.value);
    refill(known, now.getTime(), { burst, seconds });
    return known;
  };

  return {
    wait(address, cost = 1) {
      const bucket = bucketOf(address);
      if (all) refill(together, clock.now().getTime(), all);
      const missing = [
        bucket ? (cost - bucket.left) * seconds : 0,
        all ? (cost - together.left) * all.seconds : 0,
      ];
      const wait = Math.max(0, ...missing);
      if (wait > 0) return Math.ceil(wait);
      if (bucket) bucket.left -= cost;
      if (all) together.left -= cost;
      return 0;
    },

    giveBack(address, cost = 1) {
      const bucket = bucketOf(address);
      if (bucket) bucket.left = Math.min(burst, bucket.left + cost);
      if (all) together.left = Math.min(all.burst, together.left + cost);
    },
  };
}

function refill(bucket: Bucket, now: number, { burst, seconds }: SourceRate): void {
  const passed = Math.max(0, now - bucket.at) / msPerSecond;
  bucket.left = Math.min(burst, bucket.left + passed / seconds);
  bucket.at = now;
}

const isHere = (address: string): boolean => /^$|^(::ffff:)?127\.|^::1$/.test(address);

function houseOf(address: string, houseBits: number): string {
  // Some proxies write the port behind an address, and then brackets around one of IPv6.
  const bare = address.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
  const plain = bare.replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? [];
  const groups = head.split(':').filter(Boolean);
  const more = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const missing = Math.max(0, groupsInAddress - groups.length - more.length);
  const whole = [...groups, ...Array(missing).fill('0'), ...more];
  const digits = whole.map((group) => group.padStart(bitsPerDigit, '0').toLowerCase()).join('');
  return `${digits.slice(0, houseBits / bitsPerDigit)}/${houseBits}`;
}
