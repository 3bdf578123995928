/** Pictures of the screen that says who may reach an account, and ends one. */
import { member, reach } from './fake-wallet-worker.ts';
import type { Shot } from './wallet-shots-vault.ts';

export const reachShots: Shot[] = [
  {
    name: 'reach',
    at: '#/reach?gateway=commons-gateway&platform=commons&slot=1',
    recital: {
      look: [{ value: { ...member, attributes: { ...member.attributes, name: 'Iris Okafor' } } }],
      reach: [{ value: reach }],
    },
    title: 'Who may reach you at Commons',
    reach: (page) => page.locator('[data-test="close-first"]').click(),
  },
  {
    name: 'reach-nobody',
    at: '#/reach?gateway=commons-gateway&platform=commons&slot=1',
    recital: {
      look: [{ value: member }],
      reach: [{ value: { ...reach, knocks: [], blocks: [], doors: [] } }],
    },
    title: 'Who may reach you at Commons',
  },
];
