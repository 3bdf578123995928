/** Pictures of the assisted route: the code on the screen, the wait that is over, the look by two people. */
import { stranger } from './fake-wallet-worker.ts';
import type { Shot } from './wallet-shots-vault.ts';
import { by } from './wallet-steps.ts';

const waiting = { state: 'waiting' as const, until: '2026-12-12', session: 'AAAAAAAAAAAAAAAAAAAAAA' };

export const vouchedShots: Shot[] = [
  {
    name: 'vouched',
    at: '#/vouched?purpose=join',
    recital: {
      look: [{ value: stranger }],
      beVouched: [{ value: { session: 'AAAAAAAAAAAAAAAAAAAAAA', code: 'CDFG-3467' } }],
      vouchedYet: [{ value: { vouched: false } }],
    },
    title: 'Somebody vouches for you',
    reach: async (page) => {
      await by(page, 'show-code').click();
      await by(page, 'code').waitFor();
    },
  },
  {
    name: 'review',
    at: '#/review',
    recital: { look: [{ value: stranger }], askReview: [{ value: waiting }] },
    title: 'A person has to look',
    reach: async (page) => {
      await by(page, 'ask-review').click();
      await by(page, 'review-state').waitFor();
    },
  },
  {
    name: 'review-different',
    at: '#/review',
    recital: { look: [{ value: stranger }], askReview: [{ value: { ...waiting, state: 'different' } }] },
    title: 'A person has to look',
    reach: async (page) => {
      await by(page, 'ask-review').click();
      await by(page, 'go-on').waitFor();
    },
  },
];
