/**
 * Two gateways with the same keys on one database, as busy as they get, and the database cut off in the middle as by
 * a restart: people come in, some of them are barred at once. Nothing that was acknowledged is lost, nothing is done
 * twice, and who is barred stays out of both.
 */

import { randomBytes } from 'node:crypto';
import { start } from '@answerable/gateway/start';
import { postJson, type Scene, startScene, token } from '@answerable/gateway/testing/scene';
import { answerAsKnown, answerAsNew } from '@answerable/gateway/testing/wallet';
import { withConnection } from '@answerable/kit/database';
import { freePort } from '@answerable/kit/free-port';
import { silentJournal } from '@answerable/kit/journal';
import type { Running } from '@answerable/kit/run';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type CountingForum, countingForum } from './counting-forum.ts';

const people = Number(process.env.LOAD_PEOPLE ?? 24);
/** Of three people one is barred while the others still come in. */
const isBarred = (n: number) => n % 3 === 0;
const awayMs = 400;

let forum: CountingForum;
let scene: Scene;
let other: Running;
let ports: number[];
beforeAll(async () => {
  forum = await countingForum();
  scene = await startScene({
    platform: {
      backchannelLogoutUri: `${forum.origin}/logout`,
      connector: { name: 'forum', origin: forum.origin, connectorToken: token },
    },
  });
  const port = await freePort();
  other = await start({ ...scene.config, port }, { journal: silentJournal });
  ports = [scene.config.port, port];
});
afterAll(async () => {
  await other?.close();
  await scene?.close();
  await forum?.close();
});

const run = (text: string) => withConnection(scene.databaseUrl, (ask) => ask(text));
const id = () => randomBytes(16).toString('base64url');
const at = (address: string, n: number) => {
  const url = new URL(address);
  url.port = String(ports[n % ports.length]);
  return url.href;
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks one gateway and then the other until one of them answers that it was done, or clearly not. */
async function until(
  ask: (tries: number) => Promise<Response>,
): Promise<{ code?: string; accounts?: string[] }> {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask(tries).catch(() => undefined);
    const said = (await answer?.json().catch(() => undefined)) as { code?: string } | undefined;
    // An answer that was lost may have been a yes: the nonce that it spent says so.
    if (said?.code === 'nonce_spent' && tries > 0) return {};
    if (said && said.code !== 'unavailable' && said.code !== 'internal') return said;
    if (tries > 200) throw new Error('nobody answers');
    await pause(25);
  }
}

async function databaseAway(): Promise<void> {
  const name = new URL(scene.databaseUrl).pathname.slice(1);
  await withConnection(inject('postgresAdminUrl'), async (ask) => {
    await ask(`alter database "${name}" allow_connections false`);
    await ask('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await pause(awayMs);
    await ask(`alter database "${name}" allow_connections true`);
  });
}

const desk = (path: string, body: object, n: number) =>
  until((tries) =>
    fetch(at(`${scene.config.origin}/desk/${path}`, n + tries), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    }),
  );
const subOf = async (handle: string) =>
  String((await run(`select sub from account where handle = '${handle}'`))[0]?.sub ?? '');

interface Comer {
  handle: string;
  person: ReturnType<Scene['network']['enrol']>;
  post(which: number): Promise<Response>;
}
const comers: Comer[] = [];
const barred: { sub: string; sanction: string }[] = [];

async function comer(n: number): Promise<Comer> {
  const person = scene.network.enrol();
  const visit = await scene.arrive();
  const handle = `person_${n}`;
  const checkpoint = scene.network.log.checkpoint();
  const answer = answerAsNew(person, visit.request, scene.network.policy, { checkpoint, handle });
  const post = (which: number) => postJson(visit.browser, at(`${visit.address}/answer`, which), answer);
  return { handle, person, post };
}

describe('many people at two gateways', () => {
  it('come in, and some are barred, while the database goes away', async () => {
    for (let n = 0; n < people; n += 1) comers.push(await comer(n));
    let taken = 0;
    let away: Promise<void> | undefined;
    const comesIn = async ({ handle, post }: Comer, n: number) => {
      // To both at once: the same answer, the same nonce.
      const said = await Promise.all([
        until((tries) => post(n + tries)),
        until((tries) => post(n + 1 + tries)),
      ]);
      expect(said.filter(({ code }) => code !== undefined && code !== 'nonce_spent')).toEqual([]);
      taken += 1;
      if (taken === Math.floor(people / 3)) away = databaseAway();
      if (!isBarred(n)) return;
      await away;
      const sub = await subOf(handle);
      const sanction = id();
      const bar = { sanction, caseId: id(), sub, holds: 'person', step: 'bar', until: '2099-01-01' };
      const answers = await Promise.all([desk('sanctions', bar, n), desk('sanctions', bar, n + 1)]);
      for (const { accounts } of answers) expect(accounts).toEqual([sub]);
      barred.push({ sub, sanction });
    };
    await Promise.all(comers.map(comesIn));
    await away;
    expect(away).toBeDefined();
  });

  it('each have one account', async () => {
    const rows = await run(
      `select handle, count(*) as n from account where handle like 'person\\_%' group by 1`,
    );
    expect(rows).toHaveLength(people);
    expect(new Set(rows.map(({ n }) => Number(n)))).toEqual(new Set([1]));
  });

  it('are told of at the platform, each thing once', async () => {
    await expect
      .poll(async () => Number((await run(`select count(*) as n from telling where state <> 'done'`))[0]!.n))
      .toBe(0);
    const targets = forum.acts.map(({ target, kind }) => `${kind} ${target}`).toSorted();
    expect(targets).toEqual(barred.map(({ sub }) => `suspend-account account/${sub}`).toSorted());
    for (const { sub } of barred) expect(forum.logouts).toContain(sub);
  });

  it('who are barred stay out at both, with the old account and with a new one; the others do not', async () => {
    for (const n of [0, 3, 1, 4]) {
      const { person } = comers[n]!;
      const visit = await scene.arrive();
      const known = await postJson(
        visit.browser,
        at(`${visit.address}/answer`, n),
        answerAsKnown(person, visit.request),
      );
      const code = ((await known.json()) as { code?: string }).code;
      expect(code).toBe(isBarred(n) ? 'barred' : undefined);
      const fresh = await scene.arrive();
      const choice = { checkpoint: scene.network.log.checkpoint(), slot: 2 };
      const answer = answerAsNew(person, fresh.request, scene.network.policy, choice);
      const second = await postJson(fresh.browser, at(`${fresh.address}/answer`, n + 1), answer);
      expect(((await second.json()) as { code?: string }).code).toBe(isBarred(n) ? 'barred' : undefined);
    }
  });

  it('are let in again when it is lifted at either', async () => {
    const [{ sub, sanction }] = barred as [{ sub: string; sanction: string }];
    await Promise.all([desk(`sanctions/${sanction}/lift`, {}, 0), desk(`sanctions/${sanction}/lift`, {}, 1)]);
    await expect
      .poll(() => forum.acts.filter(({ target }) => target === `account/${sub}`).map(({ kind }) => kind))
      .toEqual(['suspend-account', 'restore-account']);
  });
});
