/** Reasons kept ready: versions that stay, who may keep them, and what of them stands in a decision. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, idOf, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

let world: DeskWorld;
let [a, observer, triage]: Moderator[] = [];
const words = {
  title: 'Advertising',
  limb: 'terms',
  offence: '',
  clause: '5',
  ground: '5 No advertising',
  explanation: 'It sells things to people who did not ask.',
  facts: '',
  category: '',
};

beforeAll(async () => {
  world = await deskWorld('desk-macros');
  a = await world.signIn('Moderator A');
  triage = await world.signIn('Triage T', ['triage']);
  observer = await world.signIn('Observer O', ['observer']);
  await world.report([snapshot('post/m1', subOf('m'))], { reasons: ['other'] }, connectorToken);
});
afterAll(() => world.close());

let macro = '';
it('every change is a new version, and the old ones stay', async () => {
  ({ macro } = (await a!.post('/reasons', words)).body);
  await a!.post(`/reasons/${macro}`, { ...words, explanation: 'Nobody asked to be sold anything.' });
  await a!.post(`/reasons/${macro}/retire`);
  const { versions } = (await observer!.get(`/reasons/${macro}`)).body;
  expect(versions.map((one: { version: number; retired: boolean }) => [one.version, one.retired])).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ]);
  expect(versions[0].words.explanation).toBe(words.explanation);
  expect(versions[1]).toMatchObject({ by: 'Moderator A', words: { title: 'Advertising' } });
});

it('a retired one is not offered, and can come back', async () => {
  const { caseId } = await world.caseOf(a!, 'post/m1');
  expect((await a!.get(`/cases/${caseId}`)).body.beside.macros).toEqual([]);
  await a!.post(`/reasons/${macro}`, words);
  expect((await a!.get(`/cases/${caseId}`)).body.beside.macros).toEqual([
    { name: `${macro}@4`, title: 'Advertising' },
  ]);
});

it('is put into the page to be finished, and submits nothing', async () => {
  const { caseId } = await world.caseOf(a!, 'post/m1');
  await a!.post(`/cases/${caseId}/claim`);
  const fields = { insert: `${macro}@4`, facts: 'Ten links in ten minutes.', about: 'nothing' };
  const page = await (await a!.form(`/cases/${caseId}/draft`, fields)).text();
  expect(page).toContain('It sells things to people who did not ask.');
  expect(page).toContain('Ten links in ten minutes.');
  expect(page).toContain(`value="${macro}@4"`);
  expect((await a!.get(`/cases/${caseId}`)).body.decided).toBeNull();
});

it('which one a decision began with stands in the decision', async () => {
  const { caseId } = await world.caseOf(a!, 'post/m1');
  const decision = {
    path: 'conduct',
    measures: [{ kind: 'hide-item', target: 'post/m1' }],
    reasons: reasonsOf(),
    macro: { macro, version: 4 },
  };
  const assessment = conductFinding(['post/m1']);
  const invented = { ...decision, macro: { macro: idOf('nobody'), version: 1 } };
  expect((await a!.post(`/cases/${caseId}/decision`, { assessment, decision: invented })).body).toMatchObject(
    {
      code: 'malformed',
      pointer: 'decision.macro',
    },
  );
  const { body } = await a!.post(`/cases/${caseId}/decision`, { assessment, decision });
  expect(body.decided.decision.macro).toEqual({ macro, version: 4 });
});

describe('refused are', () => {
  it.each([
    ['no name', { ...words, title: ' ' }],
    ['no reason', { ...words, explanation: '' }],
    ['a third limb', { ...words, limb: 'taste' }],
    ['an offence that is code', { ...words, offence: '<script>' }],
    ['a category that the database does not have', { ...words, category: 'RUDE' }],
    ['more than fits', { ...words, explanation: 'x'.repeat(801) }],
    ['a field more', { ...words, submit: true }],
  ])('%s', async (_sin, body) => {
    expect((await a!.post('/reasons', body)).body.code).toBe('malformed');
  });

  it('observers and triage, who do not decide', async () => {
    expect((await observer!.post('/reasons', words)).status).toBe(403);
    expect((await triage!.post('/reasons', words)).status).toBe(403);
  });

  it('one that nobody made', async () => {
    expect((await a!.post(`/reasons/${idOf('nobody')}`, words)).status).toBe(404);
    expect((await a!.get(`/reasons/${idOf('nobody')}`)).status).toBe(404);
  });
});
