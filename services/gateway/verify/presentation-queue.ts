/**
 * The one queue before the verification of presentations. While nobody waits, one is verified at once, here, in
 * some 7 ms. As soon as several wait they are verified together (core/presentation, "many at once"), in a thread
 * of its own, so that sign-ins go on beside; a gateway where that never happens never has the thread.
 * Assumes: a batch costs about 5 ms each, and a bad proof no more than three times that (core/bbs/fold-pairings).
 * Must never: refuse one for another, or answer for a thread that is gone.
 */
import type { Question } from '@answerable/core/presentation/question';
import { TooOften } from '@answerable/kit/source-limits';
import { Refusal } from '@answerable/protocol/refusal';
import { type Asked, type Outcome, outcomesOf, type Shown, shownOf } from './outcomes.ts';

/** Most in one batch: larger ones are hardly cheaper, and make everybody wait for the last. */
const batchMax = 32;
/** Most in one batch while there is no thread: others are served in between. */
const batchHereMax = 8;
/** Most that wait: two to three seconds of work. */
const waitingMax = 512;
const fullSeconds = 3;
/** How long a batch may take in the thread, and how long after its end no new one is opened. */
const batchMs = 10_000;
const reopenMs = 1_000;

export interface Thread {
  /** Rejects when the thread has ended. */
  verify(batch: readonly Asked[]): Promise<Outcome[]>;
  hasEnded(): boolean;
  close(): Promise<void>;
}

export interface PresentationQueue {
  /** Throws what verifyPresentation throws; refuses `too_many_requests` when full, `unavailable` when lost. */
  verify(octets: Uint8Array, question: Question): Promise<Shown>;
  close(): Promise<void>;
}

interface Waiting extends Asked {
  settle(outcome: Outcome): void;
  refuse(reason: unknown): void;
}

export function presentationQueue(open: () => Promise<Thread>): PresentationQueue {
  const waiting: Waiting[] = [];
  let thread: Thread | undefined;
  let opening: Promise<void> | undefined;
  let opensAgainAt = 0;
  let isBusy = false;
  let isClosed = false;

  const next = () => {
    if (isBusy || waiting.length === 0) return;
    isBusy = true;
    if (thread?.hasEnded()) loseThread();
    if (thread) void inThread(thread, waiting.splice(0, batchMax));
    else setImmediate(here);
  };

  /** After the requests that came with this one were read: they may be several. */
  const here = () => {
    if (waiting.length > 1) openThread();
    const batch = waiting.splice(0, batchHereMax);
    try {
      const outcomes = outcomesOf(batch);
      for (const [i, one] of batch.entries()) one.settle(outcomes[i]!);
    } catch (bug) {
      for (const one of batch) one.refuse(bug);
    }
    isBusy = false;
    next();
  };

  const inThread = async (used: Thread, batch: Waiting[]) => {
    try {
      const asked = batch.map(({ octets, question }) => ({ octets, question }));
      const outcomes = await within(batchMs, used.verify(asked));
      for (const [i, one] of batch.entries()) one.settle(outcomes[i]!);
    } catch {
      // Nothing of these is recorded: who is refused here may send the same answer again.
      loseThread();
      void used.close();
      for (const one of batch) one.refuse(new Refusal('unavailable'));
    }
    isBusy = false;
    next();
  };

  const loseThread = () => {
    thread = undefined;
    opensAgainAt = performance.now() + reopenMs;
  };

  const openThread = () => {
    if (thread || opening || isClosed || performance.now() < opensAgainAt) return;
    opening = open()
      .then(
        (opened) => {
          if (isClosed) return opened.close();
          thread = opened;
        },
        () => {
          opensAgainAt = performance.now() + reopenMs; // until then, and without one at all, it goes on here
        },
      )
      .finally(() => {
        opening = undefined;
      });
  };

  return {
    verify(octets, question) {
      if (isClosed) return Promise.reject(new Refusal('unavailable'));
      if (waiting.length >= waitingMax) return Promise.reject(new TooOften(fullSeconds));
      const outcome = new Promise<Outcome>((settle, refuse) => {
        waiting.push({ octets, question, settle, refuse });
      });
      next();
      return outcome.then(shownOf);
    },
    async close() {
      isClosed = true;
      for (const one of waiting.splice(0)) one.refuse(new Refusal('unavailable'));
      await opening;
      await thread?.close();
      thread = undefined;
    },
  };
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the thread does not answer')), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
