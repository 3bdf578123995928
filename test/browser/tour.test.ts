/** The guided tour over the whole real practice network: a stranger's three minutes, both ways. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentJournal } from '@answerable/kit/journal';
import { launch } from '@answerable/practice-constellation/launch';
import type { Network } from '@answerable/practice-constellation/network';
import { steps } from '@answerable/practice-story/steps';
import { chapterTexts } from '@answerable/practice-tour/chapter-texts';
import { startTour, type Tour } from '@answerable/practice-tour/start';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { expectAccessible, newVisitor, openBrowser, picture } from './browser.ts';

const launchTimeoutMs = 300_000;
const walkTimeoutMs = 1_200_000;
const stepTimeoutMs = 300_000;

let browser: Browser;
let network: Network;
let tour: Tour;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'answerable-tour-'));
  network = await launch({
    dataDir: join(home, 'data'),
    ports: 'free',
    separate: false,
    ephemeral: true,
    databaseAdminUrl: inject('postgresAdminUrl'),
    databasePrefix: 'tour_',
  });
  const config = {
    mode: 'practice',
    port: network.tourPort,
    origin: network.tourOrigin,
    dataDir: network.dataDir,
  } as const;
  tour = await startTour(config, { network, steps, journal: silentJournal });
  browser = await openBrowser();
}, launchTimeoutMs);
afterAll(async () => {
  await browser?.close();
  await tour?.close();
  await network?.close();
  rmSync(home, { recursive: true, force: true });
}, launchTimeoutMs);

const stage = (page: Page): FrameLocator => page.frameLocator('iframe[name=stage]');
const enoughTime = { timeout: walkTimeoutMs };

describe.sequential('a stranger', () => {
  it('signs up for real in the frame, and sees it arrive with every party', enoughTime, async () => {
    const { page, complaints, leave } = await newVisitor(browser, { viewport: { width: 1280, height: 900 } });
    const spokenTo = new Set<string>();
    page.context().on('request', (request) => spokenTo.add(new URL(request.url()).origin));
    await page.goto(tour.origin);
    await page.getByRole('link', { name: 'Claire Fontanel' }).click();
    const inside = stage(page);
    const by = (test: string) => inside.locator(`[data-test="${test}"]`);
    await inside.getByRole('link', { name: 'Continue with your wallet' }).click();
    await inside.getByRole('heading', { level: 1, name: 'Commons', exact: false }).waitFor();
    await inside.getByRole('link', { name: 'Continue with your wallet' }).click();
    await by('join').click();
    await by('prove').click();
    await inside.getByRole('button', { name: 'Claire Fontanel' }).click();
    await inside.getByRole('button', { name: 'Continue' }).click();
    await by('next-words').click();
    await by('show-words').click();
    const words = await by('words').locator('li').allInnerTexts();
    await by('written').click();
    await by('word-1').fill(words.join(' '));
    await by('keep-words').click();
    await inside.getByLabel('I am new here').check();
    await by('handle').fill('visiteuse_1');
    await by('ask-continue').click();
    await inside.getByRole('link', { name: 'Signed in as visiteuse_1' }).waitFor();
    await expectAccessible(page);
    await picture(page, 'tour-signed-up');
    await page
      .locator('#holds-registrar [data-key="registrar/record"] .count', { hasText: '1 row' })
      .waitFor();
    await page.locator('#holds-commons').getByText('visiteuse_1').first().waitFor();
    for (const party of ['registrar', 'gateway-commons', 'commons'])
      await page.locator(`#holds-${party}`).getByText('No name stands here').waitFor();
    const parties = [tour.origin, ...Object.values(network.roles).map((role) => role.origin)];
    expect([...spokenTo].filter((one) => !parties.includes(one))).toEqual([]);
    expect(complaints).toEqual([]);
    await leave();
  });

  it('lets the whole story happen, by keyboard, and every step keeps its promise', enoughTime, async () => {
    const { page, complaints, leave } = await newVisitor(browser);
    const endings: string[] = [];
    for (const { id, path } of chapterTexts) {
      await page.goto(tour.origin + path);
      for (const step of steps.filter(({ chapter }) => chapter === id)) {
        await page.locator(`#step-${step.id}`).getByRole('button').focus();
        await page.keyboard.press('Enter');
        const done = page.locator(`#step-${step.id}[data-status=done]`);
        await done.waitFor({ timeout: stepTimeoutMs });
        endings.push(`${step.id} ${await done.locator('.ending').textContent()}`);
      }
      await expectAccessible(page);
      await picture(page, `tour-real-${id}`);
    }
    expect(endings).toEqual(steps.map(({ id }) => `${id} ✓ As promised`));
    expect(complaints).toEqual([]);
    await leave();
  });

  it('finds the thief’s result, and names with the ban only and the authority', async () => {
    const { page, leave } = await newVisitor(browser);
    await page.goto(`${tour.origin}/steal`);
    await page.getByText('0 named, 0 linked.').waitFor();
    await page.getByText(/^all \d+ named\.$/).waitFor();
    const withNames = await page
      .locator('.party', { hasText: /names? stands? here/i })
      .evaluateAll((cards) =>
        cards
          .filter((card) => !card.querySelector('.names')?.textContent?.includes('No name'))
          .map((card) => card.id),
      );
    expect(withNames.filter((id) => id !== 'card-authority')).toEqual([
      'card-commons-of-the-ban',
      'card-lantern-of-the-ban',
    ]);
    await leave();
  });

  it('walks into the desk, a guardian’s console and the authority', async () => {
    const { page, complaints, leave } = await newVisitor(browser);
    const enter = async (path: string, name: string, sees: string | RegExp) => {
      await page.goto(tour.origin + path);
      await page.getByRole('button', { name: `Open ${name} here` }).click();
      await stage(page).getByText(sees).first().waitFor();
    };
    await enter('/abuse', 'The desk as moderator A', 'Signed in as moderator A');
    await enter('/open', 'The console of guardian 1', 'Citizens’ Law Centre');
    await enter('/open', 'The authority', 'The practice court');
    expect(complaints).toEqual([]);
    await leave();
  });

  it('audits the real log, and sees where a byte was flipped', async () => {
    const { page, complaints, leave } = await newVisitor(browser);
    // A log that has just filled a tile takes away the partial ones (tlog-tiles); who asked for one reads the full one.
    const gone: string[] = [];
    page.on('response', (response) => {
      if (response.status() === 404 && /\/log\/tile\/.*\.p\/\d+$/.test(response.url()))
        gone.push(response.url());
    });
    await page.goto(`${tour.origin}/open`);
    const audit = async (result: string) => {
      await page.getByRole('button', { name: 'Audit the log in this browser' }).click();
      await page.locator(`#audit-result[data-result=${result}]`).waitFor();
    };
    await audit('holds');
    await page.getByRole('button', { name: 'Flip a byte of the log' }).click();
    await page.locator('#flip-state [data-flipped=yes]').waitFor();
    await audit('broken');
    await page
      .locator('#audit-result')
      .getByText(/tile\/entries\/.*entry \d+, byte/)
      .waitFor();
    await picture(page, 'tour-real-altered');
    await page.getByRole('button', { name: 'Put the byte back' }).click();
    await page.locator('#flip-state [data-flipped=no]').waitFor();
    await audit('holds');
    expect(complaints).toEqual(gone.map(() => expect.stringContaining('404')));
    await leave();
  });
});
