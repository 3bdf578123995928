import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Output } from '@answerable/wallet/app/boundary/actions';
import { startWalletHost, type WalletHost } from '@answerable/wallet/host';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, newVisitor, openBrowser, picture } from './browser.ts';
import { member, type Recital, reciteIn, stranger } from './fake-wallet-worker.ts';

const phone = { viewport: { width: 320, height: 640 } };
const desktop = { viewport: { width: 1100, height: 800 } };

let browser: Browser;
let host: WalletHost;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'answerable-record-screens-'));
  host = await startWalletHost({ mode: 'practice', port: 0, policyPath: join(home, 'none.policy') });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await host?.close();
  rmSync(home, { recursive: true, force: true });
});

async function visit(recital: Recital, at: string, options: BrowserContextOptions = {}) {
  const visitor = await newVisitor(browser, options);
  await reciteIn(visitor.page.context(), recital);
  await visitor.page.goto(`${host.origin}/${at}`);
  return visitor;
}
const by = (page: Page, test: string) => page.locator(`[data-test="${test}"]`);

const live: Output<'record'> = {
  record: {
    enrolled: '2026-03-02',
    attributes: { over_13: 'yes', over_16: 'yes', over_18: 'yes', residence: 'gb', assurance: 'medium' },
    standing: 'live',
    reason: null,
    since: null,
    end: null,
    resets: { count: 0, last: null, asked: null },
    words: { set: true, version: 2 },
    identifiers: { accounts: 1, strong: 2, weak: 1 },
    routes: [
      { purpose: 'join', route: 'Practice Login', day: '2026-03-02' },
      { purpose: 'return', route: 'referee', day: '2026-09-14' },
    ],
    keeps: { endWaitDays: 7, retentionDays: 365, tagsKeptDays: 1825, identityUntil: null, recordUntil: null },
  },
  devices: [
    { device: 'A'.repeat(43), label: 'Phone', day: '2026-03-02', here: true },
    { device: 'B'.repeat(43), label: 'Laptop at work', day: '2026-09-14', here: false },
    { device: 'C'.repeat(43), label: undefined, day: '2026-11-20', here: false },
  ],
  seal: 'logged',
};
const end = { asked: '2026-11-20', confirmable: '2026-11-27', lapses: '2026-12-27' };
const withRecord = (change: Partial<Output<'record'>['record']>): Output<'record'> => ({
  ...live,
  record: { ...live.record, ...change },
});
const suspended = withRecord({ standing: 'suspended', reason: 'fraud', since: '2026-11-01' });
const ended = withRecord({ standing: 'ended', reason: 'own-wish', since: '2026-11-01' });
const seen = {
  standing: 'live',
  reason: null,
  end,
  resetAsked: '2026-11-21',
  resetEnds: '2026-12-21',
  words: null,
} as const;

interface Shot {
  name: string;
  at: string;
  recital: Recital;
  reach: (page: Page) => Promise<void>;
}
const looked = { look: [{ value: member }] };
const see = (test: string) => (page: Page) => by(page, test).first().waitFor();
const shots: Shot[] = [
  {
    name: 'record',
    at: '#/record',
    recital: { ...looked, record: [{ value: live }] },
    reach: see('standing-live'),
  },
  {
    name: 'record-suspended',
    at: '#/record',
    recital: { ...looked, record: [{ value: suspended }] },
    reach: see('standing-suspended'),
  },
  {
    name: 'record-ended',
    at: '#/record',
    recital: { ...looked, record: [{ value: { ...ended, seal: 'erased' } }] },
    reach: see('standing-ended'),
  },
  { name: 'leave', at: '#/leave', recital: { ...looked, record: [{ value: live }] }, reach: see('ask-end') },
  {
    name: 'leave-asked',
    at: '#/leave',
    recital: { ...looked, record: [{ value: withRecord({ end }) }] },
    reach: see('confirm-end'),
  },
  {
    name: 'devices',
    at: '#/devices',
    recital: { ...looked, record: [{ value: live }] },
    reach: async (page) => {
      await by(page, 'remove-device').first().click();
      await by(page, 'remove-yes').waitFor();
    },
  },
  {
    name: 'home-end-asked',
    at: '',
    recital: { look: [{ value: { ...member, record: { seen, removed: false } } }] },
    reach: see('pending-end'),
  },
  {
    name: 'welcome-removed',
    at: '',
    recital: { look: [{ value: { ...stranger, record: { seen: null, removed: true } } }] },
    reach: see('removed'),
  },
];

const looks = [
  { colorScheme: 'light', size: phone },
  { colorScheme: 'dark', size: phone },
  { colorScheme: 'light', size: desktop },
] as const;

describe('the screens of the record', () => {
  it.each(shots)(
    '$name: accessible, 320 px and wide, light and dark',
    async ({ name, at, recital, reach }) => {
      const { page, complaints, leave } = await visit(recital, at, { reducedMotion: 'reduce', ...phone });
      await reach(page);
      for (const { colorScheme, size } of looks) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(size.viewport);
        await picture(page, `wallet-${name}-${colorScheme}-${size.viewport.width}`);
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      }
      expect(complaints).toEqual([]);
      await leave();
    },
  );

  it('an end is stopped from the home screen, and the file is saved without leaving the browser', async () => {
    const calm = {
      ...member,
      record: { seen: { ...seen, end: null, resetAsked: null, resetEnds: null }, removed: false },
    };
    const { page, leave } = await visit(
      {
        look: [{ value: { ...member, record: { seen, removed: false } } }, { value: calm }],
        endRecord: [{ value: { end: null } }],
        record: [{ value: live }],
        exportRecord: [{ value: { name: 'my-record-2026-11-27.json', text: '{}' } }],
      },
      '',
    );
    await by(page, 'stop-end').click();
    await by(page, 'pending-end').waitFor({ state: 'detached' });
    await by(page, 'end-stopped').waitFor();
    await by(page, 'more').click();
    await by(page, 'record').click();
    const saving = page.waitForEvent('download');
    await by(page, 'save-record').click();
    expect((await saving).suggestedFilename()).toBe('my-record-2026-11-27.json');
    await leave();
  });
});
