/** What is shut at the front is shut at every other door too: each of these was open once. */
import { openDatabase } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlatformStore } from './platforms/platform-store.ts';
import type { DeskTables } from './schema.ts';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from './testing/desk-world.ts';
import { conductFinding, subOf } from './testing/example-case.ts';
import { connectorToken } from './testing/fake-neighbours.ts';

let world: DeskWorld;
let [a, b, narrow]: Moderator[] = [];

beforeAll(async () => {
  world = await deskWorld('desk-other-doors', { proxies: 1 });
  [a, b, narrow] = await Promise.all([
    world.signIn('Moderator A'),
    world.signIn('Moderator B'),
    world.signIn('Moderator N', ['moderator'], ['pile-ons']),
  ]);
});
afterAll(() => world.close());

async function claimed(locator: string, reasons: object = {}): Promise<string> {
  await world.report([snapshot(locator, subOf('d'))], reasons, connectorToken);
  const { caseId } = await world.caseOf(a!, locator);
  await a!.post(`/cases/${caseId}/claim`);
  return caseId;
}
const warn = (until: string | null = null) => ({
  kind: 'sanction',
  sub: subOf('d'),
  holds: 'account',
  step: until === null ? 'warn' : 'bar',
  until,
});
const decide = (caseId: string, locator: string, measures: object[]) =>
  a!.post(`/cases/${caseId}/decision`, {
    assessment: conductFinding([locator]),
    decision: { path: 'conduct', measures, reasons: reasonsOf() },
  });
const inForce = async (caseId: string) =>
  (await a!.get(`/cases/${caseId}`)).body.measures.map((one: { inForce: boolean }) => one.inForce);

describe('an alarm about the author', () => {
  it('raised by nothing but the number of a case leaves nobody to be warned when it is over', async () => {
    const caseId = await claimed('post/d1', { reasons: ['threat'] });
    const raised = await a!.post('/alarm', { where: caseId, risk: 'the-author', why: 'They say goodbye.' });
    expect(raised.body.open).toBe(true);
    const end = { outcome: 'with-emergency-services', note: 'They are with them.' };
    expect((await a!.post(`/alarms/${caseId}/end`, end)).status).toBe(200);
    expect((await decide(caseId, 'post/d1', [warn()])).body.code).toBe('distress_no_sanction');
    expect((await a!.post(`/cases/${caseId}/holds`, { target: 'post/d1' })).body.code).toBe(
      'distress_no_sanction',
    );
  });
});

describe('an alarm that pointed at nothing, in a case with several things', () => {
  const twoThings = async (first: string, second: string) => {
    const items = [snapshot(first, subOf('d')), snapshot(second, subOf('d'))];
    await world.report(items, { reasons: ['threat'] });
    const { caseId } = await world.caseOf(a!, first);
    await a!.post(`/cases/${caseId}/claim`);
    await a!.post('/alarm', { where: caseId, risk: 'the-author', why: 'They say goodbye.' });
    return caseId;
  };
  const end = { outcome: 'with-emergency-services', note: 'They are with them.' };

  it('is not over before somebody has said what they wrote, and that is never sanctioned', async () => {
    const caseId = await twoThings('post/e1', 'post/e2');
    const without = await a!.post(`/alarms/${caseId}/end`, end);
    expect(without.body).toMatchObject({ code: 'reasons_missing' });
    const elsewhere = await a!.post(`/alarms/${caseId}/end`, { ...end, items: ['post/elsewhere'] });
    expect(elsewhere.body.code).toBe('move_not_allowed');
    const over = await a!.post(`/alarms/${caseId}/end`, { ...end, items: ['post/e1', 'post/e2'] });
    expect(over.status).toBe(200);
    for (const locator of ['post/e1', 'post/e2'])
      expect((await decide(caseId, locator, [warn()])).body.code).toBe('distress_no_sanction');
  });
});

describe('the page of an alarm', () => {
  it('shows nobody a case of another queue in which there never was one', async () => {
    const caseId = await claimed('post/n1');
    expect((await narrow!.get(`/alarms/${caseId}`)).body.code).toBe('other_queue');
    await a!.post(`/alarms/${caseId}/alarm`, { risk: 'the-author' });
    expect((await narrow!.get(`/alarms/${caseId}`)).status).toBe(200);
  });
});

describe('the preview of a decision', () => {
  const fields = {
    about: 'conduct',
    limb: 'terms',
    severity: '2',
    confidence: '2',
    hideAll: 'yes',
    ...reasonsOf(),
  };
  it.each([
    ['says so', 'post/p1', null],
    ['does not say so where the author is known', 'post/p2', subOf('d')],
  ])('%s when nobody knows who wrote it: they cannot appeal', async (_says, locator, author) => {
    await world.report([snapshot(locator, author)], {}, author ? connectorToken : undefined);
    const { caseId } = await world.caseOf(a!, locator);
    await a!.post(`/cases/${caseId}/claim`);
    const page = await (await a!.form(`/cases/${caseId}/decision`, { ...fields, items: locator })).text();
    expect(page).toContain('What they read');
    expect(page.includes('Nobody here knows yet who wrote')).toBe(author === null);
  });
});

describe('requests to open an account', () => {
  it('are not for those who work in some queues only', async () => {
    expect((await narrow!.get('/requests')).body.code).toBe('other_queue');
    expect((await a!.get('/requests')).status).toBe(200);
  });
});

describe('a second person', () => {
  it('confirms what they have read, and not what was put in its place meanwhile', async () => {
    const caseId = await claimed('post/c1');
    const first = await decide(caseId, 'post/c1', [warn('2026-12-23')]);
    const read = await (
      await fetch(`${world.origin}/cases/${caseId}`, { headers: { cookie: b!.cookie, accept: 'text/html' } })
    ).text();
    const [, proposal = ''] = /name="proposal" value="([^"]+)"/.exec(read) ?? [];
    expect(first.body.phase).toBe('escalated');
    expect((await a!.post(`/cases/${caseId}/declination`, { why: 'I forgot something.' })).status).toBe(200);
    await a!.post(`/cases/${caseId}/claim`);
    expect((await decide(caseId, 'post/c1', [warn('2036-12-23')])).body.phase).toBe('escalated');
    const pressed = await b!.form(`/cases/${caseId}/confirmation`, { proposal });
    expect(pressed.status).toBe(409);
    expect((await a!.get(`/cases/${caseId}`)).body).toMatchObject({ phase: 'escalated', measures: [] });
    const { body } = await a!.get(`/cases/${caseId}`);
    const now = body.proposal.decision.measures[0].measure;
    expect((await b!.form(`/cases/${caseId}/confirmation`, { proposal: now })).status).toBe(303);
    expect(await inForce(caseId)).toEqual([true]);
  });

  it('begins only the memorial that they asked for, whatever threads they name', async () => {
    const threads = ['post/t1'];
    const asked = await a!.post('/vigils', { kind: 'memorial', account: `account/${subOf('v')}`, threads });
    expect(asked.body.state).toBe('asked');
    const other = await b!.post('/vigils', { kind: 'memorial', account: `account/${subOf('q')}`, threads });
    expect(other.body).toMatchObject({ state: 'asked', asked_by: 'Moderator B' });
    const { vigils } = (await a!.get('/vigils')).body;
    expect(vigils.map((one: { state: string }) => one.state)).toEqual(['asked', 'asked']);
  });
});

describe('a moderator of another queue', () => {
  const draft = {
    company: 'Big Place',
    email: null,
    basis: 'dsa-16',
    addresses: ['https://big.example/page/1'],
    ground: 'Penal Code, section 1',
    explanation: 'It tells people to harm themselves.',
    evidence: ['post/o1'],
    sender: { name: 'Commons', email: 'desk@commons.example' },
    goodFaith: true,
  };

  it('neither reads nor moves a notice to another company', async () => {
    const caseId = await claimed('post/o1');
    const { notice } = (await a!.post(`/cases/${caseId}/outside-notices`, draft)).body;
    for (const path of ['', '/letter.txt', '/evidence.json'])
      expect((await narrow!.get(`/outside/${notice}${path}`)).status).toBe(403);
    for (const [verb, body] of [
      ['draft', draft],
      ['sent', { way: 'by-hand' }],
      ['closed', { why: 'x' }],
    ] as const)
      expect((await narrow!.post(`/outside/${notice}/${verb}`, body)).body.code).toBe('other_queue');
    expect((await narrow!.get('/outside')).body.notices).toEqual([]);
    expect((await a!.get('/outside')).body.notices).toHaveLength(1);
    expect((await a!.post(`/outside/${notice}/sent`, { way: 'by-hand' })).body.phase).toBe('sent');
  });

  it('neither reads nor ticks off what is to be done by hand', async () => {
    const caseId = await claimed('post/h1');
    const act = {
      act: 'A'.repeat(22),
      kind: 'hide-item' as const,
      target: 'post/h1',
      notice: 'Your post is hidden.',
    };
    const { db, close } = await openDatabase<DeskTables>({ url: world.databaseUrl, migrations: [] });
    await createPlatformStore(db).askHand(caseId, act, 'Nobody can.', world.clock.now().toISOString());
    await close();
    expect((await narrow!.get('/todo')).body.hands).toEqual([]);
    expect((await narrow!.post(`/todo/${act.act}/done`)).body.code).toBe('other_queue');
    expect((await narrow!.post(`/todo/${act.act}/cannot`, { why: 'x' })).body.code).toBe('other_queue');
    expect((await a!.get('/todo')).body.hands).toHaveLength(1);
    expect((await a!.post(`/todo/${act.act}/done`)).status).toBe(200);
  });
});

describe('a stranger', () => {
  it.each([
    ['a second mark in the head of the form', 'multipart/form-data; boundary=one; boundary=two'],
    ['a mark in another parameter', 'multipart/form-data; boundary=one; x="boundary=two"'],
  ])('sends no thousand parts by %s', async (_name, type) => {
    const part = '--one\r\ncontent-disposition: form-data; name="x"\r\n\r\ny\r\n';
    const sent = await fetch(`${world.origin}/report`, {
      method: 'POST',
      headers: { 'content-type': type, accept: 'application/json', 'x-forwarded-for': '192.0.2.9' },
      body: `${part.repeat(1000)}--one--\r\n`,
    });
    const problem = await sent.json();
    expect([sent.status, problem.code]).toEqual([400, 'malformed']);
    expect(JSON.stringify(problem)).toContain('body: form');
  });
});
