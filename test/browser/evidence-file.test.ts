/** The evidence file as it is handed on: opened in a browser, on a phone and wide, and printed. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderPack } from '@answerable/desk/evidence/render-pack';
import { withPlace } from '@answerable/desk/testing/hostile-pictures';
import { type PackRecord, sealPage } from '@answerable/protocol/report/evidence-pack';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, newVisitor, openBrowser, picture } from './browser.ts';

const hash = 'kX2v9sYtq0Hc7dLr4mWbE1uFzJ8oPnA3gT5yQiKeRxM';
const author = 'mnbvcxzlkjhgfdsapoiuytrewqmnbvcxzlkjhgfdsapoiuytrewq';
const at = (minute: string) => `2026-11-23T08:${minute}:00.000Z`;
const version = { seen: 'platform' as const, kept: at('05'), posted: at('01'), author, hash, links: [] };
const record: PackRecord = {
  v: 1,
  desk: 'Commons',
  platform: 'commons',
  what: 'report',
  received: '2026-11-23',
  capacity: 'subject',
  statement: 'It does not stop. He writes to me every night, and now he says where I live.',
  links: [
    'https://elsewhere.example/a-rather-long-address/that-goes-on-and-on/until-it-is-wider-than-any-phone',
  ],
  additions: [{ day: '2026-11-24', words: 'He was at my shop today.' }],
  items: [
    { locator: 'post/Zk3vJ1hQ2mXn8LrT5wYbAe', versions: [{ ...version, text: 'I said close your shop.' }] },
    {
      locator: 'post/Pq9sUcV4dFg6HjK7lMnB0x',
      versions: [
        { ...version, text: 'I know which door is yours.' },
        { ...version, seen: 'reporter', author: null, text: 'w'.repeat(300) },
      ],
    },
    { locator: 'post/Aa1bB2cC3dD4eE5fF6gG7h', versions: [{ ...version, text: null }] },
  ],
  pictures: [
    { hash, inside: true },
    { hash, inside: false },
  ],
  outcome: {
    day: '2026-11-24',
    words: 'We looked at what you reported, and we have acted on it.',
    statement: {
      limb: 'illegal',
      reference: 'Protection from Harassment Act 1997, section 2',
      category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
      territories: ['GB'],
      applied: '2026-11-24',
      byPeople: true,
    },
    measures: [
      { kind: 'hide-item', until: null, inForce: true },
      { kind: 'bar', until: '2027-11-24', inForce: true },
    ],
    appeals: ['waiting'],
  },
};
const numbers = {
  emergency: '999',
  policeNotUrgent: '101',
  signposts: [{ name: 'Samaritans', how: 'call 116 123, free, day and night', beside: true }],
};

let browser: Browser;
let home: string;
let address: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'answerable-evidence-'));
  const path = join(home, 'evidence-commons.html');
  const { page, manifest } = renderPack(record, [await withPlace()], '2026-11-24T09:30:00.000Z', numbers);
  writeFileSync(path, sealPage(page, { manifest, salt: 'A'.repeat(43), proof: null }));
  address = pathToFileURL(path).href;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

it.each([
  ['phone', { viewport: { width: 320, height: 640 } }],
  ['desktop', { viewport: { width: 1100, height: 800 } }],
  ['dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const }],
])(
  'can be read on a %s, with whom to call before anything else that is asked of the reader',
  async (name, options) => {
    const { page, complaints, leave } = await newVisitor(browser, options);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url().slice(0, 5)));
    await page.goto(address);
    const titles = await page.getByRole('heading', { level: 2 }).allInnerTexts();
    expect(titles).toEqual([
      'Whom to call',
      'What was reported',
      'What was kept',
      'Pictures',
      'What was decided',
      'Who it was',
      'What this proves, and what it does not',
      'Before you hand it on',
      'How to check it',
    ]);
    await page.getByText('Somebody is in danger now: call 999.').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await picture(page, `evidence-${name}`);
    expect(asked.every((start) => start === 'file:' || start === 'data:')).toBe(true);
    expect(complaints).toEqual([]);
    await leave();
  },
);

it('text of twice the size fits a phone', async () => {
  const { page, leave } = await newVisitor(browser, { viewport: { width: 320, height: 640 } });
  await page.goto(address);
  await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'));
  await expectNoSidewaysScroll(page);
  await leave();
});

it('prints, with everything on the paper that is on the screen', async () => {
  const { page, leave } = await newVisitor(browser);
  await page.goto(address);
  const path = join(process.env.SCREENSHOTS ?? home, 'evidence.pdf');
  await page.pdf({ path, format: 'A4' });
  expect(statSync(path).size).toBeGreaterThan(20_000);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 640, height: 900 });
  await picture(page, 'evidence-printed');
  await expectNoSidewaysScroll(page);
  const hidden = await page
    .locator('main *:not(script)')
    .evaluateAll((all) => all.filter((one) => getComputedStyle(one).display === 'none').length);
  expect(hidden).toBe(0);
  await leave();
});
