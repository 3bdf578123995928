/**
 * Challenges for passkeys (WebAuthn §13.4.3): random, for one purpose, good for five minutes and for one answer.
 * They carry their own proof, so that nobody can crowd out those of others by asking for many; only answered
 * ones are remembered. Assumes: the service is one process; after a restart people ask again.
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

export function createChallenges(clock: Clock): Challenges {
  const key = randomBytes(macBytes);
  const answered = new Map<string, number>();
  const now = () => clock.now().getTime();
  const macOf = (purpose: string, body: Uint8Array) =>
    createHmac('sha256', key).update(body).update(purpose).digest();
  const forgetOld = () => {
    for (const [challenge, until] of answered) if (until <= now()) answered.delete(challenge);
  };

  return {
    issue(purpose) {
      const body = Buffer.concat([randomBytes(nonceBytes), Buffer.alloc(timeBytes)]);
      body.writeUIntBE(now() + minutesMax * msPerMinute, nonceBytes, timeBytes);
      return new Uint8Array(Buffer.concat([body, macOf(purpose, body)]));
    },
    answer(purpose, challenge) {
      const given = Buffer.from(challenge, 'base64url');
      if (given.length !== nonceBytes + timeBytes + macBytes) return false;
      if (given.toString('base64url') !== challenge) return false;
      const body = given.subarray(0, nonceBytes + timeBytes);
      if (!timingSafeEqual(given.subarray(body.length), macOf(purpose, body))) return false;
      const until = body.readUIntBE(nonceBytes, timeBytes);
      forgetOld();
      if (until <= now() || answered.has(challenge)) return false;
      answered.set(challenge, until);
      return true;
    },
  };
}
