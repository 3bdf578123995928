/** Several at once: what may be among them, that each is decided for itself, and what is left out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../deciding/case-view.ts';
import { type DeskWorld, deskWorld, type Moderator, snapshot } from '../testing/desk-world.ts';
import { idOf, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';
import { bulkMax } from './bulk-policy.ts';

let world: DeskWorld;
let [a, b, triage]: Moderator[] = [];
const cases = new Map<string, string>();
const idsOf = (...locators: string[]) => locators.map((one) => cases.get(one) ?? '');
const view = async (locator: string): Promise<CaseView> =>
  (await a!.get(`/cases/${cases.get(locator)}`)).body;

async function report(locator: string, also: object = { reasons: ['other'] }, text?: string) {
  await world.report([snapshot(locator, subOf('s'), text)], also, connectorToken);
  cases.set(locator, (await world.caseOf(a!, locator)).caseId);
}
const conduct = {
  about: 'conduct',
  measure: 'hide-and-warn',
  clause: '5',
  ground: '5 No advertising',
  explanation: 'It sells things to people who did not ask.',
  facts: 'A link to a shop under somebody else’s post.',
};

beforeAll(async () => {
  world = await deskWorld('desk-bulk');
  a = await world.signIn('Moderator A');
  b = await world.signIn('Moderator B');
  triage = await world.signIn('Triage T', ['triage']);
  for (const n of [1, 2, 3, 4, 5, 6]) await report(`post/b${n}`);
  await report('post/sad', { reasons: ['worried-about-them'] });
  await report('page/p');
});
afterAll(() => world.close());

it('each is decided for itself, with events of its own', async () => {
  const { body } = await a!.post('/bulk', { cases: idsOf('post/b1', 'post/b2'), ...conduct });
  expect(body).toEqual({ decided: idsOf('post/b1', 'post/b2'), leftOut: [] });
  for (const locator of ['post/b1', 'post/b2']) {
    const { decided, measures, history } = await view(locator);
    expect(decided?.deciders).toEqual(['Moderator A']);
    expect(measures.map(({ measure }) => measure.kind)).toEqual(['hide-item', 'sanction']);
    expect(history.slice(-3).map((one) => one.who)).toEqual(['Moderator A', 'Moderator A', 'Moderator A']);
  }
});

it('what a colleague has in hand is left out, the others are done', async () => {
  await b!.post(`/cases/${cases.get('post/b3')}/claim`);
  const asked = { cases: idsOf('post/b3', 'post/b4'), about: 'nothing', note: 'Fine.' };
  const { body } = await a!.post('/bulk', asked);
  expect(body.decided).toEqual(idsOf('post/b4'));
  expect(body.leftOut).toEqual([{ caseId: cases.get('post/b3'), why: 'a colleague has it in hand' }]);
  expect((await view('post/b3')).assignee).toBe('Moderator B');
});

it('somebody’s distress drops out, also where it became known meanwhile', async () => {
  await world.report([snapshot('post/b5', subOf('s'))], { reasons: ['worried-about-them'] }, connectorToken);
  const caseId = cases.get('post/b5');
  await b!.post(`/cases/${caseId}/claim`);
  const assessment = { about: 'first-person-distress', items: ['post/b5'], note: '' };
  await b!.post(`/cases/${caseId}/assessment`, { assessment });
  await b!.post(`/cases/${caseId}/release`);
  const { body } = await a!.post('/bulk', { cases: idsOf('post/b5'), ...conduct });
  expect(body.decided).toEqual([]);
  expect(body.leftOut[0].why).toMatch(/need help|distress/);
});

it('two who do the same at the same moment decide each case once', async () => {
  const asked = { cases: idsOf('post/b6'), about: 'nothing', note: '' };
  const answers = await Promise.all([a!, b!].map((who) => who.post('/bulk', asked)));
  expect(answers.flatMap((one) => one.body.decided)).toEqual(idsOf('post/b6'));
  expect(answers.flatMap((one) => one.body.leftOut)).toHaveLength(1);
});

describe('never among them', () => {
  it('care, pages and what is not there are named and left out before anything is decided', async () => {
    await report('post/c1');
    const send = new URLSearchParams([
      ['csrf', a!.csrf],
      ...[...idsOf('post/c1', 'post/sad', 'page/p'), idOf('nobody')].map((id) => ['cases', id]),
    ]);
    const headers = { cookie: a!.cookie };
    const answer = await fetch(`${world.origin}/bulk/review`, { method: 'POST', headers, body: send });
    const page = await answer.text();
    expect(page).toContain('3 cases left out');
    expect(page).toContain('somebody may need help: one at a time');
    expect(page).toContain('a page needs its own look');
    expect(page).toContain(`value="${cases.get('post/c1')}"`);
    expect(page).not.toContain(`value="${cases.get('post/sad')}"`);
    expect((await view('post/c1')).decided).toBeNull();
  });

  it.each([
    ['cases of two kinds', () => ({ cases: idsOf('post/c1', 'page/p'), about: 'nothing', note: '' })],
    ['more than fit', () => ({ cases: Array(bulkMax + 1).fill(idOf('x')), about: 'nothing', note: '' })],
    ['none', () => ({ cases: [], about: 'nothing', note: '' })],
    ['a bar', () => ({ cases: idsOf('post/c1'), ...conduct, measure: 'bar' })],
    ['a finding that it is illegal', () => ({ cases: idsOf('post/c1'), ...conduct, limb: 'illegal' })],
    ['distress', () => ({ cases: idsOf('post/c1'), about: 'first-person-distress', note: '' })],
    ['no reasons', () => ({ cases: idsOf('post/c1'), ...conduct, explanation: ' ' })],
  ])('%s', async (_sin, body) => {
    expect((await a!.post('/bulk', body())).body.code).toBe('malformed');
    expect((await view('post/c1')).decided).toBeNull();
  });

  it('by somebody who does not decide', async () => {
    const asked = { cases: idsOf('post/c1'), about: 'nothing', note: '' };
    expect((await triage!.post('/bulk', asked)).status).toBe(403);
  });
});
