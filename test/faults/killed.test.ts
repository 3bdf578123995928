/**
 * The process is killed in the middle of a decision, a judgement and an opening, at each step that is written
 * down; then started again. What was recorded is finished by itself, what was not is absent, and nothing is half.
 * (An admission: services/gateway/crash.test.ts. The log: services/logbook/killed.test.ts.)
 */

import { collectApprovals } from '@answerable/authority/engine/collect-approvals';
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
import { freePort } from '@answerable/kit/free-port';
import { callJson } from '@answerable/kit/http-client';
import { loggedApproval } from '@answerable/protocol/disclosure/opening';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type Account,
  approve,
  askOne,
  enter,
  heardCase,
  newPerson,
  sealAndLog,
  type TrialCase,
  takeIn,
} from '../flows/disclosure/case.ts';
import { eventually, foundTrialNetwork, type TrialNetwork, token } from '../flows/disclosure/network.ts';
import { type Cut, type Killable, startKillable, type Wire, wireTo } from './killable.ts';

const countIn = (url: string, from: string) =>
  withConnection(url, async (run) => Number((await run(`select count(*) as n from ${from}`))[0]!.n));

/** No answer at all: what whoever asked sees of a kill. */
const lost = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'answered',
    () => 'lost',
  );

describe('a desk killed in the middle of a decision', () => {
  let world: DeskWorld;
  let wire: Wire;
  let desk: Killable;
  let a: Moderator;
  beforeAll(async () => {
    const port = await freePort();
    world = await deskWorld('desk-killed', { port, origin: `http://127.0.0.1:${port}` });
    wire = await wireTo(world.databaseUrl);
  });
  afterAll(async () => {
    await wire?.close();
    await world?.close();
  });

  /** The desk as a process, and a case about `locator` that somebody has taken. */
  async function taken(locator: string, sub: string): Promise<string> {
    await world.desk.close();
    desk = await startKillable('desk', { ...world.config, databaseUrl: wire.url }, world.clock);
    a = await world.signIn('Moderator A');
    await world.report([snapshot(locator, sub)], {}, connectorToken);
    const { caseId } = await world.caseOf(a, locator);
    await a.post(`/cases/${caseId}/claim`);
    return caseId;
  }
  const decide = (caseId: string, locator: string, sub: string) => {
    const sanction = { kind: 'sanction', sub, holds: 'person', step: 'suspend', until: '2027-01-31' };
    const measures = [{ kind: 'hide-item', target: locator }, sanction];
    return a.post(`/cases/${caseId}/decision`, {
      assessment: conductFinding([locator]),
      decision: { path: 'conduct', measures, reasons: reasonsOf() },
    });
  };
  async function startAgain(): Promise<void> {
    await desk.kill();
    await world.restart();
    a = await world.signIn('Moderator A');
  }
  const pending = () => countIn(world.databaseUrl, `outbox where state = 'pending' and case_id <> 'heads'`);
  /** What was done outside about `locator` and `sub`, each thing once however often it was asked for. */
  const done = (locator: string, sub: string) => ({
    acts: world.neighbours.acts.filter(({ target }) => target === locator).map(({ kind }) => kind),
    sanctions: [...world.neighbours.sanctions.values()].filter((one) => one.sub === sub).length,
    letters: [...world.neighbours.inbox.values()].filter((one) => one.sub === sub).length,
  });
  const nothing = { acts: [], sanctions: 0, letters: 0 };
  const everything = { acts: ['hide-item'], sanctions: 1, letters: 1 };

  it('before it is recorded whole: there is no decision, and it can be made again', async () => {
    const [locator, sub] = ['post/k1', subOf('k')];
    const caseId = await taken(locator, sub);
    const reached = wire.cut('unheard', 'insert into "outbox"', 'insert into "event"');
    const answer = lost(decide(caseId, locator, sub));
    await reached;
    await startAgain();
    expect(await answer).toBe('lost');
    expect((await a.get(`/cases/${caseId}`)).body.phase).not.toBe('closed');
    expect(done(locator, sub)).toEqual(nothing);
    expect((await decide(caseId, locator, sub)).body.phase).toBe('closed');
    await expect.poll(pending).toBe(0);
    expect(done(locator, sub)).toEqual(everything);
  });

  it('between the record and its effects: all of them are done at the next start, once', async () => {
    const [locator, sub] = ['post/k2', subOf('l')];
    const caseId = await taken(locator, sub);
    const reached = wire.cut('unanswered', 'commit', 'insert into "outbox"');
    // The neighbours are away, so that nothing can be done before the desk is killed.
    world.neighbours.mood.platform = 'off';
    world.neighbours.mood.gateway = 'off';
    const answer = lost(decide(caseId, locator, sub));
    await reached;
    await expect.poll(pending).toBeGreaterThan(0);
    expect(done(locator, sub)).toEqual(nothing);
    await desk.kill();
    world.neighbours.mood.platform = 'well';
    world.neighbours.mood.gateway = 'well';
    await world.restart();
    a = await world.signIn('Moderator A');
    expect(await answer).toBe('lost');
    expect((await a.get(`/cases/${caseId}`)).body.phase).toBe('closed');
    await expect.poll(pending).toBe(0);
    expect(done(locator, sub)).toEqual(everything);
  });

  it('in the middle of its effects, done outside and not known here: they are done once', async () => {
    const [locator, sub] = ['post/k3', subOf('m')];
    const caseId = await taken(locator, sub);
    world.neighbours.mood.platform = 'loses-answers';
    world.neighbours.mood.gateway = 'loses-answers';
    await decide(caseId, locator, sub);
    expect(done(locator, sub).acts).toEqual(['hide-item']);
    expect(await pending()).toBeGreaterThan(0);
    await desk.kill();
    world.neighbours.mood.platform = 'well';
    world.neighbours.mood.gateway = 'well';
    await world.restart();
    await expect.poll(pending).toBe(0);
    expect(done(locator, sub)).toEqual(everything);
  });
});

describe('a guardian killed', () => {
  let network: TrialNetwork;
  let account: Account;
  let wire: Wire;
  let url: string;
  beforeAll(async () => {
    network = await foundTrialNetwork();
    const person = newPerson(network, 'Ada Example');
    await sealAndLog(network, person);
    account = await takeIn(network, person);
    url = network.guardians[0]!.config.databaseUrl;
    wire = await wireTo(url);
  });
  afterAll(async () => {
    await wire?.close();
    await network?.close();
  });

  async function asProcess(): Promise<Killable> {
    const { config, running } = network.guardians[0]!;
    await running.close();
    return startKillable('guardian', { ...config, databaseUrl: wire.url }, network.clock);
  }
  const released = (caseId: string) => countIn(url, `share_release where case_id = '${caseId}'`);
  const agreed = async () => {
    const one = await heardCase(network, account);
    await approve(network, one, [0, 1]);
    return { one, approvals: (await collectApprovals(network.authority, one.filed)).approvals };
  };

  it.each<[string, Cut, number]>([
    ['before the release is recorded: nothing is given, and it can be asked for again', 'unheard', 0],
    [
      'between the record and the answer: it counts as given, and is given when asked for again',
      'unanswered',
      1,
    ],
  ])('in the middle of an opening, %s', async (_when, how, recorded) => {
    const { one, approvals } = await agreed();
    const { caseId } = one.filed.filing.message;
    const guardian = await asProcess();
    const reached = wire.cut(how, 'insert into "share_release"');
    const answer = lost(askOne(network, 0, one, approvals));
    await reached;
    await expect.poll(() => released(caseId)).toBe(recorded);
    await guardian.kill();
    expect(await answer).toBe('lost');
    await network.restart(0);
    expect(await eventually(() => askOne(network, 0, one, approvals))).toMatchObject({
      guardian: 'guardian-1',
    });
    expect(await released(caseId)).toBe(1);
  });

  it('in the middle of a judgement that is recorded: the log has it after the start, once', async () => {
    const one: TrialCase = await heardCase(network, account);
    const { caseId } = one.filed.filing.message;
    const { origin } = network.guardians[0]!.config;
    const guardian = await asProcess();
    const { path } = await callJson(`${origin}/operator/sign-in-links`, {
      body: { name: 'somebody' },
      headers: { authorization: `Bearer ${token}` },
      schema: z.object({ path: z.string() }),
    });
    const staff = await enter({ origin, staffLink: () => origin + path });
    const reached = wire.cut('unanswered', 'commit', 'update "case_file"');
    const answer = lost(staff.post(`/api/cases/${caseId}/judgement`, { decision: 'approve' }));
    await reached;
    const judged = `case_file where case_id = '${caseId}' and judgement is not null`;
    await expect.poll(() => countIn(url, judged)).toBe(1);
    await guardian.kill();
    expect(await answer).toBe('lost');
    await network.restart(0);
    const found = await eventually(() =>
      callJson(`${origin}/cases/${caseId}/approval`, { schema: loggedApproval }),
    );
    expect(found.approval.message).toMatchObject({ caseId, decision: 'approve' });
    expect(await countIn(url, 'log_outbox where place is null')).toBe(0);
  });
});
