/** Counts that people who run a gateway see: none can be subtracted from another, and nobody is in any. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Scene, startScene } from '../testing/scene.ts';
import { rounded } from './facts.ts';

const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
let scene: Scene;
beforeAll(async () => {
  scene = await startScene({ adminToken });
});
afterAll(() => scene?.close());

it.each([
  [0, 'none'],
  [1, 'fewer than 10'],
  [9, 'fewer than 10'],
  [10, 'about 10'],
  [19, 'about 10'],
  [1234, 'about 1230'],
])('%i is told as %j', (count, words) => {
  expect(rounded(count)).toBe(words);
});

it('two accounts of one person look as two accounts of two people do', async () => {
  const seen = async () => {
    const response = await fetch(`${scene.config.origin}/admin/platforms/forum`, {
      headers: { authorization: `Bearer ${adminToken}` },
    });
    return (await response.json()) as { counts: { accounts: string; persons: string } };
  };
  const [wren, crow] = [scene.network.enrol(), scene.network.enrol()];
  await scene.admit(wren, { slot: 1, handle: 'wren' });
  await scene.admit(wren, { slot: 2, handle: 'jackdaw' });
  const one = await seen();
  await scene.admit(crow, { handle: 'crow' });
  expect((await seen()).counts).toEqual(one.counts);
  expect(JSON.stringify(one)).not.toMatch(/wren|jackdaw/);
});
