/**
 * A forum's admin installs the desk, invites a moderator, and gets the first report: over HTTP with a real
 * browser, by keyboard alone, on a desktop in the light and on a phone in the dark, with passkeys.
 */

import { freePort } from '@answerable/kit/free-port';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
  type Visitor,
} from '../../../test/browser/browser.ts';
import { type AloneWorld, aloneWorld } from '../testing/alone-world.ts';

const tabsMax = 60;
let browser: Browser;
let world: AloneWorld;
let origin: string;

beforeAll(async () => {
  const port = await freePort();
  // Passkeys belong to a host name: localhost has them, an address in numbers has not.
  origin = `http://localhost:${port}`;
  world = await aloneWorld('desk-story', { port, origin });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

/** Somebody with a keyboard, and a device that makes passkeys. */
async function somebody(options: object): Promise<Visitor> {
  const visitor = await newVisitor(browser, options);
  const session = await visitor.page.context().newCDPSession(visitor.page);
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
  return visitor;
}

/** Goes to something as somebody does who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let n = 0; n < tabsMax; n++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the keyboard does not get there');
}
async function press(page: Page, name: string, role: 'button' | 'link' = 'button'): Promise<void> {
  await tabTo(page, page.getByRole(role, { name, exact: true }));
  await page.keyboard.press('Enter');
}
async function write(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}
async function tick(page: Page, label: string): Promise<void> {
  await tabTo(page, page.getByLabel(label));
  await page.keyboard.press('Space');
}
async function look(page: Page, heading: string, name: string): Promise<void> {
  await page.getByRole('heading', { name: heading, level: 1, exact: true }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, `desk-${name}`);
}

it('a forum’s admin installs the desk, invites a moderator, gets the first report', async () => {
  const robin = await somebody({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  const invitation = await install(robin.page);
  const sam = await somebody({ viewport: { width: 320, height: 700 }, colorScheme: 'dark' });
  await join(sam.page, invitation);
  expect((await report()).status).toBe(201);
  await sam.page.goto(`${origin}/`);
  await tabTo(
    sam.page,
    sam.page.getByRole('listitem').filter({ hasText: 'Nobody wants you here' }).getByRole('link'),
  );
  await sam.page.keyboard.press('Enter');
  await press(sam.page, 'Take this case');
  await sam.page.getByText('With you').first().waitFor();
  await robin.page.goto(`${origin}/settings/changes`);
  await look(robin.page, 'Who changed what', 'changes');
  await robin.page.getByText('Invited Sam: moderator, all queues.').waitFor();
  for (const one of [robin, sam]) {
    // The page that says “please sign in” is a refusal, and the browser notes it.
    expect(one.complaints.filter((said) => !said.includes('401'))).toEqual([]);
    await one.leave();
  }
});

/** The set-up, to the invitation of a moderator; returns its address. */
async function install(page: Page): Promise<string> {
  await page.goto(await world.link());
  await look(page, 'Your desk', 'set-up-begin');
  await write(page, 'Name of the forum', 'Knit & Natter');
  await write(page, 'Its address, if it has one', 'knit.example.org');
  await write(page, 'Your working name', 'Robin');
  await press(page, 'Continue');
  await look(page, 'The platform', 'set-up-platform');
  await press(page, 'Continue');
  await look(page, 'By hand', 'set-up-by-hand');
  await press(page, 'Yes, by hand');
  await look(page, 'What kind of service', 'set-up-service');
  await write(page, 'In which countries are its people?', 'United Kingdom');
  await tick(page, 'Hounding of one person');
  await tabTo(page, page.getByRole('radio', { name: 'One person' }));
  await page.keyboard.press('ArrowDown');
  await press(page, 'Save');
  await look(page, 'What falls on you', 'set-up-duties');
  await page.getByText('Make reporting easy, also without an account.').waitFor();
  await press(page, 'Open the desk');
  await look(page, 'You', 'you');
  await makePasskey(page);
  await press(page, 'Settings', 'link');
  await look(page, 'Settings', 'settings');
  await press(page, 'The people who work here', 'link');
  await look(page, 'The people who work here', 'people');
  await write(page, 'Working name', 'Sam');
  await press(page, 'Make the invitation');
  await look(page, 'A link for Sam', 'invited');
  return page.getByLabel('Link', { exact: true }).inputValue();
}

async function makePasskey(page: Page): Promise<void> {
  await write(page, 'Where it will be', 'my own');
  await press(page, 'Make a passkey');
  await page.getByRole('cell', { name: 'my own', exact: true }).waitFor();
}

/** By the link once, then by passkey. */
async function join(page: Page, invitation: string): Promise<void> {
  await page.goto(invitation);
  await look(page, 'You are invited', 'join');
  await press(page, 'Come in');
  await makePasskey(page);
  await look(page, 'You', 'you-on-a-phone');
  await press(page, 'Sign out');
  await page.getByRole('heading', { name: 'Please sign in first' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'desk-stranger');
  await press(page, 'Sign in with a passkey', 'link');
  await look(page, 'Sign in', 'sign-in');
  await press(page, 'Sign in with a passkey');
  await look(page, 'Queues', 'queue-alone');
  await page.getByText('Signed in as Sam').waitFor();
}

const report = (): Promise<Response> =>
  fetch(`${origin}/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      capacity: 'subject',
      reasons: ['abuse'],
      characteristics: [],
      items: [
        {
          platform: 'knit-natter',
          kind: 'post',
          locator: 'post/1',
          author: null,
          text: 'Nobody wants you here.',
          language: 'en',
          posted: '2026-11-23T07:00:00.000Z',
        },
      ],
      statement: 'It does not stop.',
      goodFaith: true,
      wishesToBeTold: true,
    }),
  });
