/** Decided cases with like words, beside the one at hand: found again, with outcome and reasons, and never whose. */
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

let world: DeskWorld;
let [a, narrow]: Moderator[] = [];
const watches = 'Cheap luxury watches, shipped worldwide, visit our marketplace today';

beforeAll(async () => {
  world = await deskWorld('desk-precedents');
  a = await world.signIn('Moderator A');
  narrow = await world.signIn('Moderator N', ['moderator'], ['pile-ons']);
});
afterAll(() => world.close());

async function report(locator: string, letter: string, text: string, also: object = { reasons: ['other'] }) {
  await world.report([snapshot(locator, subOf(letter), text)], also, connectorToken);
  return (await world.caseOf(a!, locator)).caseId;
}
async function decide(locator: string, letter: string, text: string): Promise<string> {
  const caseId = await report(locator, letter, text);
  await a!.post(`/cases/${caseId}/claim`);
  const decision = {
    path: 'conduct',
    measures: [{ kind: 'hide-item', target: locator }],
    reasons: reasonsOf({
      ground: '5 No advertising',
      explanation: 'It sells things to people who did not ask.',
    }),
  };
  const assessment = conductFinding([locator]);
  expect((await a!.post(`/cases/${caseId}/decision`, { assessment, decision })).body.phase).toBe('closed');
  return caseId;
}
const beside = async (who: Moderator, caseId: string) =>
  (await who.get(`/cases/${caseId}`)).body.beside.precedents;

it('a like case is found with its outcome and reasons, and nobody’s account', async () => {
  const decided = await decide('post/w1', 's', watches);
  await decide('post/w2', 't', 'Rain in the north, sun in the south, wind from everywhere');
  const fresh = await report('post/w3', 'u', `${watches}!! Watches & watches; shipped (tonight)`);
  const found = await beside(a!, fresh);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    caseId: decided,
    path: 'conduct',
    limb: 'terms',
    reasons: { ground: '5 No advertising' },
    measures: ['hide-item'],
    appeals: [],
  });
  expect(found[0].sharedPercent).toBeGreaterThanOrEqual(60);
  expect(JSON.stringify(found)).not.toContain(subOf('s'));
  expect(JSON.stringify(found)).not.toContain('post/w1');
});

it('that it did not stand on appeal is said', async () => {
  const fresh = await report('post/w4', 'v', watches);
  const [{ caseId }] = await beside(a!, fresh);
  const appeal = { caseId, sub: subOf('s'), track: 'normal', grounds: 'I collect them.' };
  expect((await world.holder('appeals', appeal)).status).toBe(200);
  const b = await world.signIn('Appeals B', ['appeals']);
  await b.post(`/cases/${caseId}/claim`);
  await b.post(`/cases/${caseId}/hearing`, { outcome: 'overturned', reply: 'You may collect them.' });
  expect((await beside(a!, fresh))[0].appeals).toEqual(['overturned']);
});

it.each([
  ['nothing but quotes and backslashes', `'' \\ ' \\\\ '' & | ! ( ) : * <->`],
  ['words of a query', `watches' | 'x' ); drop table precedent; --`],
  ['one word of ten thousand letters', 'w'.repeat(10_000)],
  ['directions and things of no width', '\u202Ewatches\u202C \u200Bshipped\u200B \uFEFF'],
  ['no words at all', ''],
])('takes %s', async (name, text) => {
  const caseId = await report(`post/x${name.length}`, 'x', text);
  expect(Array.isArray(await beside(a!, caseId))).toBe(true);
});

it('a case of a queue that is not theirs is not shown to them', async () => {
  const text = `${watches} again and again`;
  const items = ['a', 'b'].map((letter, n) => snapshot(`post/pile${n}`, subOf(letter), text));
  await world.report(items, { reasons: ['pile-on'] }, connectorToken);
  const { caseId } = await world.caseOf(a!, 'post/pile0');
  expect((await beside(a!, caseId)).length).toBeGreaterThan(0);
  expect(await beside(narrow!, caseId)).toEqual([]);
});

it('the index can be made again from cases and items, with the same answer', async () => {
  const fresh = await report('post/w9', 'w', watches);
  const before = await beside(a!, fresh);
  await withConnection(world.databaseUrl, async (run) => {
    await run(`delete from precedent`);
  });
  expect(await beside(a!, fresh)).toEqual([]);
  const { precedentMigrations } = await import('./precedent-schema.ts');
  const again = precedentMigrations[0]?.up.split('insert into precedent')[1] ?? '';
  await withConnection(world.databaseUrl, (run) => run(`insert into precedent${again}`));
  expect(await beside(a!, fresh)).toEqual(before);
});
