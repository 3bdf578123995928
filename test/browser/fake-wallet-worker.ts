/**
 * A wallet worker that only recites: for looking at every screen without a network. The browser loads it in
 * place of the real one; the window cannot tell.
 */
import type { ActionName, Output, Situation, Step } from '@answerable/wallet/app/boundary/actions';
import type { RefusalFacts, WalletCode } from '@answerable/wallet/app/boundary/rpc';
import type { BrowserContext } from 'playwright-core';

const stepMs = 20;

export type Line<A extends ActionName> = { steps?: Step[] } & (
  | { value: Output<A> }
  | { code: WalletCode; facts?: RefusalFacts }
  /** Never ends. */
  | { hangs: true }
);
/** What is said to each action, in turn; the last line is repeated. */
export type Recital = { [A in ActionName]?: Line<A>[] };

/** Every wallet of this browser profile recites from here on. Returns the inputs of all calls so far. */
export async function reciteIn(context: BrowserContext, recital: Recital): Promise<void> {
  const body = `
    const lines = ${JSON.stringify(recital)};
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    self.addEventListener('message', async ({ data: { id, action } }) => {
      const left = lines[action] ?? [{ code: 'internal' }];
      const line = left.length > 1 ? left.shift() : left[0];
      for (const step of line.steps ?? []) { self.postMessage({ id, step }); await wait(${stepMs}); }
      if (line.hangs) return;
      self.postMessage('code' in line ? { id, code: line.code, facts: line.facts ?? {} } : { id, value: line.value });
    });`;
  await context.route('**/assets/worker-*.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body }),
  );
}

const guardians = ['Citizens Guard', 'University of Leeds', 'Quaker House'];
export const network: Situation['network'] = {
  network: 'practice',
  evidence: 'Practice Login',
  routes: [{ id: 'practice-login', title: 'Practice Login' }],
  registrar: 'Civic Registrar',
  referees: true,
  guardians,
  threshold: 2,
  keepers: 3,
  places: [
    { gateway: 'commons-gateway', platform: 'commons', title: 'Commons' },
    { gateway: 'lantern-gateway', platform: 'lantern', title: 'Lantern' },
  ],
  limits: { recallBudget: 20, recallPerDay: 5, resetWaitSeconds: 30 * 86_400 },
};

export const stranger: Situation = {
  mode: 'practice',
  network,
  holds: 'nothing',
  attributes: {},
  wordsSet: false,
  wordsPossible: false,
  recallOpen: false,
  waiting: null,
  lock: null,
  visiting: false,
  aside: false,
  waitUntil: null,
  noticesFound: 0,
  recent: [],
};
export const member: Situation = {
  ...stranger,
  holds: 'credential',
  attributes: {
    over_13: 'yes',
    over_16: 'yes',
    over_18: 'yes',
    residence: 'gb',
    assurance: 'medium',
    reset_recent: 'no',
    name: '',
  },
  wordsSet: true,
  wordsPossible: true,
};
export const asked: Output<'ask'> = {
  title: 'Commons',
  gateway: 'commons-gateway',
  gatewayTitle: 'Commons front door',
  gatewayOrigin: 'http://localhost:4612',
  platform: 'commons',
  accountsMax: 3,
  discloses: [
    { name: 'over_18', value: 'yes' },
    { name: 'residence', value: 'gb' },
  ],
  grounds: ['Threat to life', 'Serious crime, by order of a court'],
  sanctionsHoldThePerson: true,
  resetNeedsModerator: true,
  relayAddress: true,
  rooms: [
    {
      title: 'The square',
      lines: [
        'Anybody can read.',
        'With an account that a person stands behind, unknown to all, you can post and reply to somebody you do not know.',
      ],
    },
  ],
  claims: null,
  namedThere: false,
  vouched: 'refused',
  guardians,
  threshold: 2,
  ready: true,
};
export const counts: NonNullable<Output<'counts'>> = {
  opened: 3,
  refused: { least: 4, most: 9 },
  until: '2026-09-30',
  silent: [],
  people: 41_230,
  here: 812,
  read: 5_120,
};
const someone = (n: number, handle: string | null, day: string) => ({
  id: `${String.fromCharCode(65 + n).repeat(21)}A`,
  handle,
  day,
});
export const reach: Output<'reach'> = {
  wishes: { reply: false, mention: true, message: true },
  knocks: [someone(0, 'new_neighbour', '2026-11-26'), someone(1, 'wren', '2026-11-25')],
  blocks: [someone(2, 'loud', '2026-11-20'), someone(3, null, '2025-01-04')],
  doors: [
    { ...someone(4, 'iris', '2026-11-27'), sent: false },
    { ...someone(5, 'heron', '2026-11-22'), sent: true },
  ],
};
export const inbox: Output<'inbox'> = {
  slot: 1,
  standing: 'barred',
  until: '2027-05-01',
  items: [
    {
      kind: 'statement',
      caseId: 'AAAAAAAAAAAAAAAAAAAAAA',
      day: '2026-11-20',
      title: 'Why you were barred',
      body: 'You sent forty messages to one person in an hour, from three accounts.\n\nClause 4 of the terms: no harassment.\n\nNo machine decided this. You can appeal here, and you can go to court.',
      appealUntil: '2027-05-20',
    },
    {
      kind: 'hearing',
      caseId: 'BAAAAAAAAAAAAAAAAAAAAA',
      day: '2026-11-21',
      title: 'An authority asks for your name',
      body: 'The ground is: serious crime, by order of a court. What do you say?',
    },
    {
      kind: 'help',
      caseId: 'CAAAAAAAAAAAAAAAAAAAAA',
      day: '2026-11-21',
      title: 'If it is all too much',
      body: 'Samaritans listen, day and night: 116 123.',
    },
  ],
};

export const gate: Output<'gate'> = {
  locked: true,
  // The window hands it on to the browser and looks at nothing of it.
  passkeys: [{ id: 'AAAA', salt: new Uint8Array() }],
  passphrase: true,
  waitSeconds: 0,
  lock: { afterMinutes: 5, whenHidden: false },
  aside: false,
};
export const ways: Output<'ways'> = [
  { id: 'AAAA', kind: 'passkey', name: 'My phone', day: '2026-11-20' },
  { id: 'BBBB', kind: 'passkey', name: 'A key on my ring', day: '2026-11-21' },
  { id: 'CCCC', kind: 'passphrase', name: '', day: '' },
];
export const lines: Output<'openHistory'> = [
  {
    gateway: 'commons-gateway',
    platform: 'commons',
    slot: 1,
    way: 'sign-in',
    disclosed: [],
    day: '2026-11-26',
  },
  {
    gateway: 'lantern-gateway',
    platform: 'lantern',
    slot: 2,
    way: 'new',
    disclosed: ['over_18', 'residence'],
    day: '2026-11-21',
  },
  {
    gateway: 'commons-gateway',
    platform: 'commons',
    slot: 1,
    way: 'new',
    disclosed: ['over_18'],
    day: '2026-11-20',
  },
];
