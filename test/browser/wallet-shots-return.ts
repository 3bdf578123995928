/** Screens of coming back and of who tries to come back as somebody, as wallet-screens.test.ts looks at them. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { member, type Recital, stranger } from './fake-wallet-worker.ts';
import type { Shot } from './wallet-shots-vault.ts';
import { by } from './wallet-steps.ts';

const words = ['abacus', 'lantern', 'orchard', 'violet'];
const counts = { tries: 0, since: '2026-11-02', triesLeft: 20, lastTry: null, lastReturn: null };
const quiet = { news: { tries: 0, returns: 0 }, words: counts, reset: null };
const tried = {
  news: { tries: 3, returns: 0 },
  words: { ...counts, tries: 3, triesLeft: 17, lastTry: '2026-11-20' },
  reset: null,
};
const returned = {
  news: { tries: 3, returns: 1 },
  words: { ...counts, lastTry: '2026-11-21', lastReturn: '2026-11-21' },
  reset: null,
};
const asked = { ...quiet, reset: { asked: '2026-11-20', ends: '2026-12-20' } };
const comeBack: Recital = {
  look: [{ value: { ...stranger, recallOpen: true } }, { value: member }],
  checkWord: [{ value: { known: true, near: [] } }],
};
const typeWords = async (page: Page) => {
  await by(page, 'word-1').fill(words.join(' '));
  await by(page, 'try-words').click();
};

export const returnShots: Shot[] = [
  {
    name: 'recall-done-others',
    at: '#/back',
    recital: {
      ...comeBack,
      recall: [{ value: { othersTries: 3 } }],
      keeperFaults: [
        {
          value: [
            { keeper: 'University library', fault: 'silent' },
            { keeper: 'City archive', fault: 'wrong' },
          ],
        },
      ],
    },
    title: 'You are back',
    reach: async (page) => {
      await typeWords(page);
      await by(page, 'others-tries').waitFor();
      await by(page, 'keeper-faults').getByText('University library did not answer').waitFor();
    },
  },
  {
    name: 'recall-spent',
    at: '#/back',
    recital: { ...comeBack, recall: [{ code: 'budget_spent' }] },
    title: 'Type your four words',
    reach: async (page) => {
      await typeWords(page);
      await by(page, 'refused-budget_spent').waitFor();
    },
  },
  {
    name: 'home-tried',
    at: '',
    recital: {
      look: [{ value: { ...member, wayBack: tried } }, { value: { ...member, wayBack: tried } }],
      noteWatched: [{ value: null }],
    },
    title: 'Your wallet',
    reach: (page) => by(page, 'tries-news').getByText('3 times since you last looked').waitFor(),
  },
  {
    name: 'home-returned',
    at: '',
    recital: { look: [{ value: { ...member, wayBack: returned } }] },
    title: 'Your wallet',
    reach: (page) => by(page, 'tries-news').getByText('Somebody came back with your four words').waitFor(),
  },
  {
    name: 'home-reset',
    at: '',
    recital: { look: [{ value: { ...member, wayBack: asked } }] },
    title: 'Your wallet',
    reach: (page) => by(page, 'reset-asked').getByText('20 December 2026').waitFor(),
  },
  {
    name: 'watch-quiet',
    at: '#/reset',
    recital: { look: [{ value: member }], watchReturn: [{ value: quiet }] },
    title: 'Is somebody trying to come back as you?',
    reach: (page) => by(page, 'watched').getByText('Nobody has tried your four words').waitFor(),
  },
  {
    name: 'watch-reset',
    at: '#/reset',
    recital: {
      look: [{ value: member }],
      watchReturn: [{ value: { ...asked, words: tried.words } }],
      objectToReset: [{ value: null }],
    },
    title: 'Is somebody trying to come back as you?',
    reach: async (page) => {
      await by(page, 'watched').getByText('were tried 3 times since 2 November 2026').waitFor();
      await by(page, 'stop-reset').waitFor();
    },
  },
  {
    name: 'reset-waiting',
    at: '#/enrolled?session=a&code=b',
    recital: { look: [{ value: stranger }], finish: [{ value: { end: 'waiting', ends: '2026-12-20' } }] },
    title: 'The wait has begun',
    reach: (page) => by(page, 'reset-waiting').getByText('20 December 2026').waitFor(),
  },
];

/** The card as it comes out of a printer: four words in order, a line to fold, and no name of anything. */
export const cardRecital: Recital = {
  look: [{ value: member }],
  proposeWords: [{ value: { words } }],
};
export async function expectNeutralCard(page: Page): Promise<void> {
  await by(page, 'show-words').click();
  await by(page, 'words').waitFor();
  await page.emulateMedia({ media: 'print' });
  const printed = await page.evaluate<string>('document.body.innerText');
  const places = words.map((word) => printed.indexOf(word));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  for (const word of [...words, 'Fold here', 'I have been here before']) expect(printed).toContain(word);
  expect(printed).not.toMatch(/answerable|wallet|practice|registrar|credential|localhost|commons/i);
  // On the screen the card is not shown, and the words are.
  await page.emulateMedia({ media: 'screen' });
  expect(await by(page, 'paper-card').isVisible()).toBe(false);
  expect(await by(page, 'words').isVisible()).toBe(true);
  await page.emulateMedia({ media: 'print' });
  // A page that is printed has a title at its edge.
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(await page.title()).toBe('Four words');
}
