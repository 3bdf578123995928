/**
 * Opens a thread that verifies. It ends with the process and holds no process open; when it ends before that,
 * whatever it was asked is rejected.
 */
import { Worker } from 'node:worker_threads';
import type { Asked, Outcome } from './outcomes.ts';
import type { Thread } from './presentation-queue.ts';

const readyMs = 20_000;
/** Of short-lived values: a batch makes few, and more room would only be more memory. */
const youngMegabytes = 4;
/** Of what stays: a fifth of this is in use. With more room the thread would only clear up later. */
const oldMegabytes = 128;

/** Resolves when the thread has its mathematics ready. */
export async function openThread(): Promise<Thread> {
  // Options of the process are not for the thread: it brings its own loader, however the process got its.
  const worker = new Worker(new URL('./thread.mjs', import.meta.url), {
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes, maxOldGenerationSizeMb: oldMegabytes },
  });
  worker.unref();
  let hasEnded = false;
  worker.once('exit', () => {
    hasEnded = true;
  });
  const ended = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread has ended')));
  });
  ended.catch(() => {}); // who is waiting hears of it
  const nextMessage = <T>() => new Promise<T>((resolve) => worker.once('message', resolve));
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the thread does not start')), readyMs).unref();
  });
  await Promise.race([nextMessage(), ended, late]).catch(async (error) => {
    await worker.terminate();
    throw error;
  });
  return {
    verify(batch: readonly Asked[]) {
      const answer = nextMessage<Outcome[]>();
      worker.postMessage(batch);
      return Promise.race([answer, ended]);
    },
    hasEnded: () => hasEnded,
    close: async () => void (await worker.terminate()),
  };
}
