/** Screens of opening, locking and the history, as wallet-screens.test.ts looks at them. */
import type { Page } from 'playwright-core';
import { gate, inbox, lines, member, type Recital, stranger, ways } from './fake-wallet-worker.ts';
import { by } from './wallet-steps.ts';

/** One screen: where it is, what the worker says there, its heading, and how to come to what is looked at. */
export interface Shot {
  name: string;
  at: string;
  recital: Recital;
  title: string;
  reach?: (page: Page) => Promise<void>;
}

export const vaultShots: Shot[] = [
  {
    name: 'locked',
    at: '',
    recital: { look: [{ code: 'locked' }], gate: [{ value: gate }], unlock: [{ code: 'lock_closed' }] },
    title: 'Locked',
    reach: async (page) => {
      await by(page, 'passphrase').fill('not this one');
      await by(page, 'open-passphrase').click();
      await by(page, 'refused-lock_closed').waitFor();
      await by(page, 'locked-help').locator('summary').click();
    },
  },
  {
    name: 'locked-wait',
    at: '',
    recital: {
      look: [{ code: 'locked' }],
      gate: [{ value: { ...gate, passkeys: [] } }],
      unlock: [{ code: 'lock_wait', facts: { waitSeconds: 120 } }],
    },
    title: 'Locked',
    reach: async (page) => {
      await by(page, 'passphrase').fill('not this one');
      await by(page, 'open-passphrase').click();
      await page.getByText('You can try again in 2 minutes.').waitFor();
    },
  },
  {
    name: 'security-first',
    at: '#/security',
    recital: {
      look: [{ value: member }],
      gate: [{ value: { ...gate, locked: false, passkeys: [], passphrase: false } }],
      ways: [{ value: [] }],
    },
    title: 'Opening this wallet',
    reach: async (page) => {
      await by(page, 'by-itself').waitFor();
      await by(page, 'set-passphrase').locator('summary').click();
      await by(page, 'new-passphrase').fill('short');
      await by(page, 'set-passphrase-go').click();
    },
  },
  {
    name: 'security',
    at: '#/security',
    recital: {
      look: [{ value: { ...member, lock: gate.lock } }],
      gate: [{ value: { ...gate, locked: false } }],
      ways: [{ value: ways }],
    },
    title: 'Opening this wallet',
    reach: async (page) => {
      await by(page, 'remove-passphrase').waitFor();
      await by(page, 'add-passkey').locator('summary').click();
    },
  },
  {
    name: 'history-closed',
    at: '#/history',
    recital: { look: [{ value: member }], openHistory: [{ code: 'history_closed' }] },
    title: 'My history',
    reach: async (page) => {
      await by(page, 'history-passphrase').fill('somewhere quiet');
      await by(page, 'history-open').click();
      await by(page, 'refused-history_closed').waitFor();
      await by(page, 'history-start').locator('summary').click();
    },
  },
  {
    name: 'history-open',
    at: '#/history',
    recital: { look: [{ value: member }], openHistory: [{ value: lines }], inbox: [{ value: inbox }] },
    title: 'My history',
    reach: async (page) => {
      await by(page, 'history-passphrase').fill('somewhere quiet');
      await by(page, 'history-open').click();
      await by(page, 'standings').click();
      await by(page, 'accounts').getByText('You are barred').first().waitFor();
    },
  },
  {
    name: 'visit',
    at: '#/visit',
    recital: { look: [{ value: stranger }] },
    title: 'A visit that leaves nothing',
  },
  {
    name: 'visit-under-way',
    at: '',
    recital: { look: [{ value: { ...stranger, visiting: true } }] },
    title: 'Hello',
    reach: (page) => by(page, 'end-visit').waitFor(),
  },
  {
    name: 'welcome-aside',
    at: '',
    recital: { look: [{ value: { ...stranger, aside: true } }] },
    title: 'Hello',
    reach: (page) => by(page, 'take-back').waitFor(),
  },
];
