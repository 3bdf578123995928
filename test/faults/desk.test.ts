/**
 * The desk when something is wrong around it: the platform is away for an hour, the clock goes back and forward, the
 * database takes no writes, an answer is lost and everybody sends again.
 */
import { firstBreak } from '@answerable/desk/casework/event';
import {
  type DeskWorld,
  deskWorld,
  type Moderator,
  reasonsOf,
  snapshot,
} from '@answerable/desk/testing/desk-world';
import { conductFinding, subOf } from '@answerable/desk/testing/example-case';
import { connectorToken } from '@answerable/desk/testing/fake-neighbours';
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

let world: DeskWorld;
let [a, b]: Moderator[] = [];

beforeAll(async () => {
  world = await deskWorld('desk-faults');
  [a, b] = [await world.signIn('Moderator A'), await world.signIn('Moderator B')];
});
afterAll(() => world?.close());

const run = (text: string) => withConnection(world.databaseUrl, (ask) => ask(text));
const pending = () => run(`select attempts, code from outbox where state = 'pending' and case_id <> 'heads'`);
const actsOn = (target: string) =>
  world.neighbours.acts.filter((act) => act.target === target).map(({ kind }) => kind);
const hide = (locator: string) => ({
  assessment: conductFinding([locator]),
  decision: { path: 'conduct', measures: [{ kind: 'hide-item', target: locator }], reasons: reasonsOf() },
});

async function taken(locator: string, letter: string): Promise<string> {
  await world.report([snapshot(locator, subOf(letter))], {}, connectorToken);
  const { caseId } = await world.caseOf(a!, locator);
  expect((await a!.post(`/cases/${caseId}/claim`)).status).toBe(200);
  return caseId;
}

describe('a platform that is away for an hour', () => {
  const cases: string[] = [];

  it('stops nobody: decisions and their reversal stand, and it can be seen what waits', async () => {
    for (const n of [1, 2, 3]) cases.push(await taken(`post/w${n}`, 'w'));
    world.neighbours.mood.platform = 'off';
    for (const [n, caseId] of cases.entries())
      expect((await a!.post(`/cases/${caseId}/decision`, hide(`post/w${n + 1}`))).body.phase).toBe('closed');
    const appeal = { caseId: cases[0], sub: subOf('w'), track: 'normal', grounds: 'It was a joke.' };
    expect((await world.holder('appeals', appeal)).status).toBe(200);
    await b!.post(`/cases/${cases[0]}/claim`);
    const heard = await b!.post(`/cases/${cases[0]}/hearing`, { outcome: 'overturned', reply: 'It was.' });
    expect(heard.status).toBe(200);
    const { effects } = (await a!.get(`/cases/${cases[1]}`)).body;
    expect(effects.filter((one: { progress: string }) => one.progress === 'pending')).toMatchObject([
      { what: 'hide-item', target: 'post/w2', code: 'unavailable' },
    ]);
    const page = await fetch(`${world.origin}/cases/${cases[1]}`, { headers: { cookie: a!.cookie } });
    expect(await page.text()).toContain('1 act on the way');
  });

  it('is asked again, ever more seldom, and never told a later thing first', async () => {
    for (let minute = 0; minute < 60; minute += 1) {
      world.clock.advance({ minutes: 1 });
      await world.desk.tick();
    }
    const waiting = await pending();
    expect(waiting.length).toBe(4);
    expect(Math.max(...waiting.map(({ attempts }) => Number(attempts)))).toBeLessThan(75);
    expect(world.neighbours.acts).toEqual([]);
  });

  it('is told everything within a minute of its return, once and in order', async () => {
    world.neighbours.mood.platform = 'well';
    world.clock.advance({ minutes: 1 });
    await world.desk.tick();
    await expect.poll(pending).toEqual([]);
    expect(actsOn('post/w1')).toEqual(['hide-item', 'restore-item']);
    expect([actsOn('post/w2'), actsOn('post/w3')]).toEqual([['hide-item'], ['hide-item']]);
  });
});

describe('a clock that goes back', () => {
  it('does not stop a case, nor what it sets off, and time in it only goes forward', async () => {
    const caseId = await taken('post/b1', 'b');
    world.clock.advance({ hours: -3 });
    expect((await a!.post(`/cases/${caseId}/decision`, hide('post/b1'))).body.phase).toBe('closed');
    await expect.poll(() => actsOn('post/b1')).toEqual(['hide-item']);
    world.clock.advance({ hours: 3 });
    const events = await run(`select * from event where case_id = '${caseId}' order by seq`);
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => String(at)).toSorted());
    expect(firstBreak(events as never)).toBeUndefined();
  });

  it('and forward ends a hold at its hour, once', async () => {
    const caseId = await taken('post/b2', 'b');
    await a!.post(`/cases/${caseId}/holds`, { target: 'post/b2' });
    world.clock.advance({ hours: -2 });
    await world.desk.tick();
    expect(actsOn('post/b2')).toEqual(['hide-item']);
    world.clock.advance({ hours: 15 });
    await world.desk.tick();
    await world.desk.tick();
    await expect.poll(() => actsOn('post/b2')).toEqual(['hide-item', 'restore-item']);
    const lapsed = `select seq from event where case_id = '${caseId}' and body ->> 'kind' = 'hold-lapsed'`;
    expect(await run(lapsed)).toHaveLength(1);
    [a, b] = [await world.signIn('Moderator A'), await world.signIn('Moderator B')];
  });
});

describe('an answer that is lost', () => {
  it('and a decision sent twenty times at once are one decision, one act, one letter', async () => {
    const caseId = await taken('post/l1', 'l');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => a!.post(`/cases/${caseId}/decision`, hide('post/l1'))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const decided = `select seq from event where case_id = '${caseId}' and body ->> 'kind' = 'decided'`;
    expect(await run(decided)).toHaveLength(1);
    await expect.poll(pending).toEqual([]);
    expect(actsOn('post/l1')).toEqual(['hide-item']);
    const letters = [...world.neighbours.inbox.values()].filter((one) => one.sub === subOf('l'));
    expect(letters).toHaveLength(1);
  });

  it('and an appeal sent twenty times at once are one appeal', async () => {
    const [row] = await run(`select case_id from case_item where locator = 'post/l1'`);
    const appeal = { caseId: row!.case_id, sub: subOf('l'), track: 'normal', grounds: 'Please look again.' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.holder('appeals', appeal)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await a!.get(`/cases/${row!.case_id}`)).body.appeals).toHaveLength(1);
  });
});

describe('a database that takes no writes', () => {
  const setReadOnly = (yes: boolean) =>
    withConnection(inject('postgresAdminUrl'), async (ask) => {
      const name = new URL(world.databaseUrl).pathname.slice(1);
      await ask(`alter database "${name}" set default_transaction_read_only = ${yes ? 'on' : 'off'}`);
      await ask('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    });

  it('has everything refused clearly, loses nothing that was acknowledged, and is used again', async () => {
    const caseId = await taken('post/r1', 'r');
    const { receipt } = (await world.report([snapshot('post/r2', subOf('r'))], {}, connectorToken)).body;
    await setReadOnly(true);
    try {
      const refused = async (answer: Promise<{ body: { code?: string } }>) => (await answer).body.code;
      const report = () => world.report([snapshot('post/r3', subOf('r'))], {}, connectorToken);
      await expect.poll(() => refused(report())).toBe('unavailable');
      expect(await refused(a!.post(`/cases/${caseId}/decision`, hide('post/r1')))).toBe('unavailable');
      expect(await refused(a!.post(`/cases/${caseId}/notes`, { note: 'Seen.' }))).toBe('unavailable');
      expect((await fetch(`${world.origin}/receipts/${receipt}`)).status).toBe(200);
      expect((await a!.get('/')).status).toBe(200);
    } finally {
      await setReadOnly(false);
    }
    await expect
      .poll(async () => (await a!.post(`/cases/${caseId}/decision`, hide('post/r1'))).body.phase)
      .toBe('closed');
    expect((await world.report([snapshot('post/r3', subOf('r'))], {}, connectorToken)).status).toBe(201);
    expect(await run(`select locator from case_item where locator = 'post/r3'`)).toHaveLength(1);
    await expect.poll(() => actsOn('post/r1')).toEqual(['hide-item']);
  });
});
