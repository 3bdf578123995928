/** What the OpenID provider did not expect is said in the journal, without a word of it, and nowhere else. */
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Scene, startScene } from '../testing/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

it.each([
  ['where the library answers it', 'Interaction'],
  ['where it does not', 'Session'],
])('an error %s', async (_where, model) => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  await withConnection(scene.databaseUrl, (run) =>
    run(`
      create or replace function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'with a secret' using errcode = 'P0001'; end $$;
      create or replace trigger refuse before insert on oidc_state for each row
        when (new.model = '${model}') execute function refuse()`),
  );
  const before = scene.journal.length;
  if (model === 'Session') {
    const { browser, body } = await scene.admit(scene.network.enrol());
    expect((await browser.fetch(body.resume!)).status).toBe(500);
  } else await expect(scene.arrive()).rejects.toThrow();
  const lines = scene.journal.slice(before).filter((line) => line.includes('unexpected error'));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join()).not.toMatch(/secret|oidc_state/);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});
