/** Pictures of an account's messages, and of the screen that says who may reach it, and ends it. */
import { inbox, member, reach } from './fake-wallet-worker.ts';
import type { Shot } from './wallet-shots-vault.ts';

const commons = { gateway: 'commons-gateway', platform: 'commons', title: 'Commons' };
const recent = [
  { ...commons, slot: 2 },
  { ...commons, platform: 'lantern', title: 'Lantern', slot: 1 },
];

export const reachShots: Shot[] = [
  {
    name: 'inbox',
    at: '#/inbox?gateway=commons-gateway&platform=commons&slot=1',
    recital: { look: [{ value: member }], inbox: [{ value: inbox }] },
    title: 'Messages from Commons',
    reach: (page) =>
      page.locator('[data-test="appeal"]').getByText('Appeal', { exact: true }).first().click(),
  },
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
  {
    name: 'reach-which',
    at: '#/reach?gateway=commons-gateway&platform=commons',
    recital: { look: [{ value: { ...member, recent } }] },
    title: 'Who may reach you at Commons',
  },
  {
    name: 'reach-anywhere',
    at: '#/reach',
    recital: { look: [{ value: member }] },
    title: 'Who may reach you',
  },
];
