/**
 * The last day of a claim, carried out: what was announced is done at the platform, to whom it was announced and to
 * nobody else, once each, whatever breaks meanwhile.
 */
import { dayOf, type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { serve } from '@answerable/kit/serve';
import { firstAdmin } from '@answerable/practice-people/console-visit';
import { dayPlus } from '@answerable/protocol/platform/succession';
import type { AfterClaim } from '@answerable/protocol/platform-policy';
import { type ConnectorAct, connectorAct } from '@answerable/protocol/report/connector';
import { epochAt } from '@answerable/protocol/trust-policy';
import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PlatformConfig } from '../config.ts';
import { browser } from '../testing/browser.ts';
import { postJson, type Scene, startScene, token } from '../testing/scene.ts';
import { answerAsNew } from '../testing/wallet.ts';

const apiToken = 'the-token-of-the-forum-with-thirty-two-characters';
const returnTo = 'http://localhost:9/sign-in';
const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
/** Each act as often as it was really done: a forum that knows the id of an act does it once. */
let done: ConnectorAct[] = [];
let asked = 0;
let mood: (act: ConnectorAct) => 'well' | 'off' | 'loses-answers' | 'cannot' = () => 'well';
let forum: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  const app = new Hono();
  app.post('/moderation/acts', async (c) => {
    const act = connectorAct.parse(await c.req.json());
    asked += 1;
    const how = mood(act);
    if (how === 'off') return c.text('out of order', 502);
    if (how === 'cannot') return c.json({ done: false, could: 'Do it in the old way.' });
    if (!done.some((known) => known.act === act.act)) done.push(act);
    return how === 'loses-answers' ? c.text('lost', 502) : c.json({ done: true, could: '' });
  });
  forum = await serve(app, { port: 0 });
});
afterAll(() => forum?.close());

const soon = <T>(look: () => T) => expect.poll(look);
let scene: Scene;
let clock: PracticeClock;
let until: string;
afterEach(() => scene?.close());
async function begin(afterwards: AfterClaim, connector: object | undefined, handles: readonly string[]) {
  [done, asked, mood] = [[], 0, () => 'well'];
  clock = practiceClock(new Date(), 'practice');
  until = dayPlus(dayOf(clock.now()), 2);
  scene = await startScene({
    adminToken,
    policy: {
      claim: { until, afterwards },
      disclose: ['name'],
      rooms: [
        { id: 'square', title: 'Square', acts: { read: 'open', post: 'answerable', message: 'named' } },
        { id: 'members', title: 'Members', acts: { read: 'answerable', post: 'answerable' } },
      ],
    },
    platform: { apiToken, ...(connector ? { connector: connector as PlatformConfig['connector'] } : {}) },
    clock,
    upkeepSeconds: 0.2,
  });
  const accounts = handles.map((handle) => ({ account: `id ${handle}`, handle }));
  expect((await platform('/claims/accounts', { accounts })).body).toMatchObject({ added: handles.length });
}
const ownConnector = () => ({ name: 'forum', origin: forum.origin, connectorToken: token });
async function platform(path: string, body?: unknown) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiToken}` };
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
  const response = await fetch(`${scene.config.origin}/platform${path}`, init);
  return { status: response.status, body: await response.json() };
}
const lastDay = async () => (await platform('/claims/last-day')).body;
const may = async (account: string, act: string, room = 'square') =>
  (await platform('/acts', { sub: null, account, room, act })).body.may;
/** The last day is over: midnight was just now. */
function midnight(): void {
  const next = Date.parse(dayPlus(until, 1));
  clock.advance({ seconds: Math.ceil((next - clock.now().getTime()) / 1000) + 1 });
}
const run = (text: string) => withConnection(scene.databaseUrl, (ask) => ask(text));
const doneTo = () => done.map(({ account }) => account).sort();
async function attach(handle: string) {
  const visitor = browser();
  const { body } = await platform('/claims', { account: `id ${handle}`, handle, returnTo });
  await visitor.fetch(body.address, { method: 'POST' });
  const visit = await scene.arrive(visitor);
  const { policy, log } = scene.network;
  const person = scene.network.enrol({}, epochAt(policy, clock.now().getTime()));
  const answer = answerAsNew(person, visit.request, policy, { checkpoint: log.checkpoint(), handle });
  return (await postJson(visitor, `${visit.address}/answer`, answer)).status;
}

describe('where the gateway has a connector', () => {
  it('is done to whom the dry run said, byte for byte; one attached a minute before is spared', async () => {
    await begin('locked', ownConnector(), ['wren', 'crow', 'heron', 'rook']);
    const dry = await fetch(`${scene.config.origin}/operator/policies/dry-runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ policy: scene.config.platforms[0]!.policy }),
    });
    expect(((await dry.json()) as { claim: object }).claim).toMatchObject({
      unattached: 4,
      carried: 'gateway',
    });
    clock.advance({
      seconds: Math.floor((Date.parse(dayPlus(until, 1)) - clock.now().getTime()) / 1000) - 60,
    });
    expect(await attach('heron')).toBe(200);
    const said = await lastDay();
    expect(said.accounts).toHaveLength(3);
    expect(done).toEqual([]);
    midnight();
    await soon(() => doneTo()).toHaveLength(3);
    await soon(async () => (await run("select 1 from telling where state = 'done'")).length).toBe(3);
    expect(JSON.stringify(await lastDay())).toBe(JSON.stringify(said));
    const { until: day, carried, accounts } = said;
    expect([day, carried]).toEqual([until, 'gateway']);
    const brought = done.map(({ account, kind }) => ({
      account,
      handle: account?.slice('id '.length),
      brings: kind === 'suspend-account' ? 'locked' : kind,
    }));
    const byName = brought.sort((a, b) => String(a.account).localeCompare(String(b.account)));
    expect(JSON.stringify(byName)).toBe(JSON.stringify(accounts));
    const { ends } = (await platform('/claims')).body;
    expect(ends).toMatchObject([{ until, attached: 1, unattached: 3, carried: 'gateway' }]);
    expect(JSON.stringify(scene.journal)).not.toMatch(/wren|crow|heron|rook/);
  });

  it('killed before, between and after: nothing is done twice, and all of it is', async () => {
    await begin('read-only', ownConnector(), ['wren', 'crow', 'heron', 'rook', 'swift']);
    // What cannot be recorded whole is not begun.
    await run('alter table telling rename to telling_away');
    midnight();
    await soon(() => scene.journal.join().includes('upkeep failed')).toBe(true);
    expect(await run('select 1 from claim_end')).toEqual([]);
    expect(await run('select 1 from legacy_account where ended is not null')).toEqual([]);
    await scene.stop();
    await run('alter table telling_away rename to telling');
    // The forum does some of it and its answers are lost; then it is away; then the gateway is.
    let answered = 0;
    mood = () => (answered++ < 3 ? 'loses-answers' : 'off');
    await scene.restart();
    await soon(() => answered).toBeGreaterThan(5);
    await scene.stop();
    expect(done).toHaveLength(3);
    mood = () => 'well';
    await scene.restart();
    await soon(() => done.length).toBe(5);
    await soon(async () => (await run("select 1 from telling where state = 'done'")).length).toBe(5);
    const before = asked;
    await scene.restart();
    await soon(async () => (await lastDay()).notDone).toEqual([]);
    expect(asked).toBe(before);
    expect(doneTo()).toEqual(['id crow', 'id heron', 'id rook', 'id swift', 'id wren']);
    expect(new Set(done.map(({ kind }) => kind))).toEqual(new Set(['restrict-account']));
    expect(new Set(done.map(({ act }) => act)).size).toBe(5);
  });

  it('what the platform cannot do is said to it and to the people who run the gateway', async () => {
    await begin('locked', ownConnector(), ['wren', 'crow']);
    mood = ({ account }) => (account === 'id crow' ? 'cannot' : 'well');
    midnight();
    await soon(async () => (await lastDay()).notDone).toEqual([
      { account: 'id crow', words: 'Do it in the old way.' },
    ]);
    const ask = async (path: string, init?: object) =>
      (
        await fetch(`${scene.config.origin}/admin/${path}`, {
          headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
          ...init,
        })
      ).json() as Promise<Record<string, never>>;
    const { acts } = (await ask('undone')) as unknown as { acts: { id: string; what: string }[] };
    expect(acts).toMatchObject([
      { what: 'suspend-account', platform: 'forum', state: 'by-hand', because: 'last-day' },
    ]);
    const { text } = await (await firstAdmin(scene.config.origin, adminToken)).page('/undone');
    for (const words of [
      'The forum <code>forum</code>',
      'shut the account',
      'the last day for accounts',
      'old password',
    ])
      expect(text).toContain(words);
    expect(text).not.toMatch(/A sanction holds at the gateway|suspend account|crow/);
    expect(JSON.stringify(acts)).not.toContain('crow');
    const post = { method: 'POST', body: '{}' };
    expect(await ask(`undone/${acts[0]!.id}/look`, post)).toMatchObject({ handle: 'crow', sub: 'id crow' });
    await ask(`undone/${acts[0]!.id}/done`, post);
    expect((await lastDay()).notDone).toEqual([]);
    for (const act of ['read', 'post', 'message']) expect(await may('id wren', act)).toBe('no');
  });
});

describe('where the platform asks', () => {
  it('an account by its own name does what it did until the day, then what the policy said', async () => {
    await begin('read-only', undefined, ['wren', 'heron']);
    expect(await attach('heron')).toBe(200);
    for (const [room, act, says] of [
      ['square', 'read', 'yes'],
      ['square', 'post', 'yes'],
      ['members', 'post', 'yes'],
      ['square', 'message', 'needs-named'],
      ['square', 'upload', 'no'],
      ['nowhere', 'read', 'no'],
    ])
      expect([room, act, await may('id wren', act!, room)]).toEqual([room, act, says]);
    const said = await lastDay();
    expect(said).toMatchObject({
      carried: 'platform',
      accounts: [{ account: 'id wren', brings: 'read-only' }],
    });
    midnight();
    // From midnight on, whether or not anybody has written it down.
    expect(await may('id wren', 'post')).toBe('needs-answerable');
    expect(await may('id wren', 'read', 'members')).toBe('yes');
    expect(await may('id heron', 'post')).toBe('yes');
    await soon(async () => (await platform('/claims')).body.ends).toHaveLength(1);
    expect(await may('id wren', 'post')).toBe('needs-answerable');
    expect(JSON.stringify(await lastDay())).toBe(JSON.stringify(said));
    expect(await run('select 1 from telling')).toEqual([]);
  });
});
