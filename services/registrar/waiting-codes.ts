/**
 * The short codes that wallets show while a person looks for somebody to vouch: one use, a few minutes, in memory.
 * After a restart a wallet asks for a new one.
 */
import { randomBytes } from 'node:crypto';
import { after, type Clock } from '@answerable/kit/clock';
import { codeFrom } from '@answerable/protocol/enrolment/referee-word';

const codeMinutes = 20;
const codesMax = 10_000;
const codeOctets = 32;

export interface WaitingCodes {
  /** A new code for this session; an earlier one of it is over. */
  issue(session: string): string;
  /** The session that waits under this code, without using it. */
  look(code: string): string | undefined;
  /** Whether this session still waits under a code. */
  waits(session: string): boolean;
  /** Uses the code up. False if somebody was first. */
  take(code: string): boolean;
}

export function waitingCodes(clock: Clock): WaitingCodes {
  const waiting = new Map<string, { session: string; until: Date }>();
  const drop = (is: (one: { session: string; until: Date }) => boolean) => {
    for (const [code, one] of waiting) if (is(one)) waiting.delete(code);
  };
  const sweep = () => drop(({ until }) => until <= clock.now());
  return {
    issue(session) {
      drop((one) => one.session === session);
      const code = codeFrom(new Uint8Array(randomBytes(codeOctets)));
      waiting.set(code, { session, until: after(clock.now(), { minutes: codeMinutes }) });
      const oldest = waiting.keys().next();
      if (waiting.size > codesMax && !oldest.done) waiting.delete(oldest.value);
      return code;
    },
    look(code) {
      sweep();
      return waiting.get(code)?.session;
    },
    waits(session) {
      sweep();
      return [...waiting.values()].some((one) => one.session === session);
    },
    take: (code) => waiting.delete(code),
  };
}
