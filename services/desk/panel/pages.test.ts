/** The pages of holders and of the panel in a real browser: seen on phone and desktop, light and dark. */
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
} from '../../../test/browser/browser.ts';
import { type DeskWorld, deskWorld, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, idOf, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

const views = [
  ['phone', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' }],
  ['desktop', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
] as const;
const key = new Uint8Array(32).fill(7);
let browser: Browser;
let world: DeskWorld;
let address = '';

beforeAll(async () => {
  world = await deskWorld('desk-pages', { gateway: null, barNeedsSecond: false });
  browser = await openBrowser();
  const sub = subOf('s');
  const words = 'Nobody wants you here. \u202Egnillort\u202C <b>Leave</b>.';
  await world.report([snapshot('post/s1', sub, words)], {}, connectorToken);
  const a = await world.signIn('Moderator A');
  const { caseId } = await world.caseOf(a, 'post/s1');
  await a.post(`/cases/${caseId}/claim`);
  const sanction = { kind: 'sanction', sub, holds: 'account', step: 'suspend', until: '2027-01-31' };
  await a.post(`/cases/${caseId}/decision`, {
    assessment: conductFinding(['post/s1']),
    decision: {
      path: 'conduct',
      measures: [sanction, { kind: 'hide-item', target: 'post/s1' }],
      reasons: reasonsOf(),
    },
  });
  const told = world.neighbours.acts.find((act) => act.kind === 'tell-account');
  address = `${world.origin}/decisions/${told?.notice.split('/decisions/')[1]}`;
  const admin = await world.signIn('Admin', ['admin']);
  const origin = 'https://lantern.example';
  await admin.post('/panel/forums', { name: 'lantern', title: 'Lantern', origin, key: verifyingKeyOf(key) });
  const message = signMessage(key, messageLabels.panelRequest, question(words));
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(message);
  expect((await fetch(`${world.origin}/panel/requests`, { method: 'POST', headers, body })).status).toBe(200);
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

function question(text: string) {
  const common = { kind: 'post', account: 1, language: 'en', posted: '2026-11-22', distress: false };
  return {
    request: idOf('asked'),
    from: 'lantern',
    to: 'commons',
    about: 'appeal',
    due: '2026-11-25T08:00:00.000Z',
    file: {
      kind: 'content',
      opened: '2026-11-22',
      reasons: ['abuse', 'hate'],
      items: [1, 2].map((n) => ({ ...common, n, text })),
      more: 3,
      persons: 1,
      records: [],
      finding: {
        limb: 'terms',
        offence: 'harassment',
        severity: 3,
        confidence: 2,
        protectedContent: 'none',
        alternatives: 'A warning was given before.',
      },
      decision: {
        by: ['moderator 1', 'moderator 2'],
        day: '2026-11-22',
        measures: [
          { n: 1, kind: 'sanction', item: null, account: 1, step: 'bar', until: '2027-05-22' },
          { n: 2, kind: 'hide-item', item: 1, account: null, step: null, until: null },
        ],
        facts: 'Forty messages within one hour.',
        ground: '3.1 Do not hound people',
        explanation: 'Forty messages at one person are hounding.',
        clause: '3.1',
      },
      hold: null,
      appeal: {
        track: 'normal',
        account: 1,
        grounds: 'I had an argument, and it was one evening.',
        evidence: [{ day: '2026-11-23', words: 'Here is what she had written before.' }],
        due: '2026-11-28T08:00:00.000Z',
      },
    },
  };
}

it.each(views)('the decision is read and appealed on a %s', async (name, options) => {
  const { page, complaints, leave } = await newVisitor(browser, options);
  await page.goto(address);
  await page.getByRole('heading', { name: 'What was decided about you', level: 1 }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, `decision-${name}`);
  if (name === 'phone') {
    await page.getByLabel('It is journalism: it goes first').check();
    await page.getByLabel('Why should it be decided otherwise?').fill('I was quoting them.');
    await page.getByRole('button', { name: 'Send the appeal' }).click();
  }
  await page.getByText('You get an answer by').waitFor();
  await page.getByLabel('Add something').fill(`Here is where I quote from, ${name}.`);
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByText(`Here is where I quote from, ${name}.`).first().waitFor();
  await expectAccessible(page);
  await picture(page, `decision-appealed-${name}`);
  expect(complaints).toEqual([]);
  await leave();
});

it.each(views)('a question of another forum is read and answered on a %s', async (name, options) => {
  const { page, complaints, leave } = await newVisitor(browser, options);
  await page.goto(world.desk.staffLink({ name: 'Admin', roles: ['admin'] }));
  await page.goto(`${world.origin}/panel`);
  await page.getByRole('heading', { name: 'For other forums', level: 1 }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, `panel-${name}`);
  await page.getByRole('link', { name: 'An appeal' }).click();
  await page.getByText('asked by').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, `panel-request-${name}`);
  if (name === 'desktop') {
    await page.getByLabel('Something lighter takes its place').check();
    await page.getByLabel('bar for account 1').check();
    await page.getByLabel('becomes').selectOption('suspend');
    await page.getByLabel('Your answer to whoever appealed').fill('One evening is not a bar.');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('The appeal was heard: varied').waitFor();
    await picture(page, `panel-answered-${name}`);
  }
  expect(complaints).toEqual([]);
  await leave();
});

it('a complaint is answered in the console, and the hearer of an appeal sees its evidence', async () => {
  const headers = { 'content-type': 'application/json' };
  const complaint = {
    kind: 'duty',
    capacity: 'user',
    receipt: null,
    items: [],
    links: [],
    statement: 'Reports take a week.',
    goodFaith: true,
    wishesToBeTold: true,
  };
  const sent = await fetch(`${world.origin}/complaints`, {
    method: 'POST',
    headers,
    body: JSON.stringify(complaint),
  });
  const { receipt } = (await sent.json()) as { receipt: string };
  const { page, leave } = await newVisitor(browser, views[0][1]);
  await page.goto(world.desk.staffLink({ name: 'Moderator M', roles: ['moderator'] }));
  await page.goto(`${world.origin}/?queue=complaints`);
  await page.locator('a[href^="/cases/"]').first().click();
  await page.getByRole('button', { name: 'Take this case' }).first().click();
  await page.getByLabel('They are partly right').check();
  await page.getByLabel('Your answer, in words').fill('It took three days.');
  await page.getByLabel('What is done about it').fill('A second moderator helps now.');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, 'complaint-phone');
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await page.getByText('the complaint is answered: partly upheld').first().waitFor();
  const told = await fetch(`${world.origin}/receipts/${receipt}`, {
    headers: { accept: 'application/json' },
  });
  expect(((await told.json()) as { outcome: string }).outcome).toContain('A second moderator helps now.');
  await page.goto(world.desk.staffLink({ name: 'Appeals C', roles: ['appeals'] }));
  await page.goto(`${world.origin}/?queue=appeals`);
  await page.locator('a[href^="/cases/"]').first().click();
  await page.getByText('Here is where I quote from, desktop.').waitFor();
  await leave();
});
