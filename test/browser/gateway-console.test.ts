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
      policy: {
        relayAddress: true,
        rooms: [
          {
            id: 'square',
            title: 'The square',
            acts: { read: 'open', post: 'answerable', reply: 'answerable' },
          },
          {
            id: 'notices',
            title: 'Notices',
            acts: { read: 'open', post: 'answerable', upload: 'answerable' },
          },
        ],
      },
      platform: { connector: { kind: 'by-hand', name: 'forum', origin: 'http://localhost:9' } },
    }),
  ]);
  ({ origin } = scene.config);
});
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
  const admins = [
    'people',
    'sanctions',
    'platforms/forum/sanction',
    'emergency',
    'platforms/forum/emergency',
  ];
  const places = ['', 'platforms/forum', 'undone', 'keys', 'record', ...admins, 'you', 'exit/forum'];
  const nameOf = (place: string) => place.replaceAll('/', '-') || 'start';
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
  for (const place of places.filter((one) => !admins.includes(one))) {
    await viewer.goto(`${origin}/${place}`);
    await look(viewer, `${nameOf(place)}-phone`);
  }
  await viewer.goto(`${origin}/undone`);
  expect(await viewer.getByRole('button', { name: 'Show which account' }).count()).toBe(0);
  await viewer.goto(`${origin}/people`);
  await headed(viewer, 'That did not work');
});

it('an admin puts a sanction, ends it, and arms an emergency sign-in, by keyboard on a phone and without scripts', async () => {
  expect((await scene.admit(scene.network.enrol(), { handle: 'heron' })).status).toBe(200);
  const { page: withScripts } = await somebody({ ...phone, colorScheme: 'light' });
  const answer = await fetch(`${origin}/operator/sign-in-links`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${adminToken}` },
    body: JSON.stringify({ name: 'Sasha' }),
  });
  await comeIn(withScripts, origin + ((await answer.json()) as { path: string }).path);
  const { page, complaints } = await newVisitor(browser, { ...phone, javaScriptEnabled: false });
  await page.context().addCookies(await withScripts.context().cookies());
  const seen = async (name: string) => {
    // axe is a script: the same page is looked at where scripts are on.
    await expectNoSidewaysScroll(page);
    await picture(page, `gateway-${name}`);
  };
  const enter = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };

  await page.goto(`${origin}/sanctions`);
  await page.getByRole('link', { name: /^Put one at/ }).focus();
  await page.keyboard.press('Enter');
  await headed(page, 'A sanction at');
  await page.getByLabel('Account', { exact: true }).fill('nobody');
  await page.getByLabel('Number of the case').fill('C'.repeat(22));
  await page.getByRole('radio', { name: /^this account/ }).check();
  await page.getByRole('radio', { name: /^Suspend/ }).check();
  await page.getByLabel('Until').fill('2030-01-01');
  await page.getByLabel('Reason').fill('You wrote to somebody again who had asked you not to.');
  await enter('See what will happen');
  await page.getByText('There is no such account here.').waitFor();
  await seen('sanction-refused-phone');
  await page.getByLabel('Account', { exact: true }).fill('heron');
  await enter('See what will happen');
  await headed(page, 'This will happen');
  await seen('sanction-look-phone');
  await enter('Change something');
  await headed(page, 'A sanction at');
  await enter('See what will happen');
  await enter('Suspend');
  await headed(page, 'Suspend: it holds');
  expect(await page.content()).not.toContain('heron');
  await seen('sanction-phone');
  for (const colorScheme of ['light', 'dark'] as const) {
    await withScripts.emulateMedia({ colorScheme });
    await withScripts.goto(page.url());
    await look(withScripts, `sanction-with-scripts-${colorScheme}`);
  }
  await page.getByLabel('Reason').fill('It was a mistake of ours.');
  await enter('See what will happen');
  await headed(page, 'This will happen');
  await seen('sanction-end-phone');
  await enter('End it now');
  await headed(page, 'Suspend: it was taken back');

  await page.goto(`${origin}/emergency`);
  await seen('emergency-phone');
  await page.getByRole('link', { name: /^Make or end one/ }).click();
  await page
    .getByRole('radio', { name: /5 minutes/ })
    .first()
    .check();
  await page.getByLabel('Reason').fill('An administrator was barred by mistake.');
  await enter('See what will happen');
  await headed(page, 'This will happen');
  await seen('emergency-look-phone');
  await enter('Make the code');
  await headed(page, 'A code for');
  expect(await page.getByLabel('Code').inputValue()).toMatch(/^[\w-]{22}$/);
  await seen('emergency-code-phone');
  await page.goto(`${origin}/record`);
  await page.getByText('emergency armed').first().waitFor();
  expect(complaints.filter((line) => !/400/.test(line))).toEqual([]);
});
