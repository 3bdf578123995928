/** Many people at once at one gateway: their proofs are verified together, and each hears what is true of theirs. */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postJson, type Scene, startScene } from '../testing/scene.ts';
import { answerAsNew, resign } from '../testing/wallet.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

/** Somebody before the wallet, with an answer that is good or was altered by its own wallet. */
async function prepare(isGood: boolean) {
  const credential = scene.network.enrol();
  const visit = await scene.arrive();
  const checkpoint = scene.network.log.checkpoint();
  const answer = answerAsNew(credential, visit.request, scene.network.policy, { checkpoint });
  const altered = fromBase64url(answer.presentation).map((octet, i) => (i === 500 ? octet ^ 1 : octet));
  const bad = resign(credential, visit.request, { ...answer, presentation: toBase64url(altered) });
  return async () => {
    const response = await postJson(visit.browser, `${visit.address}/answer`, isGood ? answer : bad);
    const { code } = (await response.json()) as { code?: string };
    return code ?? response.status;
  };
}

it.each(['while the thread opens', 'in the thread'])('%s, two of twelve with a bad proof', async (when) => {
  const isGood = Array.from({ length: 12 }, (_, i) => i !== 3 && i !== 8);
  const people = await Promise.all(isGood.map(prepare));
  const answers = await Promise.all(people.map((post) => post()));
  expect(answers).toEqual(isGood.map((good) => (good ? 200 : 'presentation_refused')));
  // The thread has had time to open when the second round comes.
  if (when === 'while the thread opens') await new Promise((resolve) => setTimeout(resolve, 1_500));
});

it('a gateway that is stopped in the middle of it answers all, and is up again afterwards', async () => {
  const people = await Promise.all([true, true, true].map(prepare));
  const answers = Promise.all(people.map((post) => post().catch(() => 'cut off')));
  await scene.restart();
  for (const answer of await answers) expect([200, 'unavailable', 'cut off']).toContain(answer);
  expect((await scene.admit(scene.network.enrol())).status).toBe(200);
});
