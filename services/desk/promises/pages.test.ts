/** What a moderator is offered, and what an admin reads, under a policy: in a real browser, phone and desktop. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
} from '../../../test/browser/browser.ts';
import { type DeskWorld, deskWorld, type Moderator, snapshot } from '../testing/desk-world.ts';
import { subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

const views = [
  ['phone', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' }],
  ['desktop', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
] as const;
const warn = { step: 'warn', daysMax: null } as const;
let browser: Browser;
let world: DeskWorld;
let who: Moderator;
let caseId: string;
beforeAll(async () => {
  world = await deskWorld('desk-promises-pages', { oneModerator: true });
  Object.assign(world.neighbours.promised, {
    steps: [warn, { step: 'suspend', daysMax: 7 }, { step: 'bar', daysMax: 90 }],
    clocks: { decideHours: 12, intimateImageHours: 6, appealDays: 400, appealAnswerDays: 2 },
  });
  world.neighbours.promised.against.set(subOf('n'), [warn]);
  await world.restart();
  who = await world.signIn('Robin', ['admin', 'moderator']);
  await world.report([snapshot('post/p1', subOf('s')), snapshot('post/p2', subOf('n'))], {}, connectorToken);
  ({ caseId } = await world.caseOf(who, 'post/p1'));
  await who.post(`/cases/${caseId}/claim`);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

it.each(views)(
  '%s: the steps that are there, with their limits; and what cannot be held',
  async (name, look) => {
    const { page, leave } = await newVisitor(browser, look);
    const [cookie = '', value = ''] = who.cookie.split('=');
    await page.context().addCookies([{ name: cookie, value, url: world.origin }]);
    await page.goto(`${world.origin}/cases/${caseId}`);
    await page.locator('#about-conduct').check();
    const measures = page.locator('#measures');
    await measures.getByText('Here for at most 7 days. Not for account 2.').waitFor();
    expect(await measures.getByRole('radio').count()).toBe(4);
    await page.locator('#step-suspend').check();
    await measures.scrollIntoViewIfNeeded();
    await picture(page, `desk-promises-steps-${name}`);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.goto(`${world.origin}/settings`);
    await page.getByText('nobody can be barred').waitFor();
    await picture(page, `desk-promises-settings-${name}`);
    await expectAccessible(page);
    await leave();
  },
);
