/** What goes on the record: reports, complaints, and what the chain covers. With a real database. */
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';
import { evidenceHash, snapshotHash } from './evidence.ts';

let world: DeskWorld;
let [a, b]: Moderator[] = [];
const author = subOf('a');

beforeAll(async () => {
  world = await deskWorld('desk-intake');
  a = await world.signIn('Moderator A');
  b = await world.signIn('Moderator B');
});
afterAll(() => world.close());

const send = async (path: string, body: unknown) => {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(world.origin + path, init);
  return { status: response.status, body: await response.json() };
};
const status = async (receipt: string) => (await fetch(`${world.origin}/receipts/${receipt}`)).json();
const hide = (locator: string) => ({
  assessment: conductFinding([locator]),
  decision: { path: 'conduct', measures: [{ kind: 'hide-item', target: locator }], reasons: reasonsOf() },
});

describe('a report that comes after the decision', () => {
  let caseId = '';

  it('between decision and effect is told what was decided, and nobody decides it twice', async () => {
    await world.report([snapshot('post/r1', author)], {}, connectorToken);
    ({ caseId } = await world.caseOf(a!, 'post/r1'));
    await a!.post(`/cases/${caseId}/claim`);
    world.neighbours.mood.platform = 'off';
    expect((await a!.post(`/cases/${caseId}/decision`, hide('post/r1'))).status).toBe(200);
    const late = await world.report([snapshot('post/r1', null)], { statement: 'I saw it too.' });
    expect(await status(late.body.receipt)).toMatchObject({ state: 'decided' });
    const view = (await a!.get(`/cases/${caseId}`)).body;
    expect(view).toMatchObject({ phase: 'closed', reportCount: 2 });
    expect(view.reports.map((one: { statement: string }) => one.statement)).toContain('I saw it too.');
    world.neighbours.mood.platform = 'well';
  });

  it('about danger is a case of its own, hidden or not', async () => {
    const late = await world.report([snapshot('post/r1', null)], { reasons: ['threat'] });
    expect(await status(late.body.receipt)).toMatchObject({ state: 'received' });
    expect((await world.caseOf(a!, 'post/r1')).caseId).not.toBe(caseId);
  });
});

describe('a complaint', () => {
  const complaint = (more: object = {}) => ({
    kind: 'content',
    capacity: 'affected-person',
    receipt: null,
    items: [],
    links: [],
    statement: 'You should have acted.',
    goodFaith: true,
    wishesToBeTold: true,
    ...more,
  });

  it('waits in a queue of its own and has a receipt', async () => {
    const { status: code, body } = await send('/complaints', complaint({ kind: 'duty' }));
    expect(code).toBe(201);
    expect(await status(body.receipt)).toMatchObject({ state: 'received', outcome: null });
    const waiting = (await a!.get('/?queue=complaints')).body.cases;
    expect(waiting).toMatchObject([{ kind: 'complaint', reports: 1 }]);
  });

  it('is not taken up by whoever decided what it complains of', async () => {
    const { body: reported } = await world.report([snapshot('post/c1', author)], {}, connectorToken);
    const { caseId } = await world.caseOf(a!, 'post/c1');
    await a!.post(`/cases/${caseId}/claim`);
    const nothing = { about: 'nothing', items: ['post/c1'], note: '' };
    const kept = { assessment: nothing, decision: { path: 'none', note: '' } };
    expect((await a!.post(`/cases/${caseId}/decision`, kept)).status).toBe(200);
    const about = complaint({ receipt: reported.receipt, items: [snapshot('post/c1', null)] });
    expect((await send('/complaints', about)).status).toBe(201);
    const { caseId: second } = await world.caseOf(a!, 'post/c1');
    expect((await a!.post(`/cases/${second}/claim`)).body.code).toBe('own_decision');
    expect((await b!.post(`/cases/${second}/claim`)).status).toBe(200);
  });

  it('is never joined by a report of the same thing', async () => {
    const { body } = await send('/complaints', complaint({ items: [snapshot('post/c2', null)] }));
    const complained = await world.caseOf(a!, 'post/c2');
    await world.report([snapshot('post/c2', author)], {}, connectorToken);
    expect((await a!.get(`/cases/${complained.caseId}`)).body).toMatchObject({ reportCount: 1 });
    expect(await status(body.receipt)).toMatchObject({ state: 'received' });
  });

  it.each([
    ['about a report that nobody made', { receipt: 'A'.repeat(22) }, 404],
    ['of a kind that the act does not know', { kind: 'colour' }, 400],
    ['without good faith', { goodFaith: false }, 400],
    ['with an address that is a script', { links: ['javascript:alert(1)'] }, 400],
    ['with an address that turns its writing round', { links: ['https://a.example/\u202Egpj'] }, 400],
    ['about another platform', { items: [{ ...snapshot('post/c3', null), platform: 'elsewhere' }] }, 400],
  ])('%s is refused', async (_, more, code) => {
    expect((await send('/complaints', complaint(more))).status).toBe(code);
  });
});

describe('what the chain covers', () => {
  const picture = { hash: 'A'.repeat(43), kind: 'picture' as const, description: '' };

  it('of an item are its pictures and addresses too; without them its hash is as it always was', () => {
    const plain = snapshot('post/e1', null);
    const hashes = [
      plain,
      { ...plain, media: [picture] },
      { ...plain, media: [{ ...picture, hash: 'B'.repeat(43) }] },
      { ...plain, links: ['https://a.example/'] },
    ].map(snapshotHash);
    expect(new Set(hashes).size).toBe(4);
    expect(snapshotHash({ ...plain, media: [], links: [] })).toBe(hashes[0]);
  });

  it('of a report are its words, pictures, addresses and declarations', async () => {
    const all = [
      { statement: 'a' },
      { statement: 'b' },
      { statement: 'a', media: [picture] },
      { statement: 'a', links: ['https://a.example/'] },
    ].map(evidenceHash);
    expect(new Set(all).size).toBe(4);
  });

  it('of a report that came in stands in its event, and a word changed afterwards shows', async () => {
    const links = ['https://a.example/'];
    await world.report([snapshot('post/e3', null)], { statement: 'As it was', links });
    const { caseId } = await world.caseOf(a!, 'post/e3');
    await withConnection(world.databaseUrl, async (run) => {
      const [event] = await run("select body from event where case_id = $1 and body->>'kind' = 'reported'", [
        caseId,
      ]);
      const [row] = await run(
        'select statement, links from report join report_detail using (receipt) where case_id = $1',
        [caseId],
      );
      const { evidence } = event!.body as { evidence: string };
      const kept = row as { statement: string; links: string[] };
      expect(evidenceHash(kept)).toBe(evidence);
      expect(evidenceHash({ ...kept, statement: 'As it was not' })).not.toBe(evidence);
    });
  });

  it('a picture that was never sent here cannot be attached', async () => {
    const refused = await world.report([snapshot('post/e2', null)], { media: [picture] });
    expect(refused).toMatchObject({ status: 400, body: { code: 'malformed', pointer: 'media' } });
  });
});
