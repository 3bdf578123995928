/** Pictures of a place that asks somebody to attach an account from before. */
import { asked, member } from './fake-wallet-worker.ts';
import type { Shot } from './wallet-shots-vault.ts';

const at = '#/ask?request=eyJ9';
const ask = [{ value: { ...asked, claims: 'old_wren' } }];
const here = { gateway: asked.gateway, platform: asked.platform, title: asked.title, slot: 1 };
const title = 'Commons asks';

export const claimShots: Shot[] = [
  {
    name: 'ask-claim',
    at,
    recital: { look: [{ value: member }], ask },
    title,
    reach: async (page) => {
      await page.locator('[data-test="claims"]').getByText('old_wren').waitFor();
      // The name is what it is: nothing to choose, and none proposed.
      if (await page.locator('[data-test="handle"]').count()) throw new Error('a name is asked for');
    },
  },
  {
    name: 'ask-claim-beside',
    at,
    recital: { look: [{ value: { ...member, recent: [here] } }], ask },
    title,
    reach: async (page) => {
      // Whoever has an account here attaches this one as the next, unless they choose otherwise.
      await page.getByRole('radio', { name: 'I attach “old_wren”', checked: true }).waitFor();
      const slot = await page.locator('[data-test="slot"]').inputValue();
      if (slot !== '2') throw new Error('the account that is there already is offered');
    },
  },
  {
    name: 'ask-claim-left',
    at,
    recital: { look: [{ value: member }], ask },
    title,
    reach: async (page) => {
      await page.getByRole('radio', { name: 'I have an account here' }).check();
      await page.getByText('Then “old_wren” is not attached to you.').waitFor();
    },
  },
  ...(['claim_over', 'account_attached'] as const).map(
    (code): Shot => ({
      name: `ask-${code}`,
      at,
      recital: { look: [{ value: member }], ask, answer: [{ code }] },
      title,
      reach: async (page) => {
        await page.locator('[data-test="ask-continue"]').click();
        await page.locator(`[data-test="refused-${code}"]`).waitFor();
      },
    }),
  ),
];
