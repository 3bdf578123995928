/** The pages of notices in a real browser: written and handed over by keyboard, on phone and desktop; the public one. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
} from '../../../test/browser/browser.ts';
import { type DeskWorld, deskWorld, snapshot } from '../testing/desk-world.ts';
import { subOf } from '../testing/example-case.ts';

let browser: Browser;
let world: DeskWorld;
let caseId: string;

beforeAll(async () => {
  world = await deskWorld('outside-pages');
  browser = await openBrowser();
  await world.report([snapshot('post/a', subOf('a'), 'Look at big.example/page/1, it says: do it.')], {
    reasons: ['promotes-suicide'],
  });
  const robin = await world.signIn('Robin');
  caseId = (await world.caseOf(robin, 'post/a')).caseId;
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

describe('a moderator', () => {
  it.each([
    ['desktop', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
    ['phone', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' }],
  ] as const)('writes a notice and hands it over on a %s, by keyboard', async (name, options) => {
    const { page, complaints, leave } = await newVisitor(browser, options);
    await page.goto(world.desk.staffLink({ name: 'Robin', roles: ['moderator'] }));
    const look = async (what: string) => {
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await picture(page, `outside-${what}-${name}`);
    };
    await page.goto(`${world.origin}/cases/${caseId}/outside-notices`);
    await look('form');
    await page.getByLabel('Company', { exact: true }).focus();
    const type = async (words: string) => {
      await page.keyboard.type(words);
      await page.keyboard.press('Tab');
    };
    await type('Big Place');
    await type('');
    await type('');
    await type('https://big.example/page/1');
    await type('Penal Code, section 1');
    await type('It tells people to harm themselves, and how.');
    await page.keyboard.press('Space');
    await type('');
    await type('Commons');
    await type('desk@commons.example');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Notice to Big Place' }).waitFor();
    await look('draft');
    await page.getByText('I handed it over myself').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'I handed it over myself' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('sent, no word yet').waitFor();
    await look('sent');
    await page.goto(`${world.origin}/outside`);
    await look('list');
    expect(complaints).toEqual([]);
    await leave();
  });

  it('and everybody sees how companies answer', async () => {
    const { page, leave } = await newVisitor(browser, { viewport: { width: 320, height: 700 } });
    await page.goto(`${world.origin}/public/outside-notices`);
    await page.getByRole('cell', { name: 'Big Place' }).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await picture(page, 'outside-public');
    await leave();
  });
});
