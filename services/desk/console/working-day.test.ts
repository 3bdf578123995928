/**
 * A whole working day of moderators, by keyboard alone: claim, assess element by element, look, submit and go on,
 * pass on, confirm, hear an appeal, several at once, reasons kept ready, a break, handing over. Each screen without
 * findings of axe, on a phone and a desktop, light and dark; and with hostile words in everything that is shown.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
  type Visitor,
} from '../../../test/browser/browser.ts';
import type { StaffRole } from '../casework/event.ts';
import { type DeskWorld, deskWorld, snapshot } from '../testing/desk-world.ts';
import { subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

const desktop = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' } as const;
const atNight = { viewport: { width: 320, height: 640 }, colorScheme: 'dark' } as const;
let browser: Browser;
let world: DeskWorld;
let threat = '';

beforeAll(async () => {
  world = await deskWorld('desk-day');
  browser = await openBrowser();
  const report = (locator: string, letter: string, text: string, reason: 'other' | 'threat' | 'hate') =>
    world.report([snapshot(locator, subOf(letter), text)], { reasons: [reason] }, connectorToken);
  await report('post/t1', 't', 'I will find you and I will hurt you.', 'threat');
  await report('post/e1', 'e', 'People like them should go.', 'hate');
  for (const n of [1, 2, 3]) await report(`post/w${n}`, 'w', `Cheap watches, shop ${n}`, 'other');
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

async function enter(
  name: string,
  roles: StaffRole[] = ['moderator'],
  options: object = desktop,
): Promise<Visitor> {
  const visitor = await newVisitor(browser, options);
  await visitor.page.goto(world.desk.staffLink({ name, roles }));
  return visitor;
}

/** Ctrl-K, a few letters, Enter. */
async function palette(page: Page, letters: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'What would you like to do?' }).waitFor();
  await page.keyboard.type(letters);
  await page.keyboard.press('Enter');
}
const press = (page: Page, label: string) => page.getByLabel(label, { exact: true }).first().press('Space');
async function type(page: Page, label: string, words: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).focus();
  await page.keyboard.type(words);
}
async function looksRight(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, name);
}

describe('by keyboard alone', () => {
  it('reasons are kept, a threat is found element by element, seen as they read it, and the next case comes', async () => {
    const { page, complaints, leave } = await enter('Moderator A');
    await palette(page, 'gotoreasons');
    await page.getByRole('heading', { name: 'Reasons kept ready' }).waitFor();
    await type(page, 'Short name', 'Threat of violence');
    await type(page, 'Clause of the terms', '2');
    await type(page, 'Rule or law', '2 Do not threaten anybody');
    await type(page, 'Why it goes against it', 'It says that somebody will be hurt.');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Keep it' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Threat of violence' }).waitFor();
    await looksRight(page, 'day-reasons');

    await palette(page, 'gotoqueues');
    await page.getByRole('heading', { name: 'Queues', level: 1 }).waitFor();
    await palette(page, 'openathreat');
    await page.getByRole('button', { name: 'Take this case' }).waitFor();
    await page.keyboard.press('c');
    await page.getByText('With you').waitFor();
    await palette(page, 'putinthreatofviolence');
    await page.getByText('Put in. Finish it').waitFor();
    threat = new URL(page.url()).pathname.split('/')[2] ?? '';
    expect(await page.getByLabel('Why it goes against it').inputValue()).toMatch(/somebody will be hurt/);
    await press(page, 'the law');
    await page.getByLabel('Which offence').focus();
    await page.keyboard.type('Threat');
    const elements = page.locator('details.elements[open] fieldset');
    expect(await elements.count()).toBeGreaterThanOrEqual(2);
    for (const yes of await elements.getByLabel('Yes').all()) await yes.press('Space');
    await press(page, 'Hide the post');
    await press(page, 'Warn');
    await type(page, 'What happened', 'A message that says that somebody will be hurt.');
    await looksRight(page, 'day-assessment');
    await palette(page, 'submitandgotothenext');
    await page.getByRole('heading', { name: 'As they will read it' }).waitFor();
    await looksRight(page, 'day-preview');
    await palette(page, 'changesomething');
    await page.getByLabel('What happened').waitFor();
    expect(await page.getByLabel('What happened').inputValue()).toMatch(/will be hurt/);
    expect(await page.getByLabel('Warn', { exact: true }).isChecked()).toBe(true);
    await palette(page, 'submitandgotothenext');
    await page.getByRole('heading', { name: 'As they will read it' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: 'Take this case' }).waitFor();
    expect(complaints).toEqual([]);
    await leave();
  });

  it('one is passed on, and what was decided is appealed and heard by a third', async () => {
    const a = await enter('Moderator A');
    await palette(a.page, 'openhate');
    await a.page.getByRole('button', { name: 'Take this case' }).waitFor();
    await a.page.keyboard.press('c');
    await a.page.getByText('With you').waitFor();
    await a.page.keyboard.press('e');
    await a.page.keyboard.type('I know them.');
    await a.page.keyboard.press('Enter');
    await a.page.getByText('Passed on: I know them.').waitFor();
    await a.leave();

    const appeal = { caseId: threat, sub: subOf('t'), track: 'normal', grounds: 'It was a line of a song.' };
    expect((await world.holder('appeals', appeal)).status).toBe(200);
    const b = await enter('Appeals B', ['appeals']);
    await palette(b.page, 'openathreat');
    await b.page.getByRole('button', { name: 'Take this case' }).waitFor();
    await b.page.keyboard.press('c');
    await press(b.page, 'The decision is undone, everything is as before');
    await type(b.page, 'Your answer, in words', 'It is a song. We are sorry.');
    await looksRight(b.page, 'day-hearing');
    await palette(b.page, 'sendtheanswer');
    await b.page.getByText('Heard by Appeals B').waitFor();
    expect(b.complaints).toEqual([]);
    await b.leave();
  });

  it('several are decided together, each listed with its words, and one taken out', async () => {
    const { page, complaints, leave } = await enter('Moderator A');
    for (const box of await page.getByRole('checkbox').all()) await box.press('Space');
    await looksRight(page, 'day-ticked');
    await palette(page, 'decidethetickedonestogether');
    await page.getByText('Cheap watches, shop 1').waitFor();
    await page.locator('article').filter({ hasText: 'shop 3' }).getByRole('checkbox').press('Space');
    for (const one of await page
      .locator('article')
      .filter({ hasNotText: 'shop' })
      .getByRole('checkbox')
      .all())
      await one.press('Space');
    await page.locator('h1').click();
    await page.keyboard.press('a');
    await looksRight(page, 'day-several');
    await page.keyboard.press('s');
    await page.getByText('2 cases decided').waitFor();
    await looksRight(page, 'day-several-done');
    expect(complaints).toEqual([]);
    await leave();
  });

  it('help is a key, a break is kept, and at the end the rest is handed over', async () => {
    const { page, leave } = await enter('Moderator A');
    await page.keyboard.press('?');
    await page.getByText('these keys').waitFor();
    await palette(page, 'gotoyourshift');
    await page.getByRole('heading', { name: 'Your shift' }).waitFor();
    await looksRight(page, 'day-shift');
    await palette(page, 'breakof10');
    await page.getByText(/You are on a break until/).waitFor();
    await palette(page, 'gotonextcase');
    await page.getByText('You have seen enough for now').waitFor();
    await looksRight(page, 'day-rest');
    await palette(page, 'gotoyourshift');
    await page.getByRole('heading', { name: 'Your shift' }).waitFor();
    await palette(page, 'iamback');
    await page.getByRole('button', { name: 'Break of 10 min' }).waitFor();
    await palette(page, 'gotoqueues');
    await page.getByRole('heading', { name: 'Queues', level: 1 }).waitFor();
    await page.locator('a[data-stop]').last().press('Enter');
    await page.getByRole('button', { name: 'Take this case' }).waitFor();
    await page.keyboard.press('c');
    await page.getByText('With you').waitFor();
    await palette(page, 'gotoyourshift');
    await page.getByRole('heading', { name: 'Your shift' }).waitFor();
    await type(page, 'What should the next person know?', 'Nothing special.');
    await page.getByRole('button', { name: 'Hand over' }).press('Enter');
    await page.getByText('No case. You can go with a light heart.').waitFor();
    await leave();
  });
});

describe('the palette', () => {
  it('is a combobox with a listbox, says how many it found, and gives the focus back', async () => {
    const { page, leave } = await enter('Moderator A');
    const stop = page.locator('a[data-stop]').first();
    await stop.focus();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox');
    await field.waitFor();
    const meant = page.locator('#palette [aria-selected=true]');
    const chosen = () => meant.textContent();
    const first = await chosen();
    await page.keyboard.press('ArrowDown');
    expect(await chosen()).not.toBe(first);
    const id = await meant.getAttribute('id');
    expect(await field.getAttribute('aria-activedescendant')).toBe(id);
    await expectAccessible(page);
    await picture(page, 'day-palette');
    await page.keyboard.type('zzzz');
    await page.getByText('Nothing like that here.').waitFor();
    expect(await field.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('Escape');
    expect(await stop.evaluate((el) => el === el.ownerDocument.activeElement)).toBe(true);
    await leave();
  });
});

describe('heavy words', () => {
  it('close again when somebody leaves, and their minutes are counted', async () => {
    const { page, leave } = await enter('Moderator V');
    await palette(page, 'openhate');
    const veil = page.locator('details.veil').first();
    const pinged = page.waitForResponse((one) => one.url().endsWith('/shift/exposure'));
    await veil.locator('summary').press('Enter');
    expect((await pinged).status()).toBe(200);
    await page.getByText('People like them should go.').first().waitFor();
    await page.evaluate('dispatchEvent(new Event("pagehide"))');
    expect(await veil.getAttribute('open')).toBeNull();
    await leave();
  });

  it('count a minute where there are no scripts', async () => {
    const { page, leave } = await enter('Moderator W', ['moderator'], {
      ...desktop,
      javaScriptEnabled: false,
    });
    await page.locator('a[data-stop]').filter({ hasText: 'Post' }).first().click();
    const links = await page.locator('details.veil').count();
    await page.goto(`${world.origin}/shift`);
    await page.getByText(`${links > 0 ? 1 : 0} of 120 minutes`).waitFor();
    await leave();
  });
});

describe('at night, on a phone', () => {
  it('every screen is in one column, and what one needs is under the thumb', async () => {
    const { page, leave } = await enter('Moderator P', ['moderator', 'admin'], atNight);
    await looksRight(page, 'night-queue');
    await page.getByRole('link', { name: 'Next case' }).click();
    const take = page.getByRole('button', { name: 'Take it' });
    const box = await take.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(560);
    await take.click();
    await page.getByRole('link', { name: 'Decide' }).click();
    await page.getByLabel('It goes against the law or our terms').check();
    await looksRight(page, 'night-case');
    await page.goto(`${world.origin}/shift`);
    await looksRight(page, 'night-shift');
    await page.goto(`${world.origin}/reasons`);
    await looksRight(page, 'night-reasons');
    await leave();
  });
});
