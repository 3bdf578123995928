/** Screens of who has more than one way to show who they are, and of who was refused on one. */
import { network, stranger } from './fake-wallet-worker.ts';
import type { Shot } from './wallet-shots-vault.ts';

const routes = [...network.routes, { id: 'other-login', title: 'Other Login' }];
const choosing = { ...stranger, network: { ...network, routes, referees: true } };

const refused = (code: string, title: string): Shot => ({
  name: `refused-${code.replaceAll('_', '-')}`,
  at: `#/enrolled?session=a&refusal=${code}`,
  recital: { look: [{ value: choosing }] },
  title,
});

export const routeShots: Shot[] = [
  {
    name: 'join-routes',
    at: '#/join',
    recital: { look: [{ value: choosing }] },
    title: 'Join',
    reach: async (page) => {
      await page.getByLabel('Other Login').check();
      await page.locator('[data-test="route-other-login"]:checked').waitFor();
    },
  },
  {
    ...refused('evidence_unproven', 'They could not confirm who you are'),
    reach: (page) => page.locator('[data-test="other-ways"]').getByRole('link').nth(2).waitFor(),
  },
  refused('evidence_denied', 'You stopped before it was done'),
  refused('evidence_unavailable', 'The service where you prove who you are does not answer'),
  {
    ...refused('too_young', 'You can join from your thirteenth birthday'),
    reach: async (page) => {
      await page.locator('[data-test="refused-too_young"]').waitFor();
      if (await page.locator('[data-test="other-ways"]').count()) throw new Error('no other way helps');
    },
  },
];
