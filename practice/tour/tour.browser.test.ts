/** The tour in a real browser over an invented network: with a mouse, by keyboard, narrow, dark, by ear. */
import { join } from 'node:path';
import { silentJournal } from '@answerable/kit/journal';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
} from '../../test/browser/browser.ts';
import { chapterTexts } from './chapter-texts.ts';
import { startTour, type Tour } from './start.ts';
import { commitment, type InventedNetwork, inventedNetwork } from './testing/invented-network.ts';
import { inventedSteps } from './testing/invented-steps.ts';

let browser: Browser;
let invented: InventedNetwork;
let tour: Tour;

beforeAll(async () => {
  invented = await inventedNetwork();
  invented.log(commitment(9));
  tour = await startTour(
    { mode: 'practice', port: 0, dataDir: join(invented.network.dataDir, 'tour') },
    { network: invented.network, steps: inventedSteps(invented), journal: silentJournal },
  );
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await tour?.close();
  await invented?.close();
});

const done = (page: Page, step: string) => page.locator(`#step-${step}[data-status=done]`).waitFor();

describe('a visitor', () => {
  it('lets a step happen, by keyboard, hears of it, and sees rows appear with a party', async () => {
    const { page, complaints, leave } = await newVisitor(browser);
    await page.goto(tour.origin);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Skip to the content');
    const button = page.locator('#step-second-forum').getByRole('button', { name: 'Let it happen' });
    await button.focus();
    await page.keyboard.press('Enter');
    // What it needs runs first.
    await done(page, 'sign-up');
    await done(page, 'second-forum');
    await page.locator('#say').getByText('The same person at a second forum: as promised').waitFor();
    await page.locator('#step-sign-up').getByText('nothing of who').waitFor();
    await page.locator('#card-registrar.changed').waitFor();
    await page.locator('#holds-registrar').getByText('a5a5a5a5a5a5… (48 bytes)').first().waitFor();
    await page.locator('#changed').getByRole('link', { name: 'Registrar' }).waitFor();
    // The button keeps the focus, and does nothing more.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('It has happened');
    expect(complaints).toEqual([]);
    await leave();
  });

  it('sees the same after a reload, and a table stays open while rows come', async () => {
    const { page, leave } = await newVisitor(browser);
    await page.goto(tour.origin);
    await page.locator('#step-sign-up').getByText('Noor is in as night-owl.').waitFor();
    const table = page.locator('details[data-key="commons/account"]');
    await page.locator('#sum-commons-account').click();
    await page
      .getByRole('region', { name: 'Newest rows of account (commons)' })
      .getByText('night-owl')
      .waitFor();
    await page.goto(`${tour.origin}/`);
    await page.locator('#sum-commons-account').click();
    await page.evaluate(() => document.getElementById('rows-commons-account')?.focus());
    const { run } = await import('./testing/invented-network.ts');
    await run(invented.urls.commons, "insert into account values ('z9', 'late-riser', now())");
    await table.getByRole('cell', { name: 'late-riser' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('rows-commons-account');
    await leave();
  });

  it('is told plainly what was not as promised', async () => {
    const { page, leave } = await newVisitor(browser);
    await page.goto(`${tour.origin}/abuse`);
    await page.locator('#step-after-broken').getByRole('button').click();
    await page.locator('#step-broken').getByText('✗ Not as promised').waitFor();
    await page.locator('#step-broken').getByText('the desk did not answer').waitFor();
    await page.locator('#step-after-broken').getByText('It rests on “A step that breaks”').waitFor();
    await expectAccessible(page);
    await leave();
  });

  it('sees the thief’s two results large', async () => {
    const { page, leave } = await newVisitor(browser);
    await page.goto(`${tour.origin}/steal`);
    await page.getByRole('button', { name: 'Let it happen' }).click();
    await page.getByText('all 12 named.').waitFor();
    await page.getByText('0 named, 0 linked.').waitFor();
    await page.locator('#holds-commons-of-the-ban').getByText('2 names stand here').waitFor();
    await leave();
  });
});

describe('real screens', () => {
  it('open in the frame as the person who works there, or in a window, and close again', async () => {
    const { page, complaints, leave } = await newVisitor(browser);
    await page.goto(`${tour.origin}/abuse`);
    const open = page.getByRole('button', { name: 'Open The desk as moderator A here' });
    await open.click();
    await page.frameLocator('iframe[name=stage]').getByText('Signed in: once').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('The desk as moderator A');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Close it' }).click();
    expect(await page.evaluate(() => document.activeElement?.closest('form')?.dataset.stage)).toContain('A');
    const [other] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'The desk as moderator B in a new window' }).click(),
    ]);
    await other.getByText('Signed in: once').waitFor();
    expect(complaints).toEqual([]);
    await leave();
  });

  it('of Commons open as somebody, and its rule is switched here', async () => {
    const { page, complaints, leave } = await newVisitor(browser);
    await page.goto(tour.origin);
    await page.getByRole('link', { name: 'Claire Fontanel' }).click();
    await page.getByText('You are Claire Fontanel.').waitFor();
    await page.frameLocator('iframe[name=stage]').getByText('A real screen').waitFor();
    await page.getByRole('button', { name: 'The ban' }).click();
    await page.locator('#rule-ban[aria-pressed=true]').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('rule-ban');
    await page.getByRole('button', { name: 'For people in the UK' }).click();
    await page.getByText('On: others are not bound.').waitFor();
    expect(invented.calls.at(-1)?.body).toEqual({ forUk: true });
    expect(complaints).toEqual([]);
    await leave();
  });
});

it('audits the log here: green, then red where a byte was flipped, then green', async () => {
  const { page, complaints, leave } = await newVisitor(browser);
  await page.goto(`${tour.origin}/open`);
  await page.locator('#step-open-one').getByRole('button').click();
  await done(page, 'open-one');
  await page.locator('#holds-log').getByText('disclosure-notice').waitFor();
  const audit = () => page.getByRole('button', { name: 'Audit the log in this browser' }).click();
  await audit();
  await page.getByText('✓ The log holds.').waitFor();
  await page.getByText('guardian-1, guardian-2').last().waitFor();
  await page.getByRole('button', { name: 'Flip a byte of the log' }).click();
  await page.locator('#flip-state [data-flipped=yes]').waitFor();
  await audit();
  await page.getByText('✗ The log was altered.').waitFor();
  await page
    .locator('#audit-result')
    .getByText(/tile\/entries\/000\.p\/\d+, entry \d+, byte/)
    .waitFor();
  await expectAccessible(page);
  await picture(page, 'tour-altered-log');
  await page.getByRole('button', { name: 'Put the byte back' }).click();
  await page.locator('#flip-state [data-flipped=no]').waitFor();
  await audit();
  await page.getByText('✓ The log holds.').waitFor();
  expect(complaints).toEqual([]);
  await leave();
});

it('waits for a head that enough witnesses have seen, and calls the log altered for no want of them', async () => {
  const { page, leave } = await newVisitor(browser);
  await page.goto(`${tour.origin}/open`);
  invented.loseWitnesses();
  const reads = page.waitForResponse(/\/log\/checkpoint$/);
  await page.getByRole('button', { name: 'Audit the log in this browser' }).click();
  await reads;
  await page.waitForResponse(/\/log\/checkpoint$/);
  await page.locator('#audit-result').getByText('Reading the log…').waitFor();
  invented.log();
  await page.getByText('✓ The log holds.').waitFor();
  await leave();
});

describe('every chapter is accessible', () => {
  it.each([
    ['light', 1440],
    ['dark', 320],
  ] as const)('%s, %d px wide', async (colorScheme, width) => {
    const { page, complaints, leave } = await newVisitor(browser, {
      colorScheme,
      viewport: { width, height: 800 },
    });
    for (const { path, id } of chapterTexts) {
      await page.goto(tour.origin + path);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await picture(page, `tour-${id}-${colorScheme}-${width}`);
    }
    expect(complaints).toEqual([]);
    await leave();
  });

  it('and whole without scripts', async () => {
    const { page, leave } = await newVisitor(browser, { javaScriptEnabled: false });
    await page.goto(tour.origin);
    await page.locator('#step-sign-up').getByText('Noor is in as night-owl.').waitFor();
    await page.getByRole('button', { name: 'Answerable' }).click();
    await page.locator('#rule-answerable[aria-pressed=true]').waitFor();
    await page.goto(`${tour.origin}/abuse`);
    await page.locator('#step-broken').getByRole('button', { name: 'Let it happen again' }).click();
    await page.waitForURL(/#step-broken$/);
    await leave();
  });
});
