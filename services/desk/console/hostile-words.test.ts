/**
 * Hostile words in everything that a page of the console shows: scripts, directions, things of no width, piled marks,
 * words without end. What is kept is what was written; what is shown harms nobody and hides nothing.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectNoSidewaysScroll, newVisitor, openBrowser, picture } from '../../../test/browser/browser.ts';
import { type DeskWorld, deskWorld, type Moderator, snapshot } from '../testing/desk-world.ts';
import { conductFinding, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

const sins = [
  '<script>window.harm = 1</script><img src=x onerror="window.harm = 2">',
  '\u202Etxet siht sdaer ydobon\u202C',
  '\u2066\u2067isolated\u2069\u2069 \u200Bno\uFEFFwidth\u2060',
  `piled${'\u0321'.repeat(400)}`,
  'w'.repeat(300),
];
const hostile = sins.join(' ');
const short = `${sins[0]?.slice(0, 40)}\u202Ex`;
let browser: Browser;
let world: DeskWorld;
let a: Moderator;
let caseId = '';

beforeAll(async () => {
  world = await deskWorld('desk-hostile');
  browser = await openBrowser();
  a = await world.signIn('Moderator A');
  const page = snapshot('page/h', subOf('h'), hostile);
  world.neighbours.items.set('page/h', page);
  const also = { reasons: ['other' as const], statement: hostile };
  await world.report([snapshot('post/h', subOf('h'), hostile), page], also, connectorToken);
  ({ caseId } = await world.caseOf(a, 'post/h'));
  await a.post(`/cases/${caseId}/claim`);
  await a.post(`/cases/${caseId}/notes`, { note: hostile });
  await a.post(`/cases/${caseId}/kind`, { to: 'content', why: hostile });
  const words = { title: short, limb: 'terms', offence: '', clause: '1', facts: '', category: '' };
  await a.post('/reasons', { ...words, ground: short, explanation: hostile.slice(0, 790) });
  await a.post('/shift/notes', { words: hostile });
  await world.report([snapshot('post/d', subOf('d'), hostile)], also, connectorToken);
  const other = await world.caseOf(a, 'post/d');
  await a.post(`/cases/${other.caseId}/claim`);
  const decision = {
    path: 'conduct',
    measures: [{ kind: 'hide-item', target: 'post/d' }],
    reasons: { ground: short, clause: short, explanation: hostile.slice(0, 790), facts: hostile },
  };
  const assessment = conductFinding(['post/d'], { clause: short, alternatives: hostile });
  expect((await a.post(`/cases/${other.caseId}/decision`, { assessment, decision })).status).toBe(200);
  const appeal = { caseId: other.caseId, sub: subOf('d'), track: 'normal', grounds: hostile };
  expect((await world.holder('appeals', appeal)).status).toBe(200);
  decided = other.caseId;
});
let decided = '';
afterAll(async () => {
  await browser.close();
  await world.close();
});

it.each([
  ['the queues', () => '/'],
  ['a case', () => `/cases/${caseId}`],
  ['a decided case with an appeal', () => `/cases/${decided}`],
  ['reasons kept ready', () => '/reasons'],
  ['the shift', () => '/shift'],
])(
  '%s: nothing runs, nothing turns round, nothing hides, nothing is wider than a phone',
  async (name, path) => {
    const { page, complaints, leave } = await newVisitor(browser, { viewport: { width: 320, height: 640 } });
    await page.goto(world.desk.staffLink({ name: 'Moderator A', roles: ['moderator'] }));
    await page.goto(world.origin + path());
    expect(await page.evaluate('window.harm')).toBeUndefined();
    const shown = await page.evaluate<string>('document.body.textContent');
    expect(shown).toMatch(/window\.harm|no such/);
    expect(/[\u202A-\u202E\u2060-\u2069\u200B\uFEFF]/u.test(shown)).toBe(false);
    expect(/\p{M}{5}/u.test(shown)).toBe(false);
    await expectNoSidewaysScroll(page);
    await picture(page, `hostile-${name.replace(/\W+/g, '-')}`);
    expect(complaints).toEqual([]);
    await leave();
  },
);

it('what is kept is what was written', async () => {
  const view = (await a.get(`/cases/${caseId}`)).body;
  expect(view.items.find((one: { locator: string }) => one.locator === 'post/h').text).toBe(hostile);
  expect(view.history.some((one: { words: string }) => one.words === `Note: ${hostile}`)).toBe(true);
});

it.each([
  ['a note', () => `/cases/${caseId}/notes`, 'note'],
  ['reasons', () => '/reasons', 'title'],
  ['a reason to pass on', () => `/cases/${caseId}/escalation`, 'why'],
])('a megabyte is refused in %s', async (_where, path, field) => {
  expect([400, 413]).toContain((await a.post(path(), { [field]: 'x'.repeat(1_000_000) })).status);
});
