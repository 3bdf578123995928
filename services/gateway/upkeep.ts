/**
 * What a gateway does without being asked: at start and every so often it repeats what a crash or an absent
 * party left undone, drops what is past its time, looks at the log, and once a day gives its census (§3.9).
 * Assumes: every step is harmless when repeated.
 */
import { dayOf } from '@answerable/kit/clock';
import { describeError, type Journal } from '@answerable/kit/journal';
import { type Rounds, rounds } from '@answerable/kit/rounds';
import { Refusal } from '@answerable/protocol/refusal';
import { epochAt } from '@answerable/protocol/trust-policy';
import { eraseClosed } from './accounts/answer-life.ts';
import { look } from './bluesky/watch.ts';
import { endClaims } from './claims/claim-end.ts';
import { closeLeft } from './exit/leaving.ts';
import { renewClientKeys } from './oidc/reach-platforms.ts';
import type { GatewayParts } from './parts.ts';
import { sweepKnocks } from './targets/answer-reach.ts';

const upkeepSecondsDefault = 60;

/** The first round at once, the next ones after each; stop() waits for a round under way. */
export function startUpkeep(parts: GatewayParts, journal: Journal): Rounds {
  return rounds(parts.config.upkeepSeconds ?? upkeepSecondsDefault, () => upkeep(parts, journal));
}

async function upkeep(parts: GatewayParts, journal: Journal): Promise<void> {
  const { store, clock, log, deliver, tendKeys, bluesky, platformPolicies, claims } = parts;
  const steps = [
    () => store.sweep(clock.now()),
    () => sweepKnocks(parts),
    () => closeLeft(parts),
    () => eraseClosed(parts),
    () => giveCensus(parts),
    () => log.look(),
    tendKeys,
    () => renewClientKeys(parts),
    ...bluesky.watched().map((one) => () => look(one)),
    () => bluesky.store.sweep(clock.now()),
    deliver,
    () => platformPolicies.notePlaced(),
    () => claims.sweep(clock.now()),
    () => endClaims(parts),
  ];
  const waits: string[] = [];
  for (const step of steps)
    await step().catch((error) => {
      waits.push(error instanceof Refusal ? error.code : 'internal');
      report(error, journal);
    });
  Object.assign(parts.console.upkeep, { at: clock.now(), waits });
}

/** The number of distinct pseudonyms per platform in this epoch, once a day. */
async function giveCensus({ store, cases, policies, config, clock }: GatewayParts): Promise<void> {
  const now = clock.now();
  const counts = await store.presentedIn(epochAt(policies.current(), now.getTime()));
  const day = dayOf(now);
  await cases.census(day, { v: 1, kind: 'census', party: config.name, day, counts });
}

function report(error: unknown, journal: Journal): void {
  // Before there is a policy, or while another party is away, the next run does it.
  if (error instanceof Refusal) journal.info('upkeep waits', { code: error.code });
  else journal.warn('upkeep failed', describeError(error));
}
