/**
 * The gateway's console in a real browser: an admin comes by a link with a passkey, looks at how it stands, invites a
 * viewer, makes a token, sees an act that a platform did not take and does it by hand; a viewer on a phone in the
 * dark looks and changes nothing. With axe and no sideways scroll on every page, and by keyboard.
 */

import { type Scene, startScene } from '@answerable/gateway/testing/scene';
import { practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, newVisitor, openBrowser, picture } from './browser.ts';

const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
const desktop = { viewport: { width: 1100, height: 800 }, colorScheme: 'light' as const };
const phone = { viewport: { width: 320, height: 640 }, colorScheme: 'dark' as const };
let browser: Browser;
let scene: Scene;
let origin = '';

beforeAll(async () => {
  [browser, scene] = await Promise.all([
    openBrowser(),
    startScene({
      adminToken,
      clock: practiceClock(),
      relayDomain: 'members.example',
      policy: { relayAddress: true },
      platform: { connector: { kind: 'by-hand', name: 'forum', origin: 'http://localhost:9' } },
    }),
  ]);
  ({ origin } = scene.config);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await scene?.close();
});

/** Somebody with a device that makes passkeys. */
async function somebody(options: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }> {
  const { page, complaints } = await newVisitor(browser, options);
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { page, complaints };
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const headed = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, `gateway-${name}`);
}
async function comeIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await press(page, 'Come in');
  await press(page, 'Make a passkey');
  await page.getByRole('link', { name: 'Sign in with your passkey' }).click();
  await press(page, 'Sign in with a passkey');
  await headed(page, 'Hello');
}

it('an admin and a viewer do their work, and nobody who has an account is on any page', async () => {
  const answered = await scene.admit(scene.network.enrol(), { handle: 'wren' });
  expect(answered.status).toBe(200);
  const [account] = await withConnection(scene.databaseUrl, (run) => run('select sub from account'));
  const sub = String(account?.sub);
  const sanction = { sanction: 'A'.repeat(22), caseId: 'B'.repeat(22), sub, holds: 'account' };
  await scene.desk('sanctions', { ...sanction, step: 'bar', until: '2030-01-01' });

  const answer = await fetch(`${origin}/operator/sign-in-links`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${adminToken}` },
    body: JSON.stringify({ name: 'Robin' }),
  });
  const { path } = (await answer.json()) as { path: string };
  const { page: admin, complaints } = await somebody(desktop);
  await admin.goto(`${origin}/record`);
  await headed(admin, 'Sign in');
  await look(admin, 'sign-in');
  await comeIn(admin, origin + path);
  const places = ['', 'platforms/forum', 'undone', 'keys', 'record', 'people', 'you', 'exit/forum'];
  const nameOf = (place: string) => place.replace('/', '-') || 'start';
  for (const place of places) {
    await admin.goto(`${origin}/${place}`);
    await look(admin, `${nameOf(place)}-desktop`);
    const text = await admin.content();
    for (const word of ['wren', sub]) expect([place, text.includes(word)]).toEqual([place, false]);
  }

  // By keyboard alone: to the list of what was not done, and to the one account.
  await admin.goto(`${origin}/`);
  for (let at = 0; at < 40; at += 1) {
    await admin.keyboard.press('Tab');
    if ((await admin.evaluate('document.activeElement.textContent')) === 'Not done') break;
  }
  await admin.keyboard.press('Enter');
  await headed(admin, 'What a platform did not take');
  await admin.getByRole('button', { name: 'Show which account' }).first().focus();
  await admin.keyboard.press('Enter');
  await headed(admin, 'By hand');
  await admin.getByText('wren').waitFor();
  await look(admin, 'by-hand-desktop');
  await press(admin, 'I have done it there');
  await admin.goto(`${origin}/record`);
  await admin.getByText('account looked at').first().waitFor();
  expect(await admin.content()).not.toContain('wren');

  await admin.goto(`${origin}/you`);
  await admin.getByLabel('What it is for').fill('graphs');
  await press(admin, 'Make a token');
  expect(await admin.getByLabel('Token', { exact: true }).inputValue()).toMatch(/^answerable_/);
  await look(admin, 'token-desktop');

  await admin.goto(`${origin}/people`);
  await admin.getByLabel('Working name').fill('Vi');
  await admin.getByRole('radio', { name: 'Viewer' }).check();
  await press(admin, 'Make the invitation');
  await look(admin, 'link-desktop');
  const link = await admin.getByLabel('Link').inputValue();
  expect(complaints.filter((line) => !/401/.test(line))).toEqual([]);

  const { page: viewer } = await somebody(phone);
  await viewer.goto(link);
  await look(viewer, 'invited-phone');
  await comeIn(viewer, link);
  for (const place of places.filter((one) => one !== 'people')) {
    await viewer.goto(`${origin}/${place}`);
    await look(viewer, `${nameOf(place)}-phone`);
  }
  await viewer.goto(`${origin}/undone`);
  expect(await viewer.getByRole('button', { name: 'Show which account' }).count()).toBe(0);
  await viewer.goto(`${origin}/people`);
  await headed(viewer, 'That did not work');
}, 120_000);
