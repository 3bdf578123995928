/** The process is killed in the middle of an admission, at each of its two steps; then started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postJson, type Scene, startScene } from './testing/scene.ts';
import { answerAsNew } from './testing/wallet.ts';

let scene: Scene;
let folder: string;
beforeAll(async () => {
  scene = await startScene();
  folder = mkdtempSync(join(tmpdir(), 'answerable-crash-'));
});
afterAll(async () => {
  await scene?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const sql = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));
const count = async (table: string) => Number((await sql(`select count(*) as n from ${table}`))[0]!.n);

/** The gateway as a process of its own, on the scene's configuration. */
async function startProcess(): Promise<ChildProcess> {
  const config = join(folder, 'gateway.json');
  writeFileSync(config, JSON.stringify(scene.config));
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main, config], { stdio: 'ignore' });
  await expect
    .poll(() =>
      fetch(`${scene.config.origin}/health`).then(
        (r) => r.status,
        () => 0,
      ),
    )
    .toBe(200);
  return child;
}

/** Makes the database linger in the statement that `when` describes, so that there is a moment to be killed in. */
const lingerOn = (when: string) =>
  sql(`
    create function linger() returns trigger language plpgsql as $$ begin perform pg_sleep(1.5); return new; end $$;
    create trigger linger before ${when} execute function linger();`);
const asleep = `from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`;
const lingering = async () => (await sql(`select 1 ${asleep}`)).length;

async function killDuringAnswer(when: string) {
  await scene.stop();
  const child = await startProcess();
  const visit = await scene.arrive();
  const checkpoint = scene.network.log.checkpoint();
  const answer = answerAsNew(scene.network.enrol(), visit.request, scene.network.policy, { checkpoint });
  await lingerOn(when);
  const lost = postJson(visit.browser, `${visit.address}/answer`, answer).then(
    () => 'answered',
    () => 'lost',
  );
  await expect.poll(lingering, { interval: 20 }).toBe(1);
  child.kill('SIGKILL');
  expect(await lost).toBe('lost');
  // The power is gone for the statement under way too.
  await sql(`select pg_terminate_backend(pid) ${asleep}`);
  await expect.poll(lingering).toBe(0);
  return { visit, post: () => postJson(visit.browser, `${visit.address}/answer`, answer) };
}

const endLinger = () => sql('drop function linger cascade');

describe('killed in the middle of an admission', () => {
  it('before the record: nothing of it is there, and the same answer is taken after the restart', async () => {
    const before = { accounts: await count('account'), persons: await count('person') };
    const { post } = await killDuringAnswer('insert on account for each row');
    await endLinger();
    expect({ accounts: await count('account'), persons: await count('person') }).toEqual(before);
    expect(await count('request where spent')).toBe(0);
    await scene.restart();
    expect(await (await post()).json()).toEqual({ resume: expect.any(String) });
    expect(await count('account')).toBe(before.accounts + 1);
  });

  it('after the record: the account stands once, and the same answer goes on with the sign-in', async () => {
    const before = await count('account');
    const when = `insert on oidc_state for each row when (new.payload ? 'result')`;
    const { visit, post } = await killDuringAnswer(when);
    await endLinger();
    expect(await count('account')).toBe(before + 1);
    await scene.restart();
    const { resume } = (await (await post()).json()) as { resume: string };
    const { url } = await visit.browser.follow(resume, ({ port }) => port === '9');
    expect(new URL(url).searchParams.get('code')).toBeTruthy();
    expect(await count('account')).toBe(before + 1);
  });
});
