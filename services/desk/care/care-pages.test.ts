/** The pages of care and after a death in a real browser: phone and desktop, light and dark, keyboard, no scripts. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
} from '../../../test/browser/browser.ts';
import type { StaffRole } from '../casework/event.ts';
import { type DeskWorld, deskWorld, type Moderator, snapshot } from '../testing/desk-world.ts';
import { subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

const phone = { viewport: { width: 320, height: 700 }, colorScheme: 'dark' } as const;
const desktop = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' } as const;
let browser: Browser;
let world: DeskWorld;
let admin: Moderator;
let caseId = '';

beforeAll(async () => {
  world = await deskWorld('desk-care-pages');
  browser = await openBrowser();
  admin = await world.signIn('Admin', ['admin', 'moderator']);
  await admin.post('/on-call', {
    name: 'Dr Ada Quiet',
    part: 'Guardian',
    phone: '+44 20 7946 0000',
    hours: 'day and night',
  });
  const sub = subOf('d');
  world.neighbours.items.set(`account/${sub}`, {
    ...snapshot('post/a', sub, 'robin_in_winter\n\nTrains.'),
    kind: 'account',
    locator: `account/${sub}`,
  });
  await world.report(
    [snapshot('post/d1', sub, 'I have had enough. Goodbye.')],
    { reasons: ['worried-about-them'] },
    connectorToken,
  );
  ({ caseId } = await world.caseOf(admin, 'post/d1'));
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

async function enter(roles: StaffRole[], options: object) {
  const visitor = await newVisitor(browser, options);
  await visitor.page.goto(world.desk.staffLink({ name: 'Mo', roles }));
  return visitor;
}

it('one button on a case, by keyboard and without scripts: the numbers first, then everybody knows', async () => {
  const { page, leave } = await enter(['moderator'], { ...phone, javaScriptEnabled: false });
  await page.goto(`${world.origin}/cases/${caseId}`);
  const button = page.getByRole('link', { name: 'Somebody may die', exact: true }).last();
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Somebody may die', level: 1 }).waitFor();
  expect(await page.getByRole('link', { name: '999' }).getAttribute('href')).toBe('tel:999');
  await page.getByLabel('The person who wrote it').check();
  await page.getByRole('button', { name: 'Raise the alarm' }).click();
  await page.getByText('So far').waitFor();
  await page.getByLabel('Whom, and their reference').fill('Call 12');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('Called the emergency services. Call 12').waitFor();
  await page.goto(`${world.origin}/`);
  await page.getByRole('alert').getByText('Somebody may die.').waitFor();
  await leave();
});

it.each([
  ['phone', phone],
  ['desktop', desktop],
] as const)('every page is whole and readable on a %s', async (name, options) => {
  const { page, complaints, leave } = await enter(['admin', 'moderator'], options);
  await admin.post('/vigils', {
    kind: 'event',
    threads: ['post/t1'],
    shielded: ['Marta'],
    slow: true,
    help: true,
    days: 3,
  });
  await admin.post('/vigils/terms', { words: 'zebra crossing' });
  for (const [path, words] of [
    ['/', 'Somebody may die.'],
    ['/alarm', '1. Call for help now'],
    [`/alarms/${caseId}`, 'robin_in_winter'],
    ['/on-call', 'Dr Ada Quiet'],
    ['/signposts', 'numbers are due'],
    ['/vigils', 'zebra crossing'],
    ['/help', '116 123'],
    ['/after-a-death', 'We are sorry'],
  ] as const) {
    await page.goto(world.origin + path);
    expect(await page.content()).toContain(words);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await picture(page, `care${path.replaceAll('/', '-').replace(caseId, 'case')}-${name}`);
  }
  expect(complaints).toEqual([]);
  await leave();
});

it('looking in again, and what the family asked, on the page of the case', async () => {
  const { page, leave } = await enter(['moderator'], desktop);
  await admin.post(`/alarms/${caseId}/end`, { outcome: 'safe', note: 'Found.' });
  await admin.post(`/cases/${caseId}/claim`);
  await admin.post(`/cases/${caseId}/decision`, {
    decision: { path: 'care', offerContact: true, welfareFlag: true },
  });
  await world.holder('wishes', { caseId, sub: subOf('d'), wish: 'get-in-touch' });
  await page.goto(`${world.origin}/cases/${caseId}`);
  await page.getByRole('heading', { name: 'They asked us to get in touch.' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'care-welfare-desktop');
  await page.getByLabel('They answered').check();
  await page.getByLabel('A few words for colleagues').fill('They asked.');
  await page.getByLabel('Words to them, if you want to write').fill('How are you today?');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByText('They answered; wrote to them').waitFor();

  await page.goto(`${world.origin}/after-a-death`);
  await page.getByLabel('Family', { exact: true }).check();
  await page.getByLabel('Keep the account as a memorial').check();
  await page.getByLabel('Which account?').fill('robin_in_winter');
  await page.getByLabel('Your name').fill('Jo');
  await page.getByLabel('How can a person reach you?').fill('01 234');
  await page.getByRole('button', { name: 'Send' }).click();
  const reference = await page.locator('main strong').first().textContent();
  await page.goto(`${world.origin}/cases/${reference}`);
  await page.getByText('Nobody has checked who this is').waitFor();
  await expectAccessible(page);
  await picture(page, 'care-request-desktop');
  await leave();
});
