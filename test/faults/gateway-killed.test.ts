/**
 * A gateway is killed at each step of a sanction and of its end, and started again: what was recorded is told by
 * itself, what was not is absent, and the platform does each thing once. (An admission: admission-killed.test.ts.)
 */
import { randomBytes } from 'node:crypto';
import { type Scene, startScene, token } from '@answerable/gateway/testing/scene';
import { practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CountingForum, countingForum } from './counting-forum.ts';
import { type Cut, type Killable, startKillable, type Wire, wireTo } from './killable.ts';

const clock = practiceClock(new Date(), 'practice');
let forum: CountingForum;
let scene: Scene;
let wire: Wire;
beforeAll(async () => {
  forum = await countingForum();
  scene = await startScene({
    clock,
    platform: {
      backchannelLogoutUri: `${forum.origin}/logout`,
      connector: { name: 'forum', origin: forum.origin, connectorToken: token },
    },
  });
  wire = await wireTo(scene.databaseUrl);
});
afterAll(async () => {
  await wire?.close();
  await scene?.close();
  await forum?.close();
});

const run = (text: string) => withConnection(scene.databaseUrl, (ask) => ask(text));
const id = () => randomBytes(16).toString('base64url');
const waiting = async () =>
  Number((await run(`select count(*) as n from telling where state = 'pending'`))[0]!.n);

async function somebody() {
  const person = scene.network.enrol();
  await scene.admit(person);
  const [row] = await run('select sub from account order by ctid desc limit 1');
  return { person, sub: String(row!.sub) };
}
const barOf = (sub: string) => {
  const bar = { caseId: id(), sub, holds: 'person', step: 'bar', until: '2099-01-01' } as const;
  return { sanction: id(), ...bar };
};

/** Kills a gateway of its own process where `cut` says, while `ask` is under way; then starts the scene's again. */
async function killed(how: Cut, at: string, after: string, ask: () => Promise<unknown>): Promise<void> {
  await scene.stop();
  const child: Killable = await startKillable('gateway', { ...scene.config, databaseUrl: wire.url }, clock);
  const reached = wire.cut(how, at, after);
  const answer = ask().then(
    () => 'answered',
    () => 'lost',
  );
  await reached;
  await child.kill();
  await answer;
  await scene.restart();
}
/** What the forum was told about an account: each thing once, by its id, however often it was asked for. */
const told = (sub: string) => ({
  acts: forum.acts.filter(({ target }) => target === `account/${sub}`).map(({ kind }) => kind),
  loggedOut: forum.logouts.includes(sub),
});
const nothing = { acts: [], loggedOut: false };
const everything = { acts: ['suspend-account'], loggedOut: true };
const toldAll = () => expect.poll(waiting).toBe(0);

describe('a gateway killed in the middle of a bar', () => {
  it('before it is recorded whole: there is none, and nobody is told of one; asked again it is there once', async () => {
    const { person, sub } = await somebody();
    const bar = barOf(sub);
    await killed('unheard', 'insert into "telling"', 'insert into "sanction"', () =>
      scene.desk('sanctions', bar),
    );
    expect((await scene.signIn(person)).body.resume).toBeDefined();
    expect(told(sub)).toEqual(nothing);
    expect((await scene.desk('sanctions', bar)).body.accounts).toEqual([sub]);
    await toldAll();
    expect(told(sub)).toEqual(everything);
  });

  it.each([
    ['after the record, before its answer', 'unanswered', 'commit', 'insert into "telling"'],
    ['taken in hand, and not told', 'unanswered', 'update telling set leased_until', 'insert into "telling"'],
    ['told, and not noted', 'unheard', 'update "telling" set "state"', 'update telling set leased_until'],
  ] as const)('%s: it holds, and is told without being asked again', async (_where, how, at, after) => {
    const { person, sub } = await somebody();
    const bar = barOf(sub);
    await killed(how, at, after, () => scene.desk('sanctions', bar));
    expect((await scene.signIn(person)).body.code).toBe('barred');
    // What the dead one had in hand is free after its lease.
    clock.advance({ seconds: 31 });
    await toldAll();
    expect(told(sub)).toEqual(everything);
    expect((await scene.desk('sanctions', bar)).body.accounts).toEqual([sub]);
    expect(told(sub)).toEqual(everything);
  });

  it('while it is lifted: the account is open again there, once', async () => {
    const { person, sub } = await somebody();
    const bar = barOf(sub);
    await scene.desk('sanctions', bar);
    const lift = () => scene.desk(`sanctions/${bar.sanction}/lift`, {});
    await killed('unanswered', 'commit', 'insert into "telling"', lift);
    await toldAll();
    await lift();
    expect(told(sub).acts).toEqual(['suspend-account', 'restore-account']);
    expect((await scene.signIn(person)).body.resume).toBeDefined();
  });
});
