import { describe, expect, it } from 'vitest';
import { type Answerer, answerCalls, connect, type Handlers, type Port, Refused } from './rpc.ts';

/** Two ports that hear each other, as window and worker do: structured clones, later. */
function pair(): [Port, Port] {
  const ears: [((event: { data: unknown }) => void)[], ((event: { data: unknown }) => void)[]] = [[], []];
  const port = (own: 0 | 1, other: 0 | 1): Port => ({
    postMessage: (message) => {
      const data = structuredClone(message);
      queueMicrotask(() => {
        for (const hear of ears[other]) hear({ data });
      });
    },
    addEventListener: (_, listener) => ears[own].push(listener),
  });
  return [port(0, 1), port(1, 0)];
}

function talk(handlers: Partial<Handlers>, refusedBy = (_: unknown) => new Refused('internal')) {
  const [window, worker] = pair();
  answerCalls(worker, Promise.resolve({ handlers: handlers as Handlers, refusedBy }));
  return connect(window);
}

describe('calls across the boundary', () => {
  it('bring values back to who asked, whatever the order of answers', async () => {
    let first: (() => void) | undefined;
    const call = talk({
      checkWord: async ({ word }) => {
        if (word === 'slow') await new Promise<void>((resolve) => (first = resolve));
        else first?.();
        return { known: word === 'quick', near: [] };
      },
    });
    const slow = call('checkWord', { word: 'slow' });
    expect(await call('checkWord', { word: 'quick' })).toEqual({ known: true, near: [] });
    expect(await slow).toEqual({ known: false, near: [] });
  });

  it('tell every step on the way', async () => {
    const steps: string[] = [];
    const call = talk({
      setWords: async (_, onStep) => {
        onStep('keepers');
        onStep('log');
        return null;
      },
    });
    await call('setWords', { words: [] }, (step) => steps.push(step));
    expect(steps).toEqual(['keepers', 'log']);
  });

  it('a refusal crosses with its facts', async () => {
    const call = talk({
      recall: async () => {
        throw new Refused('words_wrong', { triesLeft: 3 });
      },
    });
    await expect(call('recall', { words: [] })).rejects.toMatchObject({
      code: 'words_wrong',
      facts: { triesLeft: 3 },
    });
  });

  it('what else was thrown crosses without a word of it', async () => {
    const call = talk({
      recall: async () => {
        throw new Error('the secret is 12345');
      },
    });
    const error = await call('recall', { words: [] }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'internal', facts: {} });
    expect(JSON.stringify(error) + String(error)).not.toContain('12345');
  });

  it('an action that nobody named is refused, also one that every object has', async () => {
    const call = talk({});
    await expect(call('forget', undefined)).rejects.toMatchObject({ code: 'internal' });
    await expect(call('toString' as never, undefined as never)).rejects.toMatchObject({ code: 'internal' });
  });

  it('calls made before the worker has loaded are answered then', async () => {
    const [window, worker] = pair();
    let arrive: (answerer: Answerer) => void = () => {};
    answerCalls(worker, new Promise((resolve) => (arrive = resolve)));
    const call = connect(window);
    const early = call('proposeWords', undefined);
    await Promise.resolve();
    arrive({
      handlers: { proposeWords: async () => ({ words: ['a'] }) } as unknown as Handlers,
      refusedBy: () => new Refused('internal'),
    });
    expect(await early).toEqual({ words: ['a'] });
  });

  it('a worker that cannot load refuses every call', async () => {
    const [window, worker] = pair();
    answerCalls(worker, Promise.reject(new Error('no WebAssembly here')));
    await expect(connect(window)('look', { recent: undefined })).rejects.toMatchObject({ code: 'internal' });
  });
});
