/**
 * Flags of a platform that tells nobody about them (NodeBB): asked for once a minute through the connector, beside
 * the clock's own work so that a slow platform delays nothing else. Each is a report once, by its name there.
 */
import type { ForeignFlag } from '@answerable/connector/platform';
import { after } from '@answerable/kit/clock';
import { describeError } from '@answerable/kit/journal';
import { Refusal } from '@answerable/protocol/refusal';
import type { DeskParts } from '../parts.ts';
import { recordForeign, unseen } from './record-foreign.ts';

const everySeconds = 60;

export interface FlagPoller {
  /** Begins to ask, if a minute is over and nobody is asking. */
  look(): void;
  stop(): Promise<void>;
}

export function createFlagPoller(parts: () => DeskParts): FlagPoller {
  let next = '';
  let running: Promise<void> | undefined;
  let stopped = false;

  async function ask(): Promise<void> {
    try {
      for (const flag of (await parts().platform.flags?.()) ?? []) {
        if (stopped) return;
        await record(parts(), flag);
      }
    } catch (error) {
      // A platform that is away is asked again a minute later.
      if (!(error instanceof Refusal)) parts().journal.error('flags not read', describeError(error));
    }
  }

  return {
    look() {
      const { platform, clock } = parts();
      const now = clock.now();
      if (!platform.flags || running || stopped || now.toISOString() < next) return;
      next = after(now, { seconds: everySeconds }).toISOString();
      running = ask().finally(() => {
        running = undefined;
      });
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}

function record(parts: DeskParts, flag: ForeignFlag): Promise<string> {
  const { config, clock } = parts;
  return recordForeign(parts, {
    id: flag.id,
    seen: false,
    items: [unseen(config.platform.name, flag.locator, clock.now().toISOString())],
    reasons: ['other'],
    statement: flag.words,
  });
}
