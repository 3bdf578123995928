/** The page of the rules in a real browser, on desktop and phone: the example, a fault by its line, rules in use. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
} from '../../../test/browser/browser.ts';
import { type DeskWorld, deskWorld } from '../testing/desk-world.ts';

let browser: Browser;
let world: DeskWorld;
beforeAll(async () => {
  world = await deskWorld('rules-page');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

it.each([
  ['desktop', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['phone', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' }],
] as const)('an admin writes rules on a %s', async (name, options) => {
  const { page, complaints, leave } = await newVisitor(browser, options);
  await page.goto(world.desk.staffLink({ name: 'Ada', roles: ['admin'] }));
  await page.goto(`${world.origin}/rules`);
  const look = async (what: string) => {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await picture(page, `rules-${what}-${name}`);
  };
  await look('example');
  const text = page.getByLabel('The rules', { exact: true });
  await text.fill('rule one says "<script>alert(1)</script>" when astrology mode live');
  await page.getByRole('button', { name: 'Use these rules' }).click();
  await page.getByText('Line 1:').waitFor();
  await look('fault');
  await text.fill('rule one says "<script>alert(1)</script>" when reports >= 2 pull 3 hours mode live');
  await page.getByRole('button', { name: 'Use these rules' }).click();
  await page.getByRole('cell', { name: '<script>alert(1)</script>' }).waitFor();
  await look('used');
  expect(complaints).toEqual([]);
  await leave();
});
