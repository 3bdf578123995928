/**
 * The registrar's console in a real browser: an admin comes by a link, a referee vouches on a phone in the dark, a
 * reviewer looks. With passkeys, axe and no sideways scroll on every page.
 */
import { startTrialNetwork, type TrialNetwork } from '@answerable/practice-people/testing/trial-network';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, newVisitor, openBrowser, picture } from './browser.ts';

const desktop = { viewport: { width: 1100, height: 800 }, colorScheme: 'light' as const };
const phone = { viewport: { width: 320, height: 640 }, colorScheme: 'dark' as const };
let browser: Browser;
let network: TrialNetwork;
let origin = '';

beforeAll(async () => {
  [browser, network] = await Promise.all([openBrowser(), startTrialNetwork()]);
  origin = network.origin('registrar');
});
afterAll(async () => {
  await browser?.close();
  await network?.close();
});

/** Somebody with a device that makes passkeys. */
async function somebody(options: BrowserContextOptions): Promise<Page> {
  const { page } = await newVisitor(browser, options);
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
  return page;
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const headed = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, `registrar-${name}`);
}

async function comeIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await press(page, 'Come in');
  await press(page, 'Make a passkey');
  await page.getByRole('link', { name: 'Sign in with your passkey' }).click();
  await press(page, 'Sign in with a passkey');
  await headed(page, 'Hello');
}
async function invited(admin: Page, name: string, role: string, organisation?: string): Promise<string> {
  await admin.goto(`${origin}/people`);
  await admin.getByLabel('Working name').fill(name);
  await admin.getByRole('checkbox', { name: `${role}:` }).check();
  if (organisation) await admin.getByLabel('Organisation of a referee').selectOption({ label: organisation });
  await press(admin, 'Make the invitation');
  return admin.getByLabel('Link').inputValue();
}

it('an admin, a referee and a reviewer do their work', async () => {
  const answer = await fetch(`${origin}/operator/sign-in-links`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${network.operatorToken}` },
    body: JSON.stringify({ name: 'Robin' }),
  });
  const { path } = (await answer.json()) as { path: string };
  const admin = await somebody(desktop);
  await admin.goto(`${origin}/people`);
  await headed(admin, 'Sign in');
  await look(admin, 'sign-in');
  await comeIn(admin, origin + path);
  await admin.goto(`${origin}/organisations`);
  await admin.getByLabel('Name').fill('The Harbour Refuge');
  await admin.getByLabel('Refuge').check();
  await press(admin, 'Add');
  await look(admin, 'organisations');
  const links = {
    ada: await invited(admin, 'Ada', 'Referee', 'The Harbour Refuge'),
    rae: await invited(admin, 'Rae', 'Reviewer'),
  };
  await look(admin, 'link');
  for (const place of ['people', 'suspensions', 'record']) {
    await admin.goto(`${origin}/${place}`);
    await look(admin, place);
  }

  const ada = await somebody(phone);
  await comeIn(ada, links.ada);
  const wallets = [network.wallet(), network.wallet()];
  for (const [at, wallet] of wallets.entries()) {
    const { session, code } = await wallet.beVouched('join');
    await ada.goto(`${origin}/vouch`);
    await headed(ada, 'Vouch for somebody');
    if (at === 0) await look(ada, 'vouch');
    // One letter is wrong: all else that was typed is still there.
    await ada.getByLabel('Code', { exact: true }).fill(at === 0 ? 'CDFG-3467' : code.toLowerCase());
    await ada.getByLabel('First and middle names').fill('Grace Ifeoma');
    await ada.getByLabel('Family name', { exact: true }).fill('O’Hara-Okonkwo');
    await ada.getByLabel('Date of birth').fill('1991-02-03');
    await ada.getByLabel('We support or house them').check();
    await ada.getByLabel('I declare').check();
    await press(ada, 'Go on');
    if (at === 0) {
      await ada.getByText('What you typed is still here').waitFor();
      await look(ada, 'vouch-wrong');
      expect(await ada.getByLabel('Family name', { exact: true }).inputValue()).toBe('O’Hara-Okonkwo');
      expect(await ada.getByLabel('We support or house them').isChecked()).toBe(true);
      expect(await ada.getByLabel('I declare').isChecked()).toBe(false);
      await ada.getByLabel('Code', { exact: true }).fill(code.toLowerCase());
      await ada.getByLabel('I declare').check();
      await press(ada, 'Go on');
    }
    await headed(ada, 'Read this once more');
    if (at === 0) {
      await press(ada, 'Something is wrong: change it');
      expect(await ada.getByLabel('First and middle names').inputValue()).toBe('Grace Ifeoma');
      await ada.getByLabel('I declare').check();
      await press(ada, 'Go on');
      await headed(ada, 'Read this once more');
    }
    if (at === 0) await look(ada, 'vouch-check');
    await press(ada, 'Sign with your passkey');
    await headed(ada, 'Done');
    if (at === 0) await look(ada, 'vouch-done');
    const ended = await wallet.finishEnrolment({ session }).catch((error: { code: string }) => error.code);
    if (at === 0) expect(ended).toMatchObject({ end: 'joined' });
    else expect(ended).toBe('person_unsure');
  }

  expect(await wallets[1]!.askReview()).toMatchObject({ state: 'waiting' });
  const rae = await somebody(phone);
  await comeIn(rae, links.rae);
  await rae.goto(`${origin}/reviews`);
  await look(rae, 'reviews');
  await rae.getByRole('link', { name: 'Asked for on' }).click();
  await headed(rae, 'Somebody new');
  await look(rae, 'review');
  await rae.getByLabel('It takes more').check();
  await rae.getByLabel('A document, or a sign-in').check();
  await press(rae, 'Say so');
  await rae.getByText('Nothing waits for you.').waitFor();
});
