/** Nonces of POST /issuance/challenge: random, for one record, good once and not for long. In memory. */
import { after, type Clock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import { randomId } from './random-id.ts';

const nonceSeconds = 600;
const noncesMax = 10_000;

export interface Challenges {
  draw(recordPoint: string): string;
  /** Refuses `nonce_expired` for a nonce that is unknown, spent, over or another record's. */
  spend(nonce: string, recordPoint: string): void;
}

export function challenges(clock: Clock): Challenges {
  const open = new Map<string, { recordPoint: string; expires: Date }>();
  return {
    draw(recordPoint) {
      const nonce = randomId();
      open.set(nonce, { recordPoint, expires: after(clock.now(), { seconds: nonceSeconds }) });
      const oldest = open.keys().next();
      if (open.size > noncesMax && !oldest.done) open.delete(oldest.value);
      return nonce;
    },
    spend(nonce, recordPoint) {
      const drawn = open.get(nonce);
      open.delete(nonce);
      if (!drawn || drawn.recordPoint !== recordPoint || drawn.expires <= clock.now())
        throw new Refusal('nonce_expired');
    },
  };
}
