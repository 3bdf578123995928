/** The list of what is done by hand, in a browser: by keyboard, on a phone, with axe. */
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

let world: DeskWorld;
let browser: Browser;
beforeAll(async () => {
  world = await deskWorld('desk-todo', { platform: { kind: 'by-hand', name: 'board' }, gateway: null });
  browser = await openBrowser();
  const a = await world.signIn('Moderator A');
  for (const at of ['post/b1', 'page/b2']) {
    await world.report([{ ...snapshot(at, null), platform: 'board' }]);
    const { caseId } = await world.caseOf(a, at);
    await a.post(`/cases/${caseId}/holds`, { target: at });
  }
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

it.each([
  ['desktop', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['phone', { viewport: { width: 320, height: 720 }, colorScheme: 'dark' }],
] as const)('is read and ticked off on a %s', async (name, options) => {
  const { page, complaints, leave } = await newVisitor(browser, options);
  await page.goto(world.desk.staffLink({ name: 'Moderator A', roles: ['moderator'] }));
  await page.goto(new URL('/todo', page.url()).href);
  await page.getByRole('heading', { name: 'To do by hand', level: 1 }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, `desk-todo-${name}`);
  const button = page.getByRole('button', { name: 'I have done it' }).first();
  await button.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/todo');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByRole('button', { name: 'I have done it' }).count()).toBe(name === 'desktop' ? 1 : 0);
  expect(complaints).toEqual([]);
  await leave();
});

it('the platform is shown with who does what there', async () => {
  for (const [name, options] of [
    ['light', { viewport: { width: 1280, height: 900 } }],
    ['dark', { viewport: { width: 320, height: 720 }, colorScheme: 'dark' }],
  ] as const) {
    const { page, complaints, leave } = await newVisitor(browser, options);
    await page.goto(world.desk.staffLink({ name: 'Moderator A', roles: ['moderator'] }));
    await page.goto(new URL('/platform', page.url()).href);
    await page.getByRole('heading', { name: 'The platform', level: 1 }).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await picture(page, `desk-platform-${name}`);
    expect(complaints).toEqual([]);
    await leave();
  }
});

it('and on its case, with the form for who goes to look', async () => {
  const a = await world.signIn('Moderator A');
  const { caseId } = await world.caseOf(a, 'post/b1');
  await a.post(`/cases/${caseId}/claim`);
  const { page, complaints, leave } = await newVisitor(browser, { viewport: { width: 390, height: 800 } });
  await page.goto(world.desk.staffLink({ name: 'Moderator A', roles: ['moderator'] }));
  await page.goto(new URL(`/cases/${caseId}`, page.url()).href);
  await page.getByRole('heading', { name: 'Go and look' }).waitFor();
  await page.locator('section[aria-labelledby=looks] summary').click();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, 'desk-look');
  await page.getByLabel('Name of the account').fill('rudy');
  await page.getByLabel('What it says, word for word').fill('Nobody wants you here.');
  await page.getByRole('button', { name: 'I have looked' }).press('Enter');
  await page.getByText('Looked at post/b1 on the platform.').waitFor();
  expect(await page.getByRole('heading', { name: 'Go and look' }).count()).toBe(0);
  expect(complaints).toEqual([]);
  await leave();
});
