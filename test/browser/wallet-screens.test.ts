import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routeOf, screens } from '@answerable/wallet/app/route';
import { startWalletHost, type WalletHost } from '@answerable/wallet/host';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, newVisitor, openBrowser, picture } from './browser.ts';
import { asked, counts, member, network, type Recital, reciteIn, stranger } from './fake-wallet-worker.ts';
import { askShots } from './wallet-shots-ask.ts';
import { claimShots } from './wallet-shots-claims.ts';
import { codeShots } from './wallet-shots-code.ts';
import { reachShots } from './wallet-shots-reach.ts';
import { cardRecital, expectNeutralCard, returnShots } from './wallet-shots-return.ts';
import { routeShots } from './wallet-shots-routes.ts';
import { type Shot, vaultShots } from './wallet-shots-vault.ts';
import { vouchedShots } from './wallet-shots-vouched.ts';

const words = ['abacus', 'lantern', 'orchard', 'violet'];
const phone = { viewport: { width: 320, height: 640 } };
const desktop = { viewport: { width: 1100, height: 800 } };

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

/** What the worker does beside any screen. */
const always: Recital = {
  counts: [{ value: counts }],
  proposeHandle: [{ value: { handle: 'ladowi27' } }],
  handleUsed: [{ value: { elsewhere: false } }],
};
async function visit(recital: Recital, at = '', options: BrowserContextOptions = {}) {
  const visitor = await newVisitor(browser, options);
  await reciteIn(visitor.page.context(), { ...always, ...recital });
  await visitor.page.goto(`${host.origin}/${at}`);
  return visitor;
}
const by = (page: Page, test: string) => page.locator(`[data-test="${test}"]`);
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

const ask = '#/ask?request=eyJ9';
const showWords = async (page: Page) => {
  await by(page, 'show-words').click();
  await by(page, 'words').waitFor();
};
const shots: Shot[] = [
  { name: 'welcome', at: '', recital: { look: [{ value: stranger }] }, title: 'Hello' },
  { name: 'join', at: '#/join', recital: { look: [{ value: stranger }] }, title: 'Join' },
  {
    name: 'enrolled',
    at: '#/enrolled?session=a&code=b',
    recital: {
      look: [{ value: stranger }],
      finish: [{ steps: ['evidence', 'credential', 'log'], hangs: true }],
    },
    title: 'Welcome back',
    reach: (page) => page.getByRole('list').getByText('written in the public log').waitFor(),
  },
  {
    name: 'person-known',
    at: '#/enrolled?session=a&code=b',
    recital: { look: [{ value: stranger }], finish: [{ code: 'person_known' }] },
    title: 'You have joined before',
    reach: (page) => by(page, 'refused-person_known').waitFor(),
  },
  {
    name: 'words',
    at: '#/words',
    recital: { look: [{ value: member }], proposeWords: [{ value: { words } }] },
    title: 'Your four words',
    reach: showWords,
  },
  {
    name: 'words-check',
    at: '#/words',
    recital: {
      look: [{ value: member }],
      proposeWords: [{ value: { words } }],
      checkWord: [{ value: { known: false, near: ['lantern', 'latern'] } }],
    },
    title: 'Let us check',
    reach: async (page) => {
      await showWords(page);
      await by(page, 'written').click();
      await by(page, 'word-2').fill('lanterm');
      await by(page, 'word-3').focus();
      await page.getByText('Did you mean').waitFor();
    },
  },
  {
    name: 'words-skip',
    at: '#/words',
    recital: { look: [{ value: { ...member, wordsSet: false } }] },
    title: 'Without words?',
    reach: (page) => by(page, 'skip-words').click(),
  },
  {
    name: 'home',
    at: '',
    recital: { look: [{ value: { ...member, waiting: { title: 'Commons', request: 'x' } } }] },
    title: 'Your wallet',
  },
  {
    name: 'home-no-words',
    at: '',
    recital: { look: [{ value: { ...member, wordsSet: false } }] },
    title: 'Your wallet',
  },
  {
    name: 'ask',
    at: ask,
    recital: { look: [{ value: member }], ask: [{ value: asked }] },
    title: 'Commons asks',
  },
  {
    name: 'ask-join-first',
    at: ask,
    recital: { look: [{ value: stranger }], ask: [{ value: { ...asked, ready: false } }] },
    title: 'Commons asks',
  },
  {
    name: 'ask-barred',
    at: ask,
    recital: { look: [{ value: member }], ask: [{ value: asked }], answer: [{ code: 'barred' }] },
    title: 'Commons asks',
    reach: async (page) => {
      await by(page, 'handle').fill('quiet_fox');
      await by(page, 'ask-continue').click();
      await by(page, 'reasons').waitFor();
    },
  },
  {
    name: 'ask-not-trusted',
    at: ask,
    recital: { look: [{ value: member }], ask: [{ code: 'request_refused' }] },
    title: 'This request is not from whom it says',
    reach: (page) => by(page, 'refused-request_refused').waitFor(),
  },
  { name: 'ask-nothing', at: '#/ask', recital: { look: [{ value: member }] }, title: 'Nothing to answer' },
  { name: 'recall', at: '#/back', recital: { look: [{ value: stranger }] }, title: 'Come back' },
  {
    name: 'recall-wrong',
    at: '#/back',
    recital: {
      look: [{ value: { ...stranger, recallOpen: true } }],
      checkWord: [{ value: { known: true, near: [] } }],
      recall: [{ steps: ['keepers'], code: 'words_wrong', facts: { triesLeft: 17, triesLeftToday: 2 } }],
    },
    title: 'Type your four words',
    reach: async (page) => {
      for (const [i, word] of words.entries()) await by(page, `word-${i + 1}`).fill(word);
      await by(page, 'try-words').click();
      await by(page, 'tries').getByText('17 tries are left. 2 of them today.').waitFor();
    },
  },
  {
    name: 'recall-done',
    at: '#/back',
    recital: {
      look: [{ value: { ...stranger, recallOpen: true } }, { value: member }],
      checkWord: [{ value: { known: true, near: [] } }],
      recall: [{ value: { othersTries: 0 } }],
      keeperFaults: [{ value: [] }],
    },
    title: 'You are back',
    reach: async (page) => {
      await by(page, 'word-1').fill(words.join(' '));
      await by(page, 'try-words').click();
    },
  },
  {
    name: 'reset',
    at: '#/reset',
    recital: { look: [{ value: stranger }] },
    title: 'When the words are lost',
  },
  {
    name: 'notices-none',
    at: '#/notices',
    recital: { look: [{ value: member }], findNotices: [{ value: { entriesRead: 412, notices: [] } }] },
    title: 'Was one of my accounts opened?',
    reach: (page) => by(page, 'notices-0').waitFor(),
  },
  {
    name: 'notices-one',
    at: '#/notices',
    recital: {
      look: [{ value: member }],
      findNotices: [
        {
          value: {
            entriesRead: 412,
            notices: [
              {
                platform: 'Commons',
                slot: 1,
                authority: 'Crown Court',
                ground: 'Threat to life',
                guardians: network.guardians.slice(0, 2),
                index: 230,
                witnesses: ['citizens-guard', 'keeper-2', 'quaker-house'],
                proof: '{}',
              },
            ],
          },
        },
      ],
    },
    title: 'Was one of my accounts opened?',
    reach: (page) => by(page, 'notice').waitFor(),
  },
  { name: 'forget', at: '#/forget', recital: { look: [{ value: member }] }, title: 'Forget this device' },
  {
    name: 'limits',
    at: '#/limits',
    recital: { look: [{ value: stranger }] },
    title: 'What this does not hide',
  },
  {
    name: 'policy-refused',
    at: '',
    recital: { look: [{ code: 'policy_refused' }] },
    title: 'The rules of this network changed in a way this wallet does not accept',
    reach: (page) => by(page, 'refused-policy_refused').waitFor(),
  },
];

const looks = [
  { colorScheme: 'light', size: phone },
  { colorScheme: 'dark', size: phone },
  { colorScheme: 'light', size: desktop },
  { colorScheme: 'dark', size: desktop },
] as const;

/** Screens of the record have a file of their own. */
const inRecordScreens = ['record', 'devices', 'leave'];
const allShots = [
  ...shots,
  ...vaultShots,
  ...returnShots,
  ...codeShots,
  ...vouchedShots,
  ...routeShots,
  ...reachShots,
  ...askShots,
  ...claimShots,
];

describe('every screen of the wallet', () => {
  it('is looked at here: none was added without a picture', () => {
    const seen = new Set<string>([...inRecordScreens, ...allShots.map(({ at }) => routeOf(at).name)]);
    expect(screens.filter((name) => !seen.has(name))).toEqual([]);
  });

  it.each(allShots)('$name: accessible, 320 px and wide, light and dark', async (shot) => {
    const { page, complaints, leave } = await visit(shot.recital, shot.at, {
      reducedMotion: 'reduce',
      ...phone,
    });
    await shot.reach?.(page);
    await heading(page, shot.title);
    for (const { colorScheme, size } of looks) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size.viewport);
      await picture(page, `wallet-${shot.name}-${colorScheme}-${size.viewport.width}`);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    }
    expect(complaints).toEqual([]);
    await leave();
  });
});

describe('by keyboard and by ear', () => {
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');
  const tabTo = async (page: Page, text: string) => {
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      if ((await focused(page)).startsWith(text)) return;
    }
    throw new Error(`Tab never reached ${text}`);
  };

  it('from the first screen to the words, and every new screen begins at its heading', async () => {
    const joined = { ...member, wordsSet: false };
    const { page, leave } = await visit({
      look: [{ value: stranger }, { value: joined }],
      begin: [{ value: { authorizationUrl: `${host.origin}/?back#/enrolled?session=a&code=b` } }],
      finish: [
        {
          steps: ['evidence', 'credential', 'log'],
          value: { end: 'joined', identity: { name: 'Ada', birthDate: '1990-01-02', evidence: 'passport' } },
        },
      ],
      proposeWords: [{ value: { words } }],
      checkWord: [{ value: { known: true, near: [] } }],
      setWords: [{ steps: ['keepers'], value: null }],
    });
    await heading(page, 'Hello');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    await tabTo(page, 'Join');
    await page.keyboard.press('Enter');
    await heading(page, 'Join');
    expect(await focused(page)).toBe('Join');
    await tabTo(page, 'Prove who I am');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/?back**');
    await leave();
  });

  it('words can be set without a mouse: typed, or ticked', async () => {
    const recital: Recital = {
      look: [{ value: { ...member, wordsSet: false } }, { value: member }],
      proposeWords: [{ value: { words } }],
      checkWord: [{ value: { known: true, near: [] } }],
      setWords: [{ steps: ['keepers'], value: null }],
    };
    for (const how of ['typed', 'wrong', 'ticked'] as const) {
      const { page, leave } = await visit(recital, '#/words');
      await tabTo(page, 'Show my four words');
      await page.keyboard.press('Enter');
      await by(page, 'words').waitFor();
      await tabTo(page, 'I have written them down');
      await page.keyboard.press('Enter');
      await heading(page, 'Let us check');
      expect(await focused(page)).toBe('Let us check');
      await page.keyboard.press('Tab');
      if (how === 'ticked') {
        for (let i = 0; i < words.length; i++) await page.keyboard.press('Tab');
        await page.keyboard.press('Space');
      } else await page.keyboard.type((how === 'typed' ? words : [...words].reverse()).join(' '));
      await page.keyboard.press('Enter');
      if (how === 'wrong') expect(await page.getByText('That is not the word on your list').count()).toBe(4);
      else await heading(page, 'Your wallet');
      await leave();
    }
  });

  it('the printed card has the words and how to come back, and gives nothing away', async () => {
    const { page, leave } = await visit(cardRecital, '#/words', { colorScheme: 'dark' });
    await expectNeutralCard(page);
    await picture(page, 'wallet-card-printed');
    await leave();
  });

  it('steps and refusals are read aloud', async () => {
    const { page, leave } = await visit(
      { look: [{ value: stranger }], finish: [{ steps: ['evidence', 'credential', 'log'], hangs: true }] },
      '#/enrolled?session=a&code=b',
    );
    await page.getByRole('status').getByText('Your record is being written in the public log').waitFor();
    await leave();
    const refused = await visit(
      { look: [{ value: member }], inbox: [{ code: 'account_unknown' }] },
      '#/inbox?gateway=x&platform=y',
    );
    await refused.page.getByRole('alert').getByText('You have no such account here').waitFor();
    await refused.leave();
  });

  it('text of twice the size fits a phone', async () => {
    const { page, leave } = await visit({ look: [{ value: member }], ask: [{ value: asked }] }, ask, phone);
    await heading(page, 'Commons asks');
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    await expectNoSidewaysScroll(page);
    await picture(page, 'wallet-ask-200-percent');
    await leave();
  });

  it('nothing of a request stays in the address bar', async () => {
    const { page, leave } = await visit({ look: [{ value: member }], ask: [{ value: asked }] }, ask);
    await heading(page, 'Commons asks');
    expect(new URL(page.url()).hash).toBe('#/ask');
    await leave();
  });
});
