/**
 * Challenges for passkeys (WebAuthn §13.4.3): random, for one purpose, good for five minutes and for one answer.
 * They carry their own proof, so that nobody can crowd out those of others by asking for many; only answered
 * ones are remembered: in this process, where after a restart people ask again, or where several processes share it.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from './clock.ts';

const nonceBytes = 16;
const timeBytes = 6;
const macBytes = 32;
const minutesMax = 5;
const msPerMinute = 60_000;

export interface Challenges {
  issue(purpose: string): Uint8Array<ArrayBuffer>;
  /** Whether this is one of ours, for this purpose, in time and not answered before. Answers it. */
  answer(purpose: string, challenge: string): boolean;
}

/** For a service that is one process. */
export function createChallenges(clock: Clock): Challenges {
  const signed = signedChallenges(clock, randomBytes(macBytes));
  const answered = new Map<string, number>();
  const forgetOld = () => {
    const now = clock.now().getTime();
    for (const [challenge, until] of answered) if (until <= now) answered.delete(challenge);
  };
  return {
    issue: signed.issue,
    answer(purpose, challenge) {
      const until = signed.endOf(purpose, challenge);
      forgetOld();
      if (until === undefined || answered.has(challenge)) return false;
      answered.set(challenge, until);
      return true;
    },
  };
}

/** For a service of several processes. `spend` keeps what was answered: true the first time. */
export function sharedChallenges(
  clock: Clock,
  key: Uint8Array,
  spend: (challenge: string, until: Date) => Promise<boolean>,
) {
  const signed = signedChallenges(clock, key);
  return {
    issue: signed.issue,
    async answer(purpose: string, challenge: string): Promise<boolean> {
      const until = signed.endOf(purpose, challenge);
      return until !== undefined && spend(challenge, new Date(until));
    },
  };
}

function signedChallenges(clock: Clock, key: Uint8Array) {
  const now = () => clock.now().getTime();
  const macOf = (purpose: string, body: Uint8Array) =>
    createHmac('sha256', key).update(body).update(purpose).digest();
  return {
    issue(purpose: string): Uint8Array<ArrayBuffer> {
      const body = Buffer.concat([randomBytes(nonceBytes), Buffer.alloc(timeBytes)]);
      body.writeUIntBE(now() + minutesMax * msPerMinute, nonceBytes, timeBytes);
      return new Uint8Array(Buffer.concat([body, macOf(purpose, body)]));
    },
    /** When one of ours for this purpose is over, in milliseconds since 1970; undefined for any other, or later. */
    endOf(purpose: string, challenge: string): number | undefined {
      const given = Buffer.from(challenge, 'base64url');
      if (given.length !== nonceBytes + timeBytes + macBytes) return undefined;
      if (given.toString('base64url') !== challenge) return undefined;
      const body = given.subarray(0, nonceBytes + timeBytes);
      if (!timingSafeEqual(given.subarray(body.length), macOf(purpose, body))) return undefined;
      const until = body.readUIntBE(nonceBytes, timeBytes);
      return until > now() ? until : undefined;
    },
  };
}
