/** The console in a real browser: seen on phone and desktop, light and dark; by keyboard alone; without scripts. */
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

const phone = { width: 320, height: 700 };
const desktop = { width: 1280, height: 900 };
const subs = ['a', 'b', 'c'].map(subOf);
let browser: Browser;
let world: DeskWorld;

beforeAll(async () => {
  world = await deskWorld('desk-console');
  browser = await openBrowser();
  for (const sub of subs) world.neighbours.persons.set(sub, 'hound');
  const words = 'Nobody wants you here. \u202Egnillort\u202C <b>Leave</b>.';
  const items = Array.from({ length: 40 }, (_, n) => snapshot(`post/h${n}`, subs[n % 3] ?? null, words));
  await world.report(
    items,
    { reasons: ['pile-on', 'hate'], capacity: 'subject', statement: 'It does not stop.' },
    connectorToken,
  );
  const page = snapshot('page/p1', subOf('p'), 'The way out\n\nCome and do it with us.');
  world.neighbours.items.set('page/p1', page);
  await world.report([page], { reasons: ['promotes-suicide'] }, connectorToken);
  await world.report(
    [snapshot('post/d1', subOf('d'), 'I cannot go on.')],
    { reasons: ['worried-about-them'] },
    connectorToken,
  );
  await world.report(
    [snapshot('post/s1', subOf('s'), 'Buy my watches')],
    { reasons: ['other'] },
    connectorToken,
  );
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

async function enter(
  name: string,
  options: object = {},
  roles: StaffRole[] = ['moderator'],
): Promise<Visitor> {
  const visitor = await newVisitor(browser, { viewport: desktop, ...options });
  await visitor.page.goto(world.desk.staffLink({ name, roles }));
  return visitor;
}
const row = (page: Page, words: string) =>
  page.getByRole('listitem').filter({ hasText: words }).locator('a[data-stop]');

describe('a moderator', () => {
  it.each([
    ['desktop', { viewport: desktop, colorScheme: 'light' }],
    ['phone', { viewport: phone, colorScheme: 'dark' }],
  ] as const)('sees queue and cases on a %s', async (name, options) => {
    const { page, complaints, leave } = await enter('Observer', options);
    await page.getByRole('heading', { name: 'Queues', level: 1 }).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await picture(page, `desk-queue-${name}`);
    await row(page, '40 messages').click();
    await page.getByText('40 messages, 3 accounts, one person').waitFor();
    await page.getByRole('button', { name: 'Take this case' }).click();
    await page.getByText('With you').waitFor();
    await page.getByLabel('It goes against the law or our terms').check();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await picture(page, `desk-case-${name}`);
    expect(await page.getByText('Nobody wants you here').first().isVisible()).toBe(false);
    await page.locator('.veil summary').first().click();
    expect(await page.locator('.words').first().textContent()).toBe(
      'Nobody wants you here. gnillort <b>Leave</b>.',
    );
    await page.getByRole('button', { name: 'Give it back' }).click();
    await page.getByText('With nobody').waitFor();
    expect(complaints).toEqual([]);
    await leave();
  });

  it('holds a page, and the time that is left is shown', async () => {
    const { page, leave } = await enter('Moderator A');
    await row(page, 'Promotes suicide').click();
    await page.getByRole('button', { name: /Hide page\/p1 for now/ }).click();
    await page.getByText(/hidden by Moderator A, 1[12] h left/).waitFor();
    expect(await page.getByRole('button', { name: 'Confirm the hold' }).count()).toBe(0);
    await picture(page, 'desk-hold');
    const second = await enter('Moderator B');
    await second.page.goto(page.url());
    await second.page.getByRole('button', { name: 'Confirm the hold' }).click();
    await second.page.getByText(/confirmed by Moderator B/).waitFor();
    await second.leave();
    await leave();
  });

  it('finds help on a case of distress, and nothing else', async () => {
    const { page, leave } = await enter('Moderator A', { viewport: phone });
    await row(page, 'Worried about somebody').click();
    await page.getByRole('button', { name: 'Take this case' }).click();
    await page.getByText('There is no sanction for distress').waitFor();
    expect(await page.getByLabel('It goes against').count()).toBe(0);
    expect(await page.locator('[name=step], [name=hideAll], [name=shut]').count()).toBe(0);
    await expectAccessible(page);
    await picture(page, 'desk-care');
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await page.getByText('help is shown').first().waitFor();
    await leave();
  });
});

describe('by keyboard alone', () => {
  it('a case is taken, decided with reasons, confirmed by a second, and appealed before a third', async () => {
    const first = await enter('Moderator A');
    await chooseByArrows(first.page, '40 messages');
    await first.page.getByRole('button', { name: 'Take this case' }).waitFor();
    await first.page.keyboard.press('c');
    await first.page.getByText('With you').waitFor();
    await first.page.keyboard.press('t');
    await decideByKeys(first.page);
    await first.page.getByText('waits for a second person').first().waitFor();
    await picture(first.page, 'desk-proposed');
    const caseUrl = first.page.url();

    const second = await enter('Moderator B');
    await second.page.goto(caseUrl);
    await second.page.keyboard.press('s');
    await second.page.getByText('Decided by Moderator A and Moderator B').waitFor();
    await expectAccessible(second.page);
    await picture(second.page, 'desk-decided');

    const caseId = caseUrl.split('/').at(-1);
    const appeal = { caseId, sub: subs[1], track: 'normal', grounds: 'I was provoked.' };
    expect((await world.holder('appeals', appeal)).status).toBe(200);
    const third = await enter('Appeals C', {}, ['appeals']);
    await third.page.goto(caseUrl);
    await third.page.keyboard.press('c');
    await third.page.getByLabel('The decision stands').waitFor();
    await third.page.getByLabel('The decision stands').press('Space');
    await third.page.getByLabel('Your answer, in words').pressSequentially('Being provoked is no reason.');
    await picture(third.page, 'desk-appeal');
    await third.page.keyboard.press('Tab');
    await third.page.keyboard.press('Enter');
    await third.page.getByText('Heard by Appeals C').waitFor();
    for (const one of [first, second, third]) {
      expect(one.complaints).toEqual([]);
      await one.leave();
    }
  });

  it('keys rest while somebody types, and can be switched off', async () => {
    const { page, leave } = await enter('Moderator A');
    await row(page, 'Something else').click();
    await page.getByLabel('Note', { exact: true }).pressSequentially('cats at sea');
    expect(await page.getByText('With nobody').count()).toBe(1);
    await page.getByText('Keys of the keyboard', { exact: true }).click();
    await page.getByRole('button', { name: 'Switch keys off' }).click();
    await page.locator('body').press('c');
    expect(await page.getByText('With nobody').count()).toBe(1);
    await page.getByRole('button', { name: 'Switch keys on' }).click();
    await page.locator('h1').click();
    await page.keyboard.press('c');
    await page.getByText('With you').waitFor();
    await page.getByRole('button', { name: 'Give it back' }).click();
    await leave();
  });
});

async function chooseByArrows(page: Page, words: string): Promise<void> {
  for (let n = 0; n < 10; n++) {
    await page.keyboard.press('ArrowDown');
    const text = await page.evaluate(() => document.activeElement?.closest('li')?.textContent ?? '');
    if (text.includes(words)) return page.keyboard.press('Enter');
  }
  throw new Error('no such case');
}

async function decideByKeys(page: Page): Promise<void> {
  const type = async (label: string, text: string) => {
    await page.getByLabel(label, { exact: true }).focus();
    await page.keyboard.type(text);
  };
  await type('Clause of the terms', '3.1');
  await page.getByLabel('Bar (needs a second person)').press('Space');
  await page.getByLabel('For how long').focus();
  await page.keyboard.type('6 m');
  await type('Why would something lighter not do?', 'They were warned twice.');
  await type('What happened', 'Forty messages within one hour.');
  await type('Rule or law', '3.1 Do not hound people');
  await type('Why it goes against it', 'It is hounding.');
  await page.getByRole('button', { name: 'Submit', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'As they will read it' }).waitFor();
  await page.getByText('You are barred; we look at it again on 2027-05-25').waitFor();
  await expectAccessible(page);
  await picture(page, 'desk-preview');
  await page.keyboard.press('s');
}

it('works without scripts, and says what is missing', async () => {
  const { page, leave } = await enter('Moderator D', { javaScriptEnabled: false });
  await row(page, 'Something else').click();
  await page.getByRole('button', { name: 'Take this case' }).click();
  await page.getByLabel('It goes against the law or our terms').check();
  await page.getByLabel('Hide the post').check();
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.getByText('Please look at').waitFor();
  await picture(page, 'desk-refusal');
  expect(await page.getByLabel('Hide the post').isChecked()).toBe(true);
  await page.getByLabel('Nothing against the rules').check();
  await page.getByRole('button', { name: 'Submit and go to the next' }).click();
  await page.waitForURL((url) => !url.href.includes('/decision'));
  await leave();
});
