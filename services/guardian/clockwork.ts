/**
 * What a guardian does unasked, again and again: deliver its entries to the log, publish notices that are due.
 * Each round stands for itself; what one leaves undone is the next one's work, also after a restart.
 */
import { describeError } from '@answerable/kit/journal';
import { deliverOutbox } from '@answerable/kit/log-outbox';
import { type Rounds, rounds } from '@answerable/kit/rounds';
import { Refusal } from '@answerable/protocol/refusal';
import { publishDueNotices } from './publish-notice.ts';
import type { Room } from './room.ts';

export function startClockwork(room: Room, tickSeconds: number): Rounds {
  const askedAt = new Map<string, number>();
  const clockwork = rounds(tickSeconds, async () => {
    await deliverEntries(room);
    await publishDueNotices(room, askedAt);
  });
  clockwork.onFailure((error) => {
    // Before there is a policy, or while the logbook is away, there is nothing to do but wait.
    if (!(error instanceof Refusal)) room.journal.error('a round is to be repeated', describeError(error));
  });
  return clockwork;
}

/** Sends what waits for the log. Refuses `not_ready`, `unavailable`. */
export async function deliverEntries({ name, keys, policy, store }: Room): Promise<void> {
  const { origin } = policy.current().log;
  await deliverOutbox(store.db, { party: name, signingKey: keys.signing, origin });
}
