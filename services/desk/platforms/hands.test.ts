/** A platform without a connector: every act is a line on a list, and the case knows who ticked it off. */
import { foreignLocator, foreignSub } from '@answerable/connector/foreign-name';
import { openDatabase } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskTables } from '../schema.ts';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding } from '../testing/example-case.ts';
import { createPlatformStore } from './platform-store.ts';

let world: DeskWorld;
let a: Moderator;
const url = 'https://board.example/topic/7';
const locator = foreignLocator('post', 'board', url);

beforeAll(async () => {
  world = await deskWorld('desk-hands', {
    platform: { kind: 'by-hand', name: 'board', origin: 'https://board.example' },
    gateway: null,
  });
  a = await world.signIn('Moderator A');
  const { db, close } = await openDatabase<DeskTables>({ url: world.databaseUrl, migrations: [] });
  await createPlatformStore(db).memory.keepNames([{ locator, platform: 'board', address: url, url }]);
  await close();
});
afterAll(() => world.close());

const here = (at: string) => ({ ...snapshot(at, null), platform: 'board' });

async function hidden(at: string): Promise<string> {
  await world.report([here(at)]);
  const { caseId } = await world.caseOf(a, at);
  await a.post(`/cases/${caseId}/claim`);
  const measures = [{ kind: 'hide-item', target: at }];
  const decision = { path: 'conduct', measures, reasons: reasonsOf() };
  const { status } = await a.post(`/cases/${caseId}/decision`, {
    assessment: conductFinding([at]),
    decision,
  });
  expect(status).toBe(200);
  return caseId;
}

/** The hold is over then, and so is everybody's session. */
async function halfADay(): Promise<void> {
  world.clock.advance({ hours: 13 });
  a = await world.signIn('Moderator A');
  await world.desk.tick();
}

const todo = async () => (await a.get('/todo')).body.hands;

describe('an act that nobody’s software can do', () => {
  it('stands on the list with its address and the words to show, and in the case', async () => {
    const caseId = await hidden(locator);
    const [hand] = await todo();
    expect(hand).toMatchObject({ kind: 'hide-item', target: locator, url, caseId, state: 'waiting' });
    expect(hand.notice).toContain('can appeal');
    const page = (await a.get(`/cases/${caseId}`)).body;
    expect(page.beside.platform.hands).toHaveLength(1);
    expect(page.beside.platform.links).toEqual([{ locator, url }]);
  });

  it('is ticked off once, by name, in the case’s own history', async () => {
    const [hand] = await todo();
    expect((await a.post(`/todo/${hand.act}/done`)).status).toBe(200);
    expect((await a.post(`/todo/${hand.act}/done`)).body.code).toBe('already_decided');
    expect(await todo()).toEqual([]);
    const { history } = (await a.get(`/cases/${hand.caseId}`)).body;
    const line = history.at(-1);
    expect(line).toMatchObject({ who: 'Moderator A' });
    expect(line.words).toContain('Done by hand: Hide a post');
  });

  it('that could not be done stays in sight, with the reason in the history', async () => {
    const caseId = await hidden('post/gone');
    const [hand] = await todo();
    expect((await a.post(`/todo/${hand.act}/cannot`, { why: ' ' })).body.code).toBe('malformed');
    expect((await a.post(`/todo/${hand.act}/cannot`, { why: 'It was deleted.' })).status).toBe(200);
    const page = (await a.get(`/cases/${caseId}`)).body;
    expect(page.beside.platform.hands[0].state).toBe('cannot');
    expect(page.history.at(-1).words).toContain('It was deleted.');
  });

  it('is taken off the list when it is undone before anybody did it', async () => {
    await world.report([here('post/held')]);
    const { caseId } = await world.caseOf(a, 'post/held');
    await a.post(`/cases/${caseId}/holds`, { target: 'post/held' });
    expect((await todo()).map((one: { target: string }) => one.target)).toEqual(['post/held']);
    await halfADay();
    await expect.poll(todo).toEqual([]);
  });

  it('is undone by hand when it was done by hand', async () => {
    await world.report([here('post/back')]);
    const { caseId } = await world.caseOf(a, 'post/back');
    await a.post(`/cases/${caseId}/holds`, { target: 'post/back' });
    const [hide] = await todo();
    await a.post(`/todo/${hide.act}/done`);
    await halfADay();
    const kinds = async () => (await todo()).map((one: { kind: string }) => one.kind);
    await expect.poll(kinds).toEqual(['restore-item']);
  });
});

describe('going to look', () => {
  it('shows whose it is, after which somebody can be sanctioned for it; the name stays out of the case', async () => {
    await world.report([here('post/look')]);
    const { caseId } = await world.caseOf(a, 'post/look');
    await a.post(`/cases/${caseId}/claim`);
    const decide = async () => {
      const sub = foreignSub('board', 'rudy');
      const measures = [{ kind: 'sanction', sub, holds: 'account', step: 'suspend', until: '2027-01-31' }];
      const decision = { path: 'conduct', measures, reasons: reasonsOf() };
      return a.post(`/cases/${caseId}/decision`, { assessment: conductFinding(['post/look']), decision });
    };
    expect((await decide()).status).toBe(400);
    const looks = (await a.get(`/cases/${caseId}`)).body.beside.platform.looks;
    expect(looks).toEqual([{ locator: 'post/look', url: null }]);
    const look = { target: 'post/look', account: ' Rudy ', text: 'What it really says' };
    expect((await a.post(`/cases/${caseId}/looks`, { ...look, target: 'post/other' })).status).toBe(404);
    expect((await a.post(`/cases/${caseId}/looks`, { ...look, text: ' ' })).body.code).toBe('malformed');
    expect((await a.post(`/cases/${caseId}/looks`, look)).status).toBe(200);
    expect((await a.post(`/cases/${caseId}/looks`, look)).body.code).toBe('move_not_allowed');
    const seen = (await a.get(`/cases/${caseId}`)).body;
    expect(seen.items[0]).toMatchObject({ seen: 'platform', text: 'What it really says' });
    expect(seen.history.at(-1)).toMatchObject({
      who: 'Moderator A',
      words: 'Note: Looked at post/look on the platform.',
    });
    expect(JSON.stringify({ ...seen, accounts: [] }).toLowerCase()).not.toContain('rudy');
    expect((await decide()).status).toBe(200);
    const hands = await todo();
    const suspend = hands.find((one: { kind: string }) => one.kind === 'suspend-account');
    expect(suspend).toMatchObject({ url: null, called: 'Rudy' });

    const tell = hands.find((one: { kind: string }) => one.kind === 'tell-account');
    const address = /http\S+$/.exec(tell.notice)?.[0] ?? '';
    expect((await a.post(`/todo/${tell.act}/done`)).status).toBe(200);
    const told = (await a.get(`/cases/${caseId}`)).body;
    expect(told.letters.map((one: { told: boolean }) => one.told)).toEqual([true]);
    // The address that they were given is not ended by asking for another.
    const sub = foreignSub('board', 'rudy');
    expect((await a.post(`/cases/${caseId}/addresses`, { sub })).body.code).toBe('move_not_allowed');
    expect((await fetch(`${world.origin}${new URL(address).pathname}`)).status).toBe(200);
  });
});

it('a restriction is a line on the list, that says what to do', async () => {
  await world.report([here('post/loud')]);
  const { caseId } = await world.caseOf(a, 'post/loud');
  await a.post(`/cases/${caseId}/claim`);
  const look = { target: 'post/loud', account: 'Loud', text: 'Again and again' };
  expect((await a.post(`/cases/${caseId}/looks`, look)).status).toBe(200);
  const until = '2027-01-31';
  const sanction = {
    kind: 'sanction',
    sub: foreignSub('board', 'loud'),
    holds: 'account',
    step: 'restrict',
    until,
  };
  const decision = { path: 'conduct', measures: [sanction], reasons: reasonsOf() };
  const decided = await a.post(`/cases/${caseId}/decision`, {
    assessment: conductFinding(['post/loud']),
    decision,
  });
  expect(decided.status).toBe(200);
  const line = async () => (await todo()).find((one: { called: string }) => one.called === 'Loud');
  await expect.poll(line).toMatchObject({
    kind: 'restrict-account',
    title: 'Restrict an account',
    could: expect.stringContaining('it may read, and not post or write to others'),
    notice: 'Restricted by the moderators of this forum.',
  });
});

describe('refused', () => {
  it.each([
    ['nobody is signed in', async () => (await fetch(`${world.origin}/todo`)).status, 401],
    [
      'an act that nobody asked for',
      async () => (await a.post('/todo/AAAAAAAAAAAAAAAAAAAAAA/done')).status,
      404,
    ],
    ['an act without the shape of one', async () => (await a.post('/todo/../done')).status, 404],
    [
      'a form without its token',
      async () => (await a.form('/todo/AAAAAAAAAAAAAAAAAAAAAA/done', { csrf: 'x' })).status,
      403,
    ],
  ])('%s', async (_sin, asked, status) => expect(await asked()).toBe(status));
});
