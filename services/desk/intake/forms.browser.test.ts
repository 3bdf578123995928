/** The public forms in a real browser: by keyboard alone, on a small phone, in the dark, without scripts, aloud. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
} from '../../../test/browser/browser.ts';
import { type DeskWorld, deskWorld } from '../testing/desk-world.ts';
import { png } from '../testing/hostile-pictures.ts';

const phone = { width: 320, height: 640 };
const desktop = { width: 1280, height: 900 };
let browser: Browser;
let world: DeskWorld;

beforeAll(async () => {
  world = await deskWorld('desk-public');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

const visit = async (path: string, options: object = {}) => {
  const visitor = await newVisitor(browser, { viewport: phone, javaScriptEnabled: false, ...options });
  await visitor.page.goto(world.origin + path);
  return visitor;
};

/** Goes on by Tab until what has the focus is called `name`, as a screen reader would call it. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let n = 0; n < 80; n++) {
    await page.keyboard.press('Tab');
    if (
      await page
        .locator(':focus')
        .and(page.getByLabel(name).or(page.getByRole('button', { name })))
        .count()
    )
      return;
  }
  throw new Error(`no way to ${name} by keyboard`);
}

describe('the report form', () => {
  it.each([
    ['phone', phone, 'light'],
    ['phone-dark', phone, 'dark'],
    ['desktop', desktop, 'light'],
    ['desktop-dark', desktop, 'dark'],
  ] as const)('is whole on a %s, without scripts', async (name, viewport, colorScheme) => {
    const { page, complaints, leave } = await visit('/report', { viewport, colorScheme });
    await expectNoSidewaysScroll(page);
    await picture(page, `report-${name}`);
    await page.getByLabel('An intimate picture or video').check();
    await page.getByLabel('Hate against people').check();
    await page.getByLabel('How we can reach you').waitFor();
    await page.getByLabel('Religion or belief').waitFor();
    await expectNoSidewaysScroll(page);
    await picture(page, `report-all-${name}`);
    await page.getByLabel('In your own words').fill('Kept words');
    await page.getByLabel('Its address').fill(' ');
    await page.getByRole('button', { name: 'Send the report' }).click();
    expect(complaints).toEqual([]);
    await leave();
  });

  it('has no finding of axe, empty, refused and received', async () => {
    const { page, leave } = await visit('/report', { javaScriptEnabled: true });
    await expectAccessible(page);
    await page.locator('form').evaluate((form) => form.setAttribute('novalidate', ''));
    await page.getByRole('button', { name: 'Send the report' }).click();
    await page.getByText('Not sent yet').waitFor();
    await expectAccessible(page);
    await picture(page, 'report-faults');
    await page.getByRole('link', { name: 'Choose what is wrong.' }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('reasons');
    for (const path of ['/complain', '/receipts', '/receipts/x']) {
      await page.goto(world.origin + path);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await picture(page, `public${path.replaceAll('/', '-')}`);
    }
    await leave();
  });

  it('by keyboard alone, on a phone, to a receipt; then more, then no more telling', async () => {
    const { page, complaints, leave } = await visit('/report?at=post/kb1%0Ahttps://elsewhere.example/x', {
      javaScriptEnabled: true,
    });
    await tabTo(page, 'Its address');
    expect(await page.getByLabel('Its address').inputValue()).toBe('post/kb1\nhttps://elsewhere.example/x');
    await tabTo(page, 'Somebody is bullied or abused');
    await page.keyboard.press('Space');
    await tabTo(page, 'I use this place');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(await page.getByLabel('It is about me', { exact: true }).isChecked()).toBe(true);
    await tabTo(page, 'In your own words');
    await page.keyboard.type('It does not stop.');
    await tabTo(page, /Screenshots or photographs/);
    const file = { name: '../a.html', mimeType: 'text/html', buffer: await png() };
    await page.locator('input[type=file]').setInputFiles(file);
    await tabTo(page, /I report in good faith/);
    await page.keyboard.press('Space');
    await tabTo(page, 'Send the report');
    await page.keyboard.press('Enter');
    await page.getByText('Your report has arrived').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await picture(page, 'receipt-new');
    await tabTo(page, 'In your own words');
    await page.keyboard.type('And again.');
    await tabTo(page, 'Add it');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.href.includes('additions'));
    await tabTo(page, 'I no longer wish to be told');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Tell me after all' }).waitFor();
    expect(complaints).toEqual([]);
    await leave();
  });

  it('read aloud: help first, then each step by its question, and no field without a name', async () => {
    const { page, leave } = await visit('/report');
    const aloud = await page.locator('main').ariaSnapshot();
    const order = [
      'heading "Report something" [level=1]',
      'heading "If you are in danger, or not well yourself"',
      'Samaritans',
      'group "Where is it?"',
      'textbox "Its address"',
      'group "What is wrong?',
      'checkbox "Somebody is threatened"',
      'group "Who are you to this?"',
      'radio "I use this place"',
      'group "What happened?"',
      'group "Pictures, if you have any"',
      'group "Before you send it"',
      'button "Send the report"',
    ];
    const at = order.map((words) => aloud.indexOf(words));
    expect(at.every((one) => one >= 0)).toBe(true);
    expect(at).toEqual([...at].sort((one, other) => one - other));
    expect(aloud).not.toMatch(/- (textbox|checkbox|radio|button)(?! ")/);
    // What only some reports need is not read to the others.
    expect(aloud).not.toContain('Hate against whom?');
    await leave();
  });
});

it('a case shows what came with a report: grey and blurred, addresses that cannot be followed', async () => {
  const { page, complaints, leave } = await visit('/report', { javaScriptEnabled: true, viewport: desktop });
  await page.goto(world.desk.staffLink({ name: 'Moderator A', roles: ['moderator'] }));
  await page.locator('a[href^="/cases/"]').first().click();
  await page.getByText('Show it grey').waitFor();
  await page.getByText('https://elsewhere.example/x').waitFor();
  expect(await page.locator('a[href*="elsewhere.example"]').count()).toBe(0);
  await expectAccessible(page);
  await picture(page, 'case-shown');
  await page.getByText('Show it grey').click();
  const shown = page.locator('.veil img.grey');
  await expect.poll(() => shown.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(64);
  await picture(page, 'case-shown-open');
  await page.getByText('Describe it').click();
  await page.getByLabel('What can be seen').fill('A red square');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByText('A red square', { exact: false }).first().waitFor();
  expect(complaints).toEqual([]);
  await leave();
});
