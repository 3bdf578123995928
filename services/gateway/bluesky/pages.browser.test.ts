/** The pages of the way in, in a real browser: by keyboard, at 320 px, light and dark; axe finds nothing. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { blueskyPassword, type FakeBluesky, fakeBluesky } from '@answerable/connector/testing/fake-bluesky';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  type Visitor,
} from '../../../test/browser/browser.ts';
import { startTown, type Town } from './testing/town.ts';

const shots = process.env.SCREENSHOTS;
let fake: FakeBluesky;
let town: Town;
let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  fake = await fakeBluesky();
  town = await startTown({ origin: fake.origin, adminPassword: blueskyPassword });
  browser = await openBrowser();
  visitor = await newVisitor(browser, { viewport: { width: 320, height: 700 } });
});
afterAll(async () => {
  await visitor.leave();
  await browser.close();
  await town.close();
  await fake.close();
});

async function looks(name: string): Promise<void> {
  const { page } = visitor;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
    for (const width of [320, 1100]) {
      await page.setViewportSize({ width, height: 700 });
      await expectNoSidewaysScroll(page);
      if (!shots) continue;
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.setViewportSize({ width: 320, height: 700 });
}

it('from what is asked to the account, by keyboard', async () => {
  const { page, complaints } = visitor;
  await page.goto(`${town.config.origin}/join/forum`);
  expect(await page.title()).toContain('Join Town');
  const learnt = await page.locator('main').innerText();
  for (const words of ['What the server learns', 'What this gateway learns', 'does not tell the server'])
    expect(learnt).toContain(words);
  await looks('1-asked');
  const address = page.url();
  const request = await page.evaluate<never>(`fetch(location.pathname + '/request').then((r) => r.json())`);
  const answer = town.answerNew({ request } as never, town.network.enrol());
  const coded = Buffer.from(JSON.stringify(answer)).toString('base64url');
  await page.goto(`${address}/return#answer=${coded}`);
  await page.waitForURL(/\/joined$/);
  await looks('2-admitted');
  const button = page.getByRole('button', { name: 'Show my invite code' });
  await button.focus();
  await page.keyboard.press('Enter');
  const code = page.getByLabel('Invite code');
  await code.waitFor();
  await looks('3-code');
  const given = await code.inputValue();
  const copy = page.getByRole('button', { name: 'Copy the code' });
  await copy.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('#copied').textContent()).toMatch(/Copied|Ctrl/);
  const selected = `((e) => e.selectionEnd - e.selectionStart)(document.getElementById('code'))`;
  expect(await page.evaluate<number>(selected)).toBe(given.length);
  fake.signUp(given);
  await page.getByRole('link', { name: 'I have made the account' }).press('Enter');
  await page.getByText('Your account is there').waitFor();
  await looks('4-there');
  expect(complaints).toEqual([]);
});
