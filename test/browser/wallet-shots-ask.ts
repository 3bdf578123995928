/** Pictures of a server that asks, where the person chooses the name afterwards: the answer goes without one. */
import { asked, member } from './fake-wallet-worker.ts';
import type { Shot } from './wallet-shots-vault.ts';

const recital = {
  look: [{ value: member }],
  ask: [{ value: { ...asked, title: 'Town', namedThere: true, relayAddress: false, rooms: [] } }],
  proposeHandle: [{ value: { handle: 'lobedita42' } }],
  answer: [{ code: 'barred' as const }],
};

export const askShots: Shot[] = [
  {
    name: 'ask-server',
    at: '#/ask?request=eyJ9',
    recital,
    title: 'Town asks',
    reach: async (page) => {
      await page.locator('[data-test="named-there"]').waitFor();
      if ((await page.locator('[data-test="handle"]').count()) > 0) throw new Error('it asks for a name');
    },
  },
  {
    name: 'ask-server-answered',
    at: '#/ask?request=eyJ9',
    recital,
    title: 'Town asks',
    reach: async (page) => {
      await page.locator('[data-test="ask-continue"]').click();
      await page.locator('[data-test="reasons"]').waitFor();
    },
  },
];
