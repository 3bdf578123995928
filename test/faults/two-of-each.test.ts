/** Two of one service run on one database, as when a second is started by mistake or on purpose: together they are one. */

import { start as startDesk } from '@answerable/desk/start';
import { type DeskWorld, deskWorld, reasonsOf, snapshot } from '@answerable/desk/testing/desk-world';
import { conductFinding, subOf } from '@answerable/desk/testing/example-case';
import { connectorToken } from '@answerable/desk/testing/fake-neighbours';
import { start as startGateway } from '@answerable/gateway/start';
import { postJson, type Scene, startScene } from '@answerable/gateway/testing/scene';
import { answerAsNew } from '@answerable/gateway/testing/wallet';
import { withConnection } from '@answerable/kit/database';
import { freePort } from '@answerable/kit/free-port';
import { silentJournal } from '@answerable/kit/journal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const sentToEach = 10;

const countIn = (url: string, from: string) =>
  withConnection(url, async (run) => Number((await run(`select count(*) as n from ${from}`))[0]!.n));

describe('two gateways', () => {
  let scene: Scene;
  let other: Awaited<ReturnType<typeof startGateway>>;
  let otherPort: number;
  beforeAll(async () => {
    scene = await startScene();
    otherPort = await freePort();
    // The public address is one; behind it, requests go to either.
    other = await startGateway({ ...scene.config, port: otherPort }, { journal: silentJournal });
  });
  afterAll(async () => {
    await other?.close();
    await scene?.close();
  });

  const at = (address: string, which: number) => {
    const url = new URL(address);
    if (which % 2 === 1) url.port = String(otherPort);
    return url.href;
  };
  async function arriveWith(person: ReturnType<Scene['network']['enrol']>, slot: number, handle?: string) {
    const visit = await scene.arrive();
    const checkpoint = scene.network.log.checkpoint();
    const choice = { checkpoint, slot, ...(handle ? { handle } : {}) };
    const answer = answerAsNew(person, visit.request, scene.network.policy, choice);
    const post = async (which: number) => {
      const response = await postJson(visit.browser, at(`${visit.address}/answer`, which), answer);
      const { code } = (await response.json()) as { code?: string };
      return code ?? 'in';
    };
    return { answer, post };
  }
  const sorted = (codes: string[]) => codes.toSorted();

  it('take in k accounts of one person, not k each', async () => {
    const person = scene.network.enrol();
    const arrived = await Promise.all([1, 2, 3, 4].map((slot) => arriveWith(person, slot)));
    const codes = await Promise.all(arrived.map(({ post }, i) => post(i)));
    expect(sorted(codes)).toEqual(['accounts_exhausted', 'in', 'in', 'in']);
  });

  it('make one account of one answer, however often it comes to both', async () => {
    const { answer, post } = await arriveWith(scene.network.enrol(), 1);
    const codes = await Promise.all(Array.from({ length: 2 * sentToEach }, (_, i) => post(i)));
    expect(codes.filter((code) => code !== 'in' && code !== 'nonce_spent')).toEqual([]);
    expect(codes).toContain('in');
    expect(await countIn(scene.databaseUrl, `account where account_key = '${answer.accountKey}'`)).toBe(1);
  });

  it('give a name once', async () => {
    const arrived = await Promise.all([1, 2].map(() => arriveWith(scene.network.enrol(), 1, 'one_of_two')));
    expect(sorted(await Promise.all(arrived.map(({ post }, i) => post(i))))).toEqual(['handle_taken', 'in']);
  });

  it('hold to a bar that the other one was told of', async () => {
    const person = scene.network.enrol();
    const first = await arriveWith(person, 1, 'soon_barred');
    expect(await first.post(0)).toBe('in');
    const [{ sub }] = (await withConnection(scene.databaseUrl, (run) =>
      run(`select sub from account where handle = 'soon_barred'`),
    )) as [{ sub: string }];
    const id = 'A'.repeat(22);
    const bar = { sanction: id, caseId: id, sub, holds: 'person', step: 'bar', until: '2027-05-23' };
    expect((await scene.desk('sanctions', bar)).status).toBe(200);
    const second = await arriveWith(person, 2);
    expect(await second.post(1)).toBe('barred');
  });
});

describe('two desks', () => {
  let world: DeskWorld;
  let other: Awaited<ReturnType<typeof startDesk>>;
  beforeAll(async () => {
    world = await deskWorld('two-desks');
    other = await startDesk(world.config, { clock: world.clock, journal: silentJournal });
  });
  afterAll(async () => {
    await other?.close();
    await world?.close();
  });

  /** Somebody who works at the second desk. */
  async function signInThere(name: string) {
    const here = world.desk;
    world.desk = other;
    try {
      return await world.signIn(name);
    } finally {
      world.desk = here;
    }
  }

  it('let one person take a case, and do once what is decided', async () => {
    const [locator, sub] = ['post/t1', subOf('t')];
    await world.report([snapshot(locator, sub)], {}, connectorToken);
    const [a, b] = [await world.signIn('Moderator A'), await signInThere('Moderator B')];
    const { caseId } = await world.caseOf(a, locator);
    const claims = await Promise.all([a, b].map((who) => who.post(`/cases/${caseId}/claim`)));
    expect(claims.map(({ status, body }) => body.code ?? status).toSorted()).toEqual([
      200,
      'already_claimed',
    ]);

    const winner = claims[0]!.status === 200 ? a : b;
    const sanction = { kind: 'sanction', sub, holds: 'person', step: 'suspend', until: '2027-01-31' };
    const decision = {
      assessment: conductFinding([locator]),
      decision: {
        path: 'conduct',
        measures: [{ kind: 'hide-item', target: locator }, sanction],
        reasons: reasonsOf(),
      },
    };
    const twice = await Promise.all([1, 2].map(() => winner.post(`/cases/${caseId}/decision`, decision)));
    expect(twice.filter(({ status }) => status === 200)).toHaveLength(1);
    await Promise.all([world.desk.tick(), other.tick()]);
    await expect
      .poll(() => countIn(world.databaseUrl, `outbox where state = 'pending' and case_id <> 'heads'`))
      .toBe(0);
    expect(world.neighbours.acts.filter(({ target }) => target === locator)).toHaveLength(1);
    expect(world.neighbours.asked()).toBe(world.neighbours.acts.length);
    expect([...world.neighbours.sanctions.values()].filter((one) => one.sub === sub)).toHaveLength(1);
  });

  it('make one case of what is reported to both at once', async () => {
    const [locator, sub] = ['post/t2', subOf('u')];
    const here = world.desk;
    const reports: Promise<unknown>[] = [];
    for (let i = 0; i < 2 * sentToEach; i += 1) {
      world.desk = i % 2 === 0 ? here : other;
      reports.push(world.report([snapshot(locator, sub)], {}, connectorToken));
    }
    world.desk = here;
    const statuses = (await Promise.all(reports)).map((answer) => (answer as { status: number }).status);
    expect(new Set(statuses)).toEqual(new Set([201]));
    expect(await countIn(world.databaseUrl, `case_item where locator = '${locator}'`)).toBe(1);
    expect(
      await countIn(world.databaseUrl, `report natural join case_item where locator = '${locator}'`),
    ).toBe(2 * sentToEach);
  });
});
