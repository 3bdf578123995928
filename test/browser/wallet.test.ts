/** The wallet in a real browser, against the whole real practice network. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '@answerable/practice-constellation/launch';
import type { Network } from '@answerable/practice-constellation/network';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { expectAccessible, newVisitor, openBrowser, picture, type Visitor } from './browser.ts';

const launchTimeoutMs = 120_000;
const walkTimeoutMs = 120_000;

let browser: Browser;
let network: Network;
let home: string;
const origin = (role: keyof Network['roles']) => network.roles[role].origin;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'answerable-wallet-'));
  network = await launch({
    dataDir: join(home, 'data'),
    ports: 'free',
    separate: false,
    ephemeral: true,
    databaseAdminUrl: inject('postgresAdminUrl'),
    databasePrefix: 'wallet_',
  });
  browser = await openBrowser();
}, launchTimeoutMs);
afterAll(async () => {
  await browser?.close();
  await network?.close();
  rmSync(home, { recursive: true, force: true });
}, launchTimeoutMs);

const by = (page: Page, test: string) => page.locator(`[data-test="${test}"]`);
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

/** At the practice identity provider. */
async function beSomebody(page: Page, name: string, second = false): Promise<void> {
  await title(page, 'Who do you want to be?');
  if (second) await page.getByLabel('With a new account and another document').check();
  await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function arriveFromForum(page: Page, forum: 'commons' | 'lantern'): Promise<void> {
  await page.goto(`${origin(forum)}/join`);
  await page.getByRole('link', { name: 'Continue with your wallet' }).click();
  await page.waitForURL(`${origin(`gateway-${forum}`)}/**`);
  await page.getByRole('link', { name: 'Continue with your wallet' }).click();
  await page.waitForURL(`${origin('wallet')}/**`);
}

/** From “Prove who I am” to the words on paper. */
async function joinFromWelcome(page: Page, name: string): Promise<string[]> {
  await by(page, 'prove').click();
  await beSomebody(page, name);
  await title(page, 'You have joined');
  expect(await by(page, 'sealed').innerText()).toContain(name);
  await by(page, 'next-words').click();
  await by(page, 'show-words').click();
  const words = await by(page, 'words').locator('li').allInnerTexts();
  await by(page, 'written').click();
  await by(page, 'word-1').fill(words.join(' '));
  await by(page, 'keep-words').click();
  return words;
}

const signInAt = async (page: Page, way: 'I am new here' | 'I have an account here', handle?: string) => {
  await page.getByLabel(way).check();
  if (handle) await by(page, 'handle').fill(handle);
  await by(page, 'ask-continue').click();
};

interface Heard {
  visitor: Visitor;
  /** Origins that this browser sent anything to. */
  spokenTo: Set<string>;
}
async function newPerson(options: BrowserContextOptions = {}): Promise<Heard> {
  const visitor = await newVisitor(browser, options);
  const spokenTo = new Set<string>();
  visitor.page.context().on('request', (request) => spokenTo.add(new URL(request.url()).origin));
  return { visitor, spokenTo };
}

describe('a wallet, from a stranger’s first click', () => {
  let words: string[];

  it(
    'joins in the middle of signing up at a forum, and is let in',
    async () => {
      const { visitor, spokenTo } = await newPerson({ viewport: { width: 390, height: 844 } });
      const { page, complaints } = visitor;
      await arriveFromForum(page, 'commons');
      await title(page, 'Commons asks');
      await expectAccessible(page);
      await by(page, 'join').click();
      words = await joinFromWelcome(page, 'Priya Marlowe');
      await title(page, 'Commons asks');
      await picture(page, 'real-ask');
      await signInAt(page, 'I am new here', 'quiet_baker');
      await page.getByRole('link', { name: 'Signed in as quiet_baker' }).waitFor();
      await page.goto(`${origin('wallet')}/`);
      await title(page, 'Your wallet');
      await picture(page, 'real-home');
      await by(page, 'find-notices').click();
      await by(page, 'notices-0').waitFor();
      await page.goto(`${origin('wallet')}/#/inbox`);
      await by(page, 'standing-good').waitFor();
      const own = new Set(Object.values(network.roles).map((role) => role.origin));
      expect([...spokenTo].filter((one) => !own.has(one) && one !== 'null')).toEqual([]);
      expect(complaints).toEqual([]);
      await visitor.leave();
    },
    walkTimeoutMs,
  );
});
