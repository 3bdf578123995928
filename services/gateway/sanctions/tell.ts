/**
 * Tells platforms what stands in the outbox, as often as it takes. Each target has workers of its own, so that one
 * that hangs or fails holds up nobody else; each account's tellings go in order; waits grow, and what does not
 * come right is left to a person, in words. A crash, a lost answer and two gateways are all the same: again.
 * Must never: put a `sub`, a handle or an address into the journal.
 */
import { retryAfterSecondsMax, TryLater } from '@answerable/connector/call';
import { after, type Clock } from '@answerable/kit/clock';
import { describeError, type Journal } from '@answerable/kit/journal';
import { Refusal, type RefusalCode } from '@answerable/protocol/refusal';
import type { Target, Telling, TellingStore } from './telling-store.ts';
import { wordsOfGivingUp } from './words.ts';

const workersPerTarget = 4;
const retrySecondsFirst = 0.5;
const retrySecondsMax = 600;
/** Three days: over a weekend somebody looks. */
const patienceSeconds = 3 * 86_400;
const tellingMsMax = 20_000;
const stopMsMax = 3_000;
const pollMs = 15;

/** Refusals of the other side that another try may turn into a yes. */
const passing: ReadonlySet<RefusalCode> = new Set([
  'unavailable',
  'not_ready',
  'internal',
  'too_many_requests',
  'unauthorised',
]);

export interface Told {
  done: boolean;
  /** what a person does where it could not be done */
  could: string;
}
/** Does one telling. Throws a Refusal for what passes. */
export type PerformTelling = (telling: Telling) => Promise<Told>;

export interface Teller {
  /** Begins on what is due. */
  kick(): void;
  /** Tells what is due for these accounts, and waits for it, at most `withinMs`. */
  settle(subs: readonly string[], withinMs: number): Promise<void>;
  /** Makes all that waits due at once: the start-up path. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export interface TellerParts {
  tellings: TellingStore;
  clock: Clock;
  journal: Journal;
  perform: PerformTelling;
}

export function createTeller({ tellings, clock, journal, perform }: TellerParts): Teller {
  const running = new Map<string, Promise<void>>();
  /** targets of which more became due while their workers were at the last of it */
  const missed = new Set<string>();
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const look = async () => {
    do {
      again = false;
      for (const target of await tellings.targetsDue(clock.now())) begin(target);
    } while (again && !stopped);
  };
  const kick = () => {
    again = true;
    if (stopped) return;
    looking ??= look()
      .catch((error) => journal.warn('tellings wait', describeError(error)))
      .finally(() => {
        looking = undefined;
        if (again) kick();
      });
  };

  function begin(target: Target): void {
    const name = `${target.way} ${target.target}`;
    if (stopped) return;
    if (running.has(name)) {
      missed.add(name);
      return;
    }
    const work = Promise.all(Array.from({ length: workersPerTarget }, () => worker(target)))
      .catch((error) => journal.warn('tellings wait', describeError(error)))
      .then(() => {
        running.delete(name);
        if (missed.delete(name)) kick();
      });
    running.set(name, work);
  }

  async function worker(target: Target): Promise<void> {
    while (!stopped) {
      const [telling] = await tellings.lease(target, clock.now(), 1);
      if (!telling) return;
      await tellOne(telling);
    }
  }

  async function tellOne(telling: Telling): Promise<void> {
    const { act, way } = telling;
    try {
      const { done, could } = await withinTime(perform(telling));
      // It is done over there from here on; a crash before the next line does it once more, under its id.
      await tellings.finish(act, done ? 'done' : 'undone', null, could);
      if (!done) journal.warn('a telling is left to a person', { kind: way });
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'internal';
      if (!(error instanceof Refusal)) journal.error('telling failed', describeError(error));
      await postpone(telling, code, error instanceof TryLater ? error.afterSeconds : 0);
    }
  }

  /** Again after a while that doubles, and not before the other side wants to be asked. */
  async function postpone(telling: Telling, code: RefusalCode, notBefore: number): Promise<void> {
    const { act, attempts, way, kind } = telling;
    const now = clock.now();
    const tooLong = now.getTime() - (telling.since ?? now).getTime() > patienceSeconds * 1000;
    // A token that is not taken is a person's to mend, and then all of it is wanted: that waits for ever.
    if (!passing.has(code) || (tooLong && code !== 'unauthorised')) {
      await tellings.finish(act, 'undone', code, wordsOfGivingUp(way, kind));
      journal.warn('a telling is given up', { kind: way, code });
      return;
    }
    const doubled = Math.min(retrySecondsMax, retrySecondsFirst * 2 ** Math.min(attempts - 1, 12));
    const seconds = Math.max(doubled, Math.min(notBefore, retryAfterSecondsMax));
    await tellings.postpone(act, after(now, { seconds }), code);
  }

  return {
    kick,
    async settle(subs, withinMs) {
      kick();
      const end = performance.now() + withinMs;
      while (performance.now() < end && (await tellings.isWaiting(subs, clock.now())))
        await new Promise((resolve) => setTimeout(resolve, pollMs));
    },
    async resume() {
      await tellings.resume(clock.now());
      kick();
    },
    async stop() {
      stopped = true;
      const ended = Promise.all([looking, ...running.values()]);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, stopMsMax).unref())]);
    },
  };
}

/** A telling that does not end is one that was not answered. */
async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refusal('unavailable')), tellingMsMax);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
