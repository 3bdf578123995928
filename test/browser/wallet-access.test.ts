/** What axe does not see: sizes, zoom, forced colours, where the focus goes, and another language. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWalletHost, type WalletHost } from '@answerable/wallet/host';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, newVisitor, openBrowser, picture } from './browser.ts';
import { asked, counts, inbox, member, type Recital, reciteIn, stranger } from './fake-wallet-worker.ts';
import { returnShots } from './wallet-shots-return.ts';
import { vaultShots } from './wallet-shots-vault.ts';

const sealedLine =
  'passport GBR 123456789; driving-licence DVLA REDFE710203 (medium; https://login.example/oidc)';
const phone = { viewport: { width: 320, height: 640 } };
const targetPxMin = 24;

let browser: Browser;
let host: WalletHost;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'answerable-wallet-'));
  host = await startWalletHost({ mode: 'practice', port: 0, policyPath: join(home, 'none.policy') });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await host?.close();
  rmSync(home, { recursive: true, force: true });
});

const known: Recital = {
  look: [{ value: member }],
  ask: [{ value: asked }],
  counts: [{ value: counts }],
  inbox: [{ value: inbox }],
  proposeHandle: [{ value: { handle: 'ladowi27' } }],
  handleUsed: [{ value: { elsewhere: false } }],
  findNotices: [{ value: { entriesRead: 5_120, notices: [] } }],
};
const unknown: Recital = { ...known, look: [{ value: stranger }] };
async function visit(recital: Recital, at: string, options: BrowserContextOptions = phone) {
  const visitor = await newVisitor(browser, options);
  await reciteIn(visitor.page.context(), recital);
  await visitor.page.goto(`${host.origin}/${at}`);
  await visitor.page.getByRole('heading', { level: 1 }).waitFor();
  return visitor;
}
const by = (page: Page, test: string) => page.locator(`[data-test="${test}"]`);
const screens: [string, Recital][] = [
  ['', unknown],
  ['#/join', unknown],
  ['#/back', unknown],
  ['', known],
  ['#/ask?request=eyJ9', known],
  ['#/inbox?gateway=commons-gateway&platform=commons&slot=1', known],
  ['#/notices', known],
  ['#/forget', known],
  ['#/limits', unknown],
];

interface Shot {
  name: string;
  recital: Recital;
  at?: string;
  reach?: (page: Page) => Promise<unknown>;
}
const ask = '#/ask?request=eyJ9';
const shots: Shot[] = [
  {
    name: 'ask-few',
    at: ask,
    recital: {
      ...known,
      counts: [
        {
          value: {
            ...counts,
            opened: 1,
            refused: { least: 0, most: 0 },
            silent: ['Quaker House'],
            people: 312,
            here: 41,
          },
        },
      ],
    },
    reach: async (page) => {
      await by(page, 'few').waitFor();
      await by(page, 'wait').click();
    },
  },
  {
    name: 'ask-waiting',
    at: ask,
    recital: { ...known, look: [{ value: { ...member, waitUntil: '2026-12-01T09:00:00.000Z' } }] },
    reach: async (page) => {
      await by(page, 'stop-waiting').click();
      await by(page, 'sure-to-stop').check();
    },
  },
  {
    name: 'ask-handle-elsewhere',
    at: ask,
    recital: { ...known, handleUsed: [{ value: { elsewhere: true } }] },
    reach: async (page) => {
      await by(page, 'handle').fill('quiet_fox');
      await by(page, 'ask-continue').click();
      await page.getByText('You have used this name at another place').waitFor();
    },
  },
  {
    name: 'home-opened',
    recital: { ...known, look: [{ value: { ...member, noticesFound: 1 } }] },
    reach: (page) => by(page, 'opened').waitFor(),
  },
  {
    name: 'enrolled-joined',
    at: '#/enrolled?session=a&code=b',
    recital: {
      ...unknown,
      look: [{ value: { ...stranger, waiting: { title: 'Commons', request: 'x' } } }],
      finish: [
        {
          value: { end: 'joined', identity: { name: 'Ada', birthDate: '1990-01-02', evidence: sealedLine } },
        },
      ],
    },
    reach: (page) => by(page, 'go-on-first').waitFor(),
  },
];

describe('screens of consent', () => {
  it.each(shots)('$name: accessible, in light and dark', async ({ name, at = '', recital, reach }) => {
    const { page, complaints, leave } = await visit(recital, at, { reducedMotion: 'reduce', ...phone });
    await reach?.(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await picture(page, `wallet-${name}-${colorScheme}-320`);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    }
    expect(complaints).toEqual([]);
    await leave();
  });
});

/** Everything to press or type into that is smaller than it may be; links inside sentences are exempt. */
const smallTargets = (page: Page) =>
  page.evaluate<string[], number>((min) => {
    document.querySelectorAll('details').forEach((details) => {
      details.open = true;
    });
    const targets = [
      ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary'),
    ];
    return targets
      .filter((target) => target.offsetParent !== null && !target.closest('.skip'))
      .filter(
        (target) =>
          !(
            target.tagName === 'A' &&
            target.parentElement?.matches('p, li') &&
            target.parentElement.textContent !== target.textContent
          ),
      )
      .filter((target) => {
        const { width, height } = target.getBoundingClientRect();
        return width < min || height < min;
      })
      .map((target) => target.outerHTML.slice(0, 120));
  }, targetPxMin);

/** What reaches beyond the right edge of the window. */
const tooWide = (page: Page) =>
  page.evaluate<string[]>(() =>
    [...document.querySelectorAll('main *, header *, footer *')]
      .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map((one) => one.outerHTML.slice(0, 100)),
  );

describe('every screen', () => {
  it.each([...vaultShots, ...returnShots])('$name: the same', async ({ at, recital, reach }) => {
    const { page, leave } = await visit({ ...known, ...recital }, at);
    await reach?.(page);
    expect(await smallTargets(page)).toEqual([]);
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    expect(await tooWide(page)).toEqual([]);
    await leave();
  });

  it.each(screens)(
    '%s: nothing to press is too small, and twice the text fits 320 px',
    async (at, recital) => {
      const { page, leave } = await visit(recital, at);
      expect(await smallTargets(page)).toEqual([]);
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
      expect(await tooWide(page)).toEqual([]);
      await expectNoSidewaysScroll(page);
      await leave();
    },
  );

  it('the first screen in Welsh, whose words are longer: twice the text fits 320 px', async () => {
    const { page, leave } = await visit(unknown, '');
    await page.getByText('Cymraeg', { exact: true }).click();
    await by(page, 'draft').waitFor();
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    expect(await tooWide(page)).toEqual([]);
    await leave();
  });

  it('keeps its borders and its marks in forced colours', async () => {
    const { page, leave } = await visit(known, '#/ask?request=eyJ9');
    await page.emulateMedia({ forcedColors: 'active' });
    const border = await by(page, 'ask-continue').evaluate(
      (button) => getComputedStyle(button).borderTopColor,
    );
    expect(border).not.toMatch(/rgba\(.*, 0\)/);
    await picture(page, 'wallet-forced-colours-ask');
    await leave();
  });
});

describe('before an answer', () => {
  it('one who brings no name presses once, from the first heading to Continue in the order of the page', async () => {
    const answered: Recital = {
      ...known,
      answer: [{ value: { address: `${host.origin}/?gone`, recent: '' } }],
    };
    const { page, leave } = await visit(answered, '#/ask?request=eyJ9');
    await page.getByText('counted this itself').waitFor();
    const order: string[] = [];
    for (let i = 0; i < 20; i++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => document.activeElement?.getAttribute('data-test') ?? '');
      if (at) order.push(at);
      if (at === 'ask-no') break;
    }
    expect(
      order.filter((one) => ['handle', 'another-handle', 'ask-continue', 'ask-no'].includes(one)),
    ).toEqual(['handle', 'another-handle', 'ask-continue', 'ask-no']);
    await by(page, 'ask-continue').click();
    await page.waitForURL('**/?gone');
    await leave();
  });

  it('a stranger presses four times in the wallet, from the question of a place to its answer', async () => {
    const proved = `${host.origin}/?proved#/enrolled?session=a&code=b`;
    const strange: Recital = {
      ...unknown,
      ask: [{ value: { ...asked, ready: false } }],
      begin: [{ value: { authorizationUrl: proved } }],
    };
    const { page, leave } = await visit(strange, '#/ask?request=eyJ9');
    let presses = 0;
    const press = async (test: string) => {
      await by(page, test).first().click();
      presses += 1;
    };
    await press('join');
    await reciteIn(page.context(), {
      ...known,
      look: [{ value: { ...member, wordsSet: false, waiting: { title: 'Commons', request: 'eyJ9' } } }],
      finish: [
        {
          value: { end: 'joined', identity: { name: 'Ada', birthDate: '1990-01-02', evidence: 'passport' } },
        },
      ],
      answer: [{ value: { address: `${host.origin}/?gone`, recent: '' } }],
    });
    await press('prove');
    await page.waitForURL('**/?proved**');
    await press('go-on-first');
    await press('ask-continue');
    await page.waitForURL('**/?gone');
    expect(presses).toBe(4);
    await leave();
  });

  it('a name used elsewhere is sent only when it is meant', async () => {
    const answered: Recital = {
      ...known,
      handleUsed: [{ value: { elsewhere: true } }],
      answer: [{ value: { address: `${host.origin}/?gone`, recent: '' } }],
    };
    const { page, leave } = await visit(answered, '#/ask?request=eyJ9');
    await by(page, 'handle').fill('quiet_fox');
    await by(page, 'ask-continue').click();
    await page.getByText('You have used this name at another place').waitFor();
    expect(page.url()).not.toContain('gone');
    await by(page, 'ask-continue').click();
    await page.waitForURL('**/?gone');
    await leave();
  });
});

describe('a wait', () => {
  it('that begins is said, and the focus is where it is said', async () => {
    const until = '2026-12-01T09:00:00.000Z';
    const waits: Recital = {
      ...known,
      look: [{ value: member }, { value: member }, { value: { ...member, waitUntil: until } }],
      wait: [{ value: { until } }],
    };
    const { page, leave } = await visit(waits, '#/ask?request=eyJ9');
    await by(page, 'wait').click();
    await by(page, 'wait-go').click();
    await by(page, 'still-waiting').waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-test') === 'still-waiting');
    await by(page, 'said').getByText('You chose to wait').waitFor({ state: 'attached' });
    expect(await by(page, 'ask-continue').count()).toBe(0);
    await leave();
  });
});

describe('in Welsh', () => {
  it('a draft that says so, in the right language for a reader, kept for the next time', async () => {
    const { page, complaints, leave } = await visit(known, '');
    await by(page, 'language-cy').click();
    await page.getByRole('heading', { level: 1, name: 'Eich waled' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('cy');
    await by(page, 'draft').waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Eich waled' }).waitFor();
    await page.goto(`${host.origin}/#/ask?request=eyJ9`);
    await page.getByRole('heading', { level: 1, name: 'Mae Commons yn gofyn' }).waitFor();
    await page.getByText('30 Medi 2026').waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await picture(page, 'wallet-welsh-ask');
    await by(page, 'language-en').click();
    await page.getByRole('heading', { level: 1, name: 'Commons asks' }).waitFor();
    expect(await by(page, 'draft').count()).toBe(0);
    expect(complaints).toEqual([]);
    await leave();
  });

  it('is fetched only by who chooses it', async () => {
    const { page, leave } = await visit(known, '');
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(request.url()));
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(fetched.filter((url) => /\/cy-/.test(url))).toEqual([]);
    await by(page, 'language-cy').click();
    await by(page, 'draft').waitFor();
    expect(fetched.filter((url) => /\/cy-/.test(url))).toHaveLength(1);
    await leave();
  });

  it('words about help stay English, and it is said why', async () => {
    const { page, leave } = await visit(known, '#/inbox?gateway=commons-gateway&platform=commons&slot=1');
    await by(page, 'language-cy').click();
    const help = by(page, 'item-help');
    await help.getByText('Please get in touch').waitFor();
    await help.getByText('stay English').waitFor();
    expect(await help.locator('.prose').getAttribute('lang')).toBe('en');
    await leave();
  });
});
