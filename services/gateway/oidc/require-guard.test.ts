/** A gateway whose OpenID library could be led to addresses inside our own network does not start. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigRefused } from '@answerable/kit/config';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { startScene } from '../testing/scene.ts';
import { drawKeySet, readKeySets } from './keys.ts';
import { requireGuard } from './require-guard.ts';

/** Where Node keeps what its `fetch` goes through, and where the library looks for it. */
const place = [2, 1].map((n) => Symbol.for(`undici.globalDispatcher.${n}`));
const folder = mkdtempSync(join(tmpdir(), 'answerable-guard-'));
beforeAll(() => drawKeySet(folder, 1, new Date()));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const requireHere = () => requireGuard(readKeySets(folder)[0]!);

async function withoutDispatcher<T>(work: () => Promise<T>): Promise<T> {
  const all = globalThis as unknown as Record<symbol, unknown>;
  void Response; // has Node make it
  const before = place.map((symbol) => all[symbol]);
  const hidden = Object.assign(Object.create(null), {});
  for (const [n, symbol] of place.entries()) if (before[n] !== undefined) all[symbol] = hidden;
  try {
    return await work();
  } finally {
    for (const [n, symbol] of place.entries()) if (before[n] !== undefined) all[symbol] = before[n];
  }
}

// The library decides once in a process; that it is there otherwise, every gateway that starts here shows.
it('where Node hides what it is made of, that is refused in a sentence', async () => {
  const printed = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const sent = vi.spyOn(globalThis, 'fetch');
  const refused = await withoutDispatcher(requireHere).catch((error: Error) => error);
  expect(refused).toMatchObject({
    name: ConfigRefused.name,
    message: expect.stringContaining('version of Node'),
  });
  expect(sent).not.toHaveBeenCalled();
  for (const spy of [printed, sent]) spy.mockRestore();
});

it('and a gateway asks before it opens its door', async () => {
  vi.doMock('./require-guard.ts', () => ({
    requireGuard: () => Promise.reject(new ConfigRefused('no guard')),
  }));
  const { startScene: anew } = (await import('../testing/scene.ts')) as { startScene: typeof startScene };
  await expect(anew()).rejects.toThrow('no guard');
  vi.doUnmock('./require-guard.ts');
});
