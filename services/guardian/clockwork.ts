/**
 * What a guardian does unasked, again and again: deliver its entries to the log, publish notices that are due, say once a
 * quarter how much it refused.
 * Each round stands for itself; what one leaves undone is the next one's work, also after a restart.
 */
import { describeError } from '@answerable/kit/journal';
import { deliverOutbox } from '@answerable/kit/log-outbox';
import { type Rounds, rounds } from '@answerable/kit/rounds';
import { Refusal } from '@answerable/protocol/refusal';
import { giveRefusals } from './give-refusals.ts';
import type { GuardianParts } from './parts.ts';
import { publishDueNotices } from './publish-notice.ts';

export function startClockwork(parts: GuardianParts, tickSeconds: number): Rounds {
  const askNext = new Map<string, number>();
  const clockwork = rounds(tickSeconds, async () => {
    await deliverEntries(parts);
    await publishDueNotices(parts, askNext);
    await giveRefusals(parts);
  });
  clockwork.onFailure((error) => {
    // Before there is a policy, or while the logbook is away, there is nothing to do but wait.
    if (!(error instanceof Refusal)) parts.journal.error('a round is to be repeated', describeError(error));
  });
  return clockwork;
}

/** Sends what waits for the log. Refuses `not_ready`, `unavailable`. */
async function deliverEntries({ name, keys, policies, store }: GuardianParts): Promise<void> {
  const { origin } = policies.current().log;
  await deliverOutbox(store.db, { party: name, signingKey: keys.signing, origin });
}
