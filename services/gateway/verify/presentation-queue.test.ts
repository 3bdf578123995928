/** The queue before verification: at once, together, refused when full, and what happens when a thread ends. */
import { Malformed, ProofFailed } from '@answerable/core/errors';
import { prove } from '@answerable/core/presentation/prove';
import { drawRegistrar, drawWholeKey, enrol, questionOf } from '@answerable/core/presentation/scenario';
import { Refusal } from '@answerable/protocol/refusal';
import { afterEach, describe, expect, it } from 'vitest';
import { openThread } from './open-thread.ts';
import { type Asked, type Outcome, outcomesOf } from './outcomes.ts';
import { type PresentationQueue, presentationQueue, type Thread } from './presentation-queue.ts';

const registrar = drawRegistrar();
const { credential } = enrol(registrar);
const question = questionOf(registrar.publicKey, drawWholeKey().publicKey);
const octets = prove(credential, question);
const altered = octets.map((octet, i) => (i === 500 ? octet ^ 1 : octet));

/** A thread that is none: says what it was asked, and answers when told to. */
function fakeThread() {
  const batches: { asked: readonly Asked[]; answer(): void; fail(): void }[] = [];
  let closed = 0;
  let ended = false;
  const thread: Thread = {
    verify: (asked) =>
      new Promise<Outcome[]>((resolve, reject) => {
        batches.push({
          asked,
          answer: () => resolve(outcomesOf(asked)),
          fail: () => reject(new Error('gone')),
        });
      }),
    hasEnded: () => ended,
    close: async () => void closed++,
  };
  const end = () => {
    ended = true;
  };
  return { thread, batches, end, closed: () => closed };
}

let queue: PresentationQueue;
afterEach(() => queue?.close());
const ask = (given = octets) => queue.verify(given, question);
const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'shown',
    (error) => (error instanceof Refusal ? error.code : error.constructor.name),
  );
const soon = (milliseconds = 20) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** A queue with its thread open. */
async function busy(threads: Thread[]) {
  let opened = 0;
  queue = presentationQueue(async () => threads[opened++]!);
  await Promise.all([ask(), ask()]);
  await soon();
  return () => opened;
}

describe('without a thread', () => {
  it('one after the other needs none', async () => {
    let opened = 0;
    queue = presentationQueue(async () => fakeThread().thread);
    const counted = presentationQueue(async () => {
      opened++;
      return fakeThread().thread;
    });
    for (let i = 0; i < 3; i++) await counted.verify(octets, question);
    expect(opened).toBe(0);
    const { pseudonym, disclosed } = await ask();
    expect(pseudonym).toHaveLength(48);
    expect(disclosed).toEqual({ over_16: 'yes', residence: 'gb' });
    await counted.close();
  });

  it('throws what the verifier throws, for that one only', async () => {
    queue = presentationQueue(() => Promise.reject(new Error('none to be had')));
    const results = await Promise.all([
      refusalOf(ask()),
      refusalOf(ask(altered)),
      refusalOf(ask(octets.slice(1))),
      refusalOf(ask()),
    ]);
    expect(results).toEqual(['shown', ProofFailed.name, Malformed.name, 'shown']);
  });

  it('a bug in one batch ends neither the process nor the queue', async () => {
    queue = presentationQueue(async () => fakeThread().thread);
    const wrong = queue.verify(octets, undefined as never);
    await expect(wrong).rejects.toThrow(TypeError);
    expect(await refusalOf(ask())).toBe('shown');
  });
});

describe('with a thread', () => {
  it('two at once open it; what waits meanwhile goes together', async () => {
    const { thread, batches } = fakeThread();
    const opened = await busy([thread]);
    expect(opened()).toBe(1);
    const asked = Array.from({ length: 40 }, () => ask());
    await soon();
    expect(batches.map((batch) => batch.asked.length)).toEqual([1]);
    batches[0]!.answer();
    await soon();
    expect(batches.map((batch) => batch.asked.length)).toEqual([1, 32]);
    batches[1]!.answer();
    await soon();
    batches[2]!.answer();
    expect(await Promise.all(asked.map(refusalOf))).toEqual(Array(40).fill('shown'));
    expect(opened()).toBe(1);
  });

  it('ends during a batch: those are refused for now, the others go on here', async () => {
    const { thread, batches, closed } = fakeThread();
    const opened = await busy([thread]);
    const lost = refusalOf(ask());
    const later = [refusalOf(ask()), refusalOf(ask(altered))];
    batches[0]!.fail();
    expect(await lost).toBe('unavailable');
    expect(await Promise.all(later)).toEqual(['shown', ProofFailed.name]);
    expect(closed()).toBe(1);
    expect(opened()).toBe(1); // not at once again: something may end every one
    await soon(1_050);
    await Promise.all([ask(), ask()]);
    expect(opened()).toBe(2);
  });

  it('ended while nobody waited: nobody is refused', async () => {
    const { thread, end, batches } = fakeThread();
    await busy([thread]);
    end();
    expect(await refusalOf(ask())).toBe('shown');
    expect(batches).toEqual([]);
  });

  it('is full at some point, and takes again afterwards', async () => {
    const { thread, batches } = fakeThread();
    await busy([thread]);
    const asked = Array.from({ length: 1 + 512 }, () => refusalOf(ask(altered.slice(1))));
    expect(await refusalOf(ask())).toBe('too_many_requests');
    for (let at = 0; at < 17; at++) {
      batches[at]!.answer();
      await soon(2);
    }
    expect(new Set(await Promise.all(asked))).toEqual(new Set([Malformed.name]));
    const again = refusalOf(ask());
    batches[17]!.answer();
    expect(await again).toBe('shown');
  });

  it('closed: who waits is refused, who comes later too', async () => {
    const { thread, closed } = fakeThread();
    await busy([thread]);
    const asked = [ask(), ask()].map(refusalOf);
    const [, second] = asked;
    await queue.close();
    expect(await second).toBe('unavailable');
    expect(await refusalOf(ask())).toBe('unavailable');
    expect(closed()).toBe(1);
  });
});

describe('a real thread', () => {
  it('loads what it needs by itself, says what the verifier says, and ends', async () => {
    const thread = await openThread();
    const asked = [octets, altered, octets.slice(1)].map((given) => ({ octets: given, question }));
    expect(await thread.verify(asked)).toEqual(outcomesOf(asked));
    expect(thread.hasEnded()).toBe(false);
    await thread.close();
    expect(thread.hasEnded()).toBe(true);
    await expect(thread.verify(asked)).rejects.toThrow();
  });

  it('that ends in the middle rejects what it was asked', async () => {
    const thread = await openThread();
    const lost = thread.verify([{ octets, question }]);
    void thread.close();
    await expect(lost).rejects.toThrow('ended');
  });
});
