/**
 * A gateway dies before each thing that a bar and its end leave behind, here or at the platform, and is started
 * again. The desk asks again, as desks do. Then the bar holds, the platform did each thing once and in its order,
 * and what was lifted is lifted. (The same with a process that is really killed: gateway-killed.test.ts.)
 */
import { randomBytes } from 'node:crypto';
import { type Scene, startScene, token } from '@answerable/gateway/testing/scene';
import { practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { freePort } from '@answerable/kit/free-port';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CountingForum, countingForum } from './counting-forum.ts';
import { type Effects, passThrough, placesOf } from './effects.ts';

/** Some twenty starts of a gateway. */
const timeoutMs = 600_000;
const clock = practiceClock(new Date(), 'practice');
let forum: CountingForum;
let scene: Scene;
let effects: Effects;
beforeAll(async () => {
  forum = await countingForum();
  scene = await startScene({
    clock,
    adminToken: token,
    platform: {
      backchannelLogoutUri: `${forum.origin}/logout`,
      connector: { name: 'forum', origin: forum.origin, connectorToken: token },
    },
  });
  await scene.stop();
  const { config } = scene;
  const [known, own] = [config.port, await freePort()];
  effects = await passThrough({
    databaseUrl: config.databaseUrl,
    gateway: { port: known, own },
    platformOrigin: forum.origin,
  });
  const [platform] = config.platforms;
  const origin = effects.platformOrigin!;
  Object.assign(platform!, { backchannelLogoutUri: `${origin}/logout` });
  Object.assign(platform!.connector!, { origin });
  Object.assign(config, { port: own, databaseUrl: effects.databaseUrl });
  await scene.restart();
});
afterAll(async () => {
  await effects?.close();
  await scene?.close();
  await forum?.close();
});

const run = (text: string, values: unknown[] = []) =>
  withConnection(scene.databaseUrl, (ask) => ask(text, values));
const id = () => randomBytes(16).toString('base64url');

/** Until everything is told; throws if the gateway is dead, or does not tell. */
async function toldAll(): Promise<void> {
  for (let looks = 0; looks < 1_000; looks += 1) {
    await fetch(`${scene.config.origin}/health`);
    const [open] = await run(`select count(*)::int as n from telling where state = 'pending'`);
    if (open!.n === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('something is not told');
}
async function upkeepIsDone(): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const upkeepAt = async () => {
    const state = await fetch(`${scene.config.origin}/admin/state`, { headers });
    return ((await state.json()) as { upkeep: { at: string | null } }).upkeep.at;
  };
  await expect.poll(upkeepAt, { interval: 10 }).not.toBeNull();
}

async function somebody() {
  const person = scene.network.enrol();
  const { answer } = await scene.admit(person);
  const [row] = await run('select sub from account where account_key = $1', [answer.accountKey]);
  const sub = String(row!.sub);
  const bar = { caseId: id(), sub, holds: 'person', step: 'bar', until: '2099-01-01' } as const;
  return { person, sub, bar: { sanction: id(), ...bar }, said: [] as string[] };
}
type Somebody = Awaited<ReturnType<typeof somebody>>;

/** As the desk asks; keeps what was acknowledged. */
async function asks({ bar, said }: Somebody, what: 'bar' | 'lift'): Promise<void> {
  const path = what === 'bar' ? 'sanctions' : `sanctions/${bar.sanction}/lift`;
  const { status, body } = await scene.desk(path, what === 'bar' ? bar : {});
  expect([status, body.accounts]).toEqual([200, [bar.sub]]);
  said.push(what);
}
async function barAndLift(one: Somebody): Promise<void> {
  await asks(one, 'bar');
  await toldAll();
  await asks(one, 'lift');
  await toldAll();
}
const acts = ({ sub }: Somebody) =>
  forum.acts.filter(({ target }) => target === `account/${sub}`).map(({ kind }) => kind);
const signsIn = async ({ person }: Somebody) => (await scene.signIn(person)).body.code ?? 'in';
const inRecord = async ({ bar }: Somebody) => {
  const [row] = await run('select lifted from sanction where id = $1', [bar.sanction]);
  return row ? (row.lifted ? 'lifted' : 'holds') : 'none';
};

it(
  'a gateway killed at each step of a bar and of its end',
  async () => {
    await upkeepIsDone();
    const whole = await somebody();
    effects.count();
    await barAndLift(whole);
    const all = [...effects.seen()];
    expect(all).toEqual(
      expect.arrayContaining([
        'insert into sanction',
        'asks the platform: POST /moderation/acts',
        'asks the platform: POST /logout',
      ]),
    );
    const died = new Set<string>();
    const wrong: string[] = [];
    for (const place of placesOf(all)) {
      await upkeepIsDone();
      const one = await somebody();
      if (await effects.dieBefore(place, () => barAndLift(one))) died.add(place.effect);
      await scene.stop();
      effects.live();
      await scene.restart();
      // What the dead one had in hand is free after its lease.
      clock.advance({ seconds: 31 });
      const say = (what: string) => wrong.push(`before ${place.effect}, ${place.nth}: ${what}`);
      const found = await inRecord(one);
      if (one.said.includes('lift') ? found !== 'lifted' : one.said.includes('bar') && found === 'none')
        say(`acknowledged ${one.said}, and in the record: ${found}`);
      const before = await signsIn(one);
      if (before !== (found === 'holds' ? 'barred' : 'in')) say(`${found}, and the door says ${before}`);
      // What is recorded is told, though nobody asks again.
      await toldAll();
      const told = { none: 0, holds: 1, lifted: 2 }[found];
      if (acts(one).length !== told) say(`${found}, and told ${acts(one).join() || 'nothing'}`);
      if (found === 'none') await asks(one, 'bar');
      await toldAll();
      if (found !== 'lifted') {
        if ((await signsIn(one)) !== 'barred') say('does not hold');
        if (!forum.logouts.includes(one.sub)) say('nobody was signed out');
        await asks(one, 'lift');
        await toldAll();
      }
      const order = acts(one).join();
      if (order !== 'suspend-account,restore-account') say(`the platform did ${order || 'nothing'}`);
      if ((await signsIn(one)) !== 'in') say('lifted, and kept out');
    }
    for (const place of all) if (!died.has(place)) wrong.push(`never died before ${place}`);
    expect(wrong).toEqual([]);
  },
  timeoutMs,
);
