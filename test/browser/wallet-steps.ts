/**
 * What people do in a real browser, one step a function: for every test with a wallet in it, and for the bench.
 * Knows the pages by their headings and by `data-test`, and nothing of what lies behind them.
 */
import type { Network } from '@answerable/practice-constellation/network';
import type { Page } from 'playwright-core';

export type Forum = 'commons' | 'lantern';
type Origins = Pick<Network, 'roles'>;

export const by = (page: Page, test: string) => page.locator(`[data-test="${test}"]`);
export const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

/** At the practice identity provider; `second`: the same person with another account and document. */
export async function beSomebody(page: Page, name: string, second = false): Promise<void> {
  await title(page, 'Who do you want to be?');
  if (second) await page.getByLabel('With a new account and another document').check();
  await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** From a forum's “join” to what the wallet asks. */
export async function arriveFromForum(page: Page, { roles }: Origins, forum: Forum): Promise<void> {
  await page.goto(`${roles[forum].origin}/join`);
  await page.getByRole('link', { name: 'Continue with your wallet' }).click();
  await page.waitForURL(`${roles[`gateway-${forum}`].origin}/**`);
  await page.getByRole('link', { name: 'Continue with your wallet' }).click();
  await page.waitForURL(`${roles.wallet.origin}/**`);
}

/** From “Prove who I am” to the screen that says what was sealed. */
export async function proveWhoIAm(page: Page, name: string): Promise<void> {
  await by(page, 'prove').click();
  await beSomebody(page, name);
  await title(page, 'You have joined');
  await by(page, 'sealed').filter({ hasText: name }).waitFor();
}

/** From there to the words on paper; resolves with the words. */
export async function writeWordsDown(page: Page): Promise<string[]> {
  await by(page, 'next-words').click();
  await by(page, 'show-words').click();
  const words = await by(page, 'words').locator('li').allInnerTexts();
  await by(page, 'written').click();
  await by(page, 'word-1').fill(words.join(' '));
  await by(page, 'keep-words').click();
  return words;
}

/** The same without words. */
export async function goOnWithoutWords(page: Page): Promise<void> {
  await by(page, 'next-words').click();
  await by(page, 'skip-words').click();
  await by(page, 'skip-anyway').click();
}

/** From “Prove who I am” to the words on paper. */
export async function joinFromWelcome(page: Page, name: string): Promise<string[]> {
  await proveWhoIAm(page, name);
  return writeWordsDown(page);
}

/** Answers what a forum asks: with a handle for a new account, without one for the account there is. */
export async function answerAsk(page: Page, handle?: string): Promise<void> {
  await page.getByLabel(handle ? 'I am new here' : 'I have an account here').check();
  if (handle) await by(page, 'handle').fill(handle);
  await by(page, 'ask-continue').click();
}

/** On a forum's page, when it knows who is there. */
export const signedInAs = (page: Page, handle: string) =>
  page.getByRole('link', { name: `Signed in as ${handle}` }).waitFor();
