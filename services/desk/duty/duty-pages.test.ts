/** The pages of the duty record in a real browser: phone and desktop, light and dark, by an admin who types. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
} from '../../../test/browser/browser.ts';
import { type DeskWorld, deskWorld, snapshot } from '../testing/desk-world.ts';
import { subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

const phone = { viewport: { width: 320, height: 700 }, colorScheme: 'dark' } as const;
const desktop = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' } as const;
let browser: Browser;
let world: DeskWorld;

beforeAll(async () => {
  world = await deskWorld('desk-duty-pages', { countries: ['GB'] });
  browser = await openBrowser();
  const image = snapshot('post/i1', subOf('i'), 'Look at her.');
  await world.report([image], { reasons: ['intimate-image'] }, connectorToken);
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

it('an admin keeps the record, by typing', async () => {
  const { page, complaints, leave } = await newVisitor(browser, { ...desktop, javaScriptEnabled: false });
  await page.goto(world.desk.staffLink({ name: 'Rosalind', roles: ['admin'] }));
  await page.goto(`${world.origin}/duties/risks`);
  await page.getByLabel('Which').selectOption('suicide-self-harm');
  await page.getByLabel('How likely').selectOption('medium');
  await page.getByLabel('Why you think so').fill('Two reports in a month; a thread that we watch.');
  await page.getByLabel('What you do about it').fill('Help beside the thread; looked at first.');
  await page.getByLabel('When to look again').fill('2027-05-01');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('Two reports in a month').waitFor();
  await page.goto(`${world.origin}/duties/measures`);
  await page.getByLabel('Which').selectOption('icu-c2');
  await page.getByLabel('Since').fill('2026-11-01');
  await page.getByLabel('How you do it').fill('One moderator hides at once; a second confirms.');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('One moderator hides at once').waitFor();
  await page.goto(`${world.origin}/duties/terms`);
  await page.getByLabel('Number').fill('3.1');
  await page.getByLabel('Title').fill('Do not hound people');
  await page.getByRole('textbox', { name: 'Words' }).fill('Stop when somebody asks you to.');
  await page.getByLabel('From', { exact: true }).fill('2026-01-01');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('in force since 2026-01-01').waitFor();
  await page.getByLabel('First day without it').fill('2026-01-02');
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByText('A case in this state cannot do that.').waitFor();
  expect(complaints.filter((one) => !one.includes('409'))).toEqual([]);
  await leave();
});

const [first, last] = ['/duties', '/duties/record.html'];
const all = [first, '/duties/risks', '/duties/measures', '/duties/terms', '/duties/export', '/terms', last];
it.each([
  ['desktop', desktop, [first, last]],
  ['phone', phone, all],
] as const)('reads well on a %s', async (name, options, shown) => {
  const { page, complaints, leave } = await newVisitor(browser, options);
  await page.goto(world.desk.staffLink({ name: 'Rosalind', roles: ['admin'] }));
  for (const path of shown) {
    await page.goto(world.origin + path);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await picture(page, `duty-${path.replaceAll('/', '-').slice(1)}-${name}`);
  }
  expect(complaints).toEqual([]);
  await leave();
});

it('and a case says which law sets its clock', async () => {
  const { page, leave } = await newVisitor(browser, desktop);
  await page.goto(world.desk.staffLink({ name: 'Ada', roles: ['moderator'] }));
  await page.goto(`${world.origin}/next`);
  await page.getByText('Online Safety Act s.10(3A), s.20A').first().waitFor();
  await picture(page, 'duty-case-clock');
  await leave();
});
