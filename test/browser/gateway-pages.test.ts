/**
 * What anybody reads at a gateway in a real browser: the policy of a platform, an account from before and the button
 * that attaches it, emergency sign-ins, what happens if a platform leaves. With axe, without sideways scroll, by
 * keyboard.
 */
import { type Scene, startScene } from '@answerable/gateway/testing/scene';
import { dayPlus } from '@answerable/protocol/platform/succession';
import type { PlatformPolicy } from '@answerable/protocol/platform-policy';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, newVisitor, openBrowser, picture } from './browser.ts';

const apiToken = 'the-token-of-the-forum-with-thirty-two-characters';
const today = new Date().toISOString().slice(0, 10);
const policy: Partial<PlatformPolicy> = {
  serial: 1,
  previous: null,
  effective: today,
  disclose: ['over_16', 'residence', 'name', 'reset_recent'],
  rooms: [
    {
      id: 'square',
      title: 'The square',
      acts: { read: 'open', post: 'answerable', reply: 'answerable', message: 'answerable' },
    },
    { id: 'council', title: 'Council questions', acts: { read: 'open', post: 'named' } },
  ],
  forWhom: {
    where: 'uk',
    table: 'uk-2026-11',
    signs: [
      { sign: 'residence', counts: 'alone' },
      { sign: 'phone-country', counts: 'together' },
      { sign: 'sign-up-language', counts: 'together' },
    ],
    otherwise: 'uk',
  },
  ladder: [
    { step: 'warn', daysMax: null },
    { step: 'restrict', daysMax: 14 },
    { step: 'bar', daysMax: 365 },
  ],
  retention: { closedDays: 180 },
  claim: { until: dayPlus(today, 30), afterwards: 'read-only' },
};
let browser: Browser;
let scene: Scene;
beforeAll(async () => {
  [browser, scene] = await Promise.all([openBrowser(), startScene({ policy, platform: { apiToken } })]);
});
afterAll(async () => {
  await browser?.close();
  await scene?.close();
});

const views = [
  { name: 'desktop', viewport: { width: 1100, height: 800 }, colorScheme: 'light' as const },
  { name: 'phone', viewport: { width: 320, height: 640 }, colorScheme: 'dark' as const },
];
async function toPlatform(path: string, body: unknown): Promise<{ address?: string }> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiToken}` };
  const address = `${scene.config.origin}/platform${path}`;
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(response.status).toBe(200);
  return response.json();
}

it.each(views)('each page can be read and used: $name', async ({ name, viewport, colorScheme }) => {
  const { origin } = scene.config;
  const account = `wren_${name}`;
  await toPlatform('/claims/accounts', { accounts: [{ account, handle: account }] });
  const claim = { account, handle: account, returnTo: 'http://localhost:9/sign-in' };
  const { address } = await toPlatform('/claims', claim);
  const { page, complaints, leave } = await newVisitor(browser, { viewport, colorScheme });
  for (const [place, url] of Object.entries({
    policy: `${origin}/policy/forum`,
    'break-glass': `${origin}/break-glass`,
    exit: `${origin}/exit/forum`,
    claim: address!,
  })) {
    await page.goto(url);
    await picture(page, `gateway-${place}-${name}`);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
  // The button of the claim is reached by keyboard, and leads back to the platform.
  const back = page.waitForRequest(claim.returnTo);
  const button = page.getByRole('button', { name: `It is mine: attach “${account}”` });
  for (let tab = 0; tab < 12 && !(await button.evaluate((one) => one === document.activeElement)); tab++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect((await back).url()).toBe(claim.returnTo);
  expect(complaints).toEqual([]);
  await leave();
});
