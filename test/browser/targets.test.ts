/**
 * Somebody who is hounded, from the forum to the wallet and back, in real browsers and by keyboard: she blocks one
 * person; his next account waits at her door and his knock is not heard; a neighbour's is.
 */
import { enrolWithWords } from '@answerable/practice-people/visit';
import { ask, player, refusalOf, type Seat, takeSeat } from '@answerable/practice-story/cast';
import { createWorld, type World } from '@answerable/practice-story/world';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchTimeoutMs, startPracticeNetwork, stepTimeoutMs } from '../flows/practice-network.ts';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
  type Visitor,
} from './browser.ts';
import {
  answerAsk,
  arriveFromForum,
  by,
  goOnWithoutWords,
  proveWhoIAm,
  signedInAs,
  title,
} from './wallet-steps.ts';

const tabsMax = 60;
let browser: Browser;
let world: World;
beforeAll(async () => {
  world = createWorld(await startPracticeNetwork('targets'));
  browser = await openBrowser();
}, launchTimeoutMs);
afterAll(async () => {
  await browser?.close();
  await world?.network.close();
}, launchTimeoutMs);

const commons = () => world.network.roles.commons.origin;
const where = { gateway: 'gateway-commons', platform: 'commons' };

/** Joins with a wallet in this browser, and takes an account at Commons. */
async function join({ page }: Visitor, name: string, handle: string): Promise<void> {
  await arriveFromForum(page, world.network, 'commons');
  await by(page, 'join').click();
  await proveWhoIAm(page, name);
  await goOnWithoutWords(page);
  await answerAsk(page, handle);
  await signedInAs(page, handle);
}

/** Goes on by keyboard until what has this name is reached, and presses it. */
async function press(page: Page, name: string): Promise<void> {
  const focused = `(() => { const e = document.activeElement; return e?.ariaLabel ?? e?.textContent?.trim() ?? ''; })()`;
  for (let tabs = 0; tabs < tabsMax; tabs++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate<string>(focused)) === name) return page.keyboard.press('Enter');
  }
  throw new Error(`Tab never reached ${name}`);
}

async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, `targets-${name}`);
}

const replyAs = (who: Seat, thread: string, text: string) =>
  refusalOf(() => ask(world, who, 'POST', `/posts/${thread}/replies`, { text }));

/** With a wallet that has no window: the forum notes the door, the wallet knocks. */
async function knock(who: Seat, person: string, handle: string): Promise<void> {
  const { wallet } = player(world, person);
  await ask(world, who, 'POST', `/accounts/${handle}/knock`, {});
  const { doors } = await wallet.sayReach({ ...where, slot: who.slot }, { kind: 'reach' });
  const door = doors.find(({ handle: of }) => of === handle)!;
  const after = await wallet.sayReach({ ...where, slot: who.slot }, { kind: 'knock', knock: door.id });
  expect(after.doors.map(({ sent }) => sent)).toEqual([true]);
}

it(
  'she blocks him, reads who knocks, and lets the neighbour in',
  async () => {
    const [her, neighbour] = [
      await newVisitor(browser, { viewport: { width: 320, height: 640 } }),
      await newVisitor(browser, { viewport: { width: 1100, height: 800 }, colorScheme: 'dark' }),
    ];
    await join(her, 'Priya Marlowe', 'morning_loaf');
    await join(neighbour, 'Tomasz Redfern', 'tom_r');
    const { page } = her;
    await page.goto(commons());
    await page.getByLabel('Title').fill('Rye on Fridays');
    await page.getByLabel('Text').fill('From six in the morning.');
    await press(page, 'Post');
    await page.getByText('From six').waitFor();
    const thread = new URL(page.url()).pathname.split('/').at(-1)!;

    // Somebody is at her. One press blocks the person, whichever account comes next.
    const him = player(world, 'hounder');
    await enrolWithWords({ person: 'hounder' }, him.wallet);
    const loud = await takeSeat(world, him, 'commons', 'loud_one', 1);
    expect(await replyAs(loud, thread, 'Close your shop.')).toBe('let in');
    await page.reload();
    await look(page, 'thread-phone');
    await press(page, 'Block loud_one');
    await title(page, 'loud_one');
    await look(page, 'account-phone');
    await press(page, 'Block this person');
    await page.getByRole('status').getByText('loud_one is not told.').waitFor();
    await look(page, 'blocked-phone');

    const quiet = await takeSeat(world, him, 'commons', 'quiet_one', 2);
    for (const one of [loud, quiet]) expect(await replyAs(one, thread, 'And?')).toBe('forbidden');
    await knock(quiet, 'hounder', 'morning_loaf');

    // The neighbour meets the same door, and knocks.
    await neighbour.page.goto(`${commons()}/posts/${thread}`);
    await neighbour.page.getByLabel('Your reply').fill('I take two.');
    await press(neighbour.page, 'Reply');
    await title(neighbour.page, 'You must knock first');
    expect(await neighbour.page.getByLabel('What you wrote').inputValue()).toBe('I take two.');
    await look(neighbour.page, 'door-desktop-dark');
    await press(neighbour.page, 'Knock');
    await neighbour.page.getByText('One step is left').waitFor();
    await look(neighbour.page, 'knock-desktop-dark');
    await press(neighbour.page, 'Knock in your wallet');
    await title(neighbour.page, 'Who may reach you at Commons');
    expect(new URL(neighbour.page.url()).hash).toBe('#/reach');
    await look(neighbour.page, 'which-desktop-dark');
    await press(neighbour.page, 'Commons: My first account');
    await press(neighbour.page, 'Knock: morning_loaf');
    await neighbour.page.getByText('You have knocked.').waitFor();
    await look(neighbour.page, 'door-in-wallet-desktop-dark');

    // She reads one knock, not two.
    await page.goto(`${commons()}/me`);
    await look(page, 'me-phone');
    await press(page, 'Open your wallet');
    await title(page, 'Who may reach you at Commons');
    await look(page, 'which-phone');
    await press(page, 'Commons: My first account');
    await by(page, 'knocks').locator('strong').first().waitFor();
    expect(await by(page, 'knocks').locator('strong').allInnerTexts()).toEqual(['tom_r']);
    await look(page, 'knocks-phone');
    await press(page, 'Let in: tom_r');
    await page.getByText('Nobody is waiting.').waitFor();

    await neighbour.page.goto(`${commons()}/posts/${thread}`);
    await neighbour.page.getByLabel('Your reply').fill('I take two.');
    await press(neighbour.page, 'Reply');
    await neighbour.page.locator('.words').getByText('I take two.').waitFor();
    expect(await replyAs(quiet, thread, 'And?')).toBe('forbidden');

    // Only answerable accounts: said at the forum, read in the wallet.
    await page.goto(`${commons()}/me`);
    await page.getByLabel('reply to me').focus();
    await page.keyboard.press('Space');
    await press(page, 'Save');
    await page.getByRole('status').getByText('Saved.').waitFor();
    expect(await page.getByLabel('reply to me').isChecked()).toBe(true);
    await page.emulateMedia({ colorScheme: 'dark' });
    await look(page, 'me-saved-phone-dark');
    const unwelcome = (line: string) => !line.includes('status of 403');
    expect([...her.complaints, ...neighbour.complaints].filter(unwelcome)).toEqual([]);
    await Promise.all([her.leave(), neighbour.leave()]);
  },
  stepTimeoutMs,
);
