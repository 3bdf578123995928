/** A gateway: wallets, holders, and the desk of its trust domain. */
import { messageLabels } from '@answerable/protocol/labels';
import type { Json } from '../hostile.ts';
import type { Stage } from '../stage.ts';
import { type Address, bySelf, hash, id, now, publicKnownKey, signedAsk, today } from './address.ts';

const atInteraction = {
  fetch: ({ visit }: Stage) => visit.browser.fetch as typeof fetch,
};
const interactionPath = (end: string) => (stage: Stage) => `${new URL(stage.visit.at).pathname}${end}`;

/** Forms and scripts of the console, sent by who has no session there: each is read and refused. */
const atConsole: Address[] = [
  '/join',
  '/sign-in/passkey/challenge',
  '/sign-in/passkey',
  '/you/passkeys/challenge',
  '/you/passkeys',
  '/you/passkeys/removal',
  '/you/tokens',
  '/you/tokens/removal',
  '/platforms/:platform/sanction',
  '/platforms/:platform/emergency',
  '/sanctions/:sanction/end',
  '/undone',
  '/undone/:act/look',
  '/undone/:act/done',
  '/keys',
  '/people',
  '/people/:id/role',
  '/people/:id/links',
  '/people/:id/removal',
].map((route) => ({
  role: 'gateway-commons' as const,
  route,
  path: () =>
    route
      .replace(':id', id())
      .replace(':sanction', id())
      .replace(':act', hash())
      .replace(':platform', 'commons'),
}));

/** Follows nothing: it is refused for that, and not for its shape. */
const hostilePolicy = {
  v: 1,
  platform: 'commons',
  title: 'Commons',
  accountsMax: 3,
  disclose: ['over_13', 'residence', 'reset_recent'],
  grounds: ['threat-to-life'],
  sanctionsHoldThePerson: true,
  resetNeedsModerator: true,
};

export const gateway: Address[] = [
  ...atConsole,
  {
    role: 'gateway-commons',
    route: '/admin/platforms/:platform/exit-file',
    path: () => '/admin/platforms/commons/exit-file',
    who: 'machine',
    message: () => ({}),
  },
  ...['/admin/undone/:act/look', '/admin/undone/:act/done', '/admin/undone/retries'].map((route) => ({
    role: 'gateway-commons' as const,
    route,
    path: () => route.replace(':act', hash()),
    who: 'machine' as const,
    message: () => ({}),
  })),
  {
    role: 'gateway-commons',
    route: '/admin/sanctions',
    who: 'machine',
    message: () => ({
      platform: 'commons',
      handle: 'nobody-has-this',
      caseId: id(),
      holds: 'account',
      step: 'warn',
      until: null,
      reason: 'Because of what was written there.',
    }),
  },
  ...['/admin/emergency', '/admin/emergency/end'].map((route) => ({
    role: 'gateway-commons' as const,
    route,
    who: 'machine' as const,
    message: () => ({
      platform: 'commons',
      ...(route.endsWith('/end') ? {} : { minutes: 5 }),
      reason: 'The network is away.',
    }),
  })),
  {
    role: 'gateway-commons',
    route: '/admin/sanctions/:sanction/lift',
    path: () => `/admin/sanctions/${id()}/lift`,
    who: 'machine',
    message: () => ({ reason: 'It was a mistake of ours.' }),
  },
  ...['/admin/platforms/:platform/policies', '/admin/platforms/:platform/policies/trials'].map((route) => ({
    role: 'gateway-commons' as const,
    route,
    path: () => route.replace(':platform', 'commons'),
    who: 'machine' as const,
    message: () => ({
      policy: {
        v: 1,
        platform: 'commons',
        title: 'Commons',
        accountsMax: 1,
        disclose: [],
        grounds: [],
        sanctionsHoldThePerson: true,
        resetNeedsModerator: true,
      },
    }),
  })),
  {
    role: 'gateway-commons',
    route: '/admin/keys/rotations',
    who: 'machine',
    message: () => ({ why: 'time' }),
  },
  {
    role: 'gateway-commons',
    route: '/operator/sign-in-links',
    who: 'machine',
    message: () => ({ name: 'Robin' }),
  },
  {
    role: 'gateway-commons',
    route: '/interaction/:request/answer',
    path: interactionPath('/answer'),
    ...atInteraction,
    message: ({ visit }) => visit.answer as unknown as Json,
  },
  {
    role: 'gateway-commons',
    route: '/account/calls',
    sign: bySelf(messageLabels.accountCall),
    message: () => ({
      gateway: 'gateway-commons',
      accountKey: publicKnownKey,
      nonce: id(),
      at: now(),
      call: { kind: 'appeal', caseId: id(), track: 'normal', grounds: 'It was not me.' },
    }),
  },
  {
    role: 'gateway-commons',
    route: '/desk/commitments',
    who: 'domain',
    message: () => ({ id: id(), commitment: hash() }),
  },
  {
    role: 'gateway-commons',
    route: '/desk/promises',
    who: 'domain',
    message: ({ sub }) => ({ platform: 'commons', subs: [sub] }),
  },
  {
    role: 'gateway-commons',
    route: '/desk/persons',
    who: 'domain',
    message: ({ sub }) => ({ caseId: id(), subs: [sub] }),
  },
  {
    role: 'gateway-commons',
    route: '/desk/sanctions',
    who: 'domain',
    message: ({ sub }) => ({
      sanction: id(),
      caseId: id(),
      sub,
      holds: 'account',
      step: 'warn',
      until: '2027-01-01',
      from: '2026-12-01',
    }),
  },
  {
    role: 'gateway-commons',
    route: '/desk/sanctions/:sanction/lift',
    path: () => `/desk/sanctions/${id()}/lift`,
    who: 'domain',
  },
  {
    role: 'gateway-commons',
    route: '/desk/commitments',
    who: 'domain',
    message: () => ({ id: id(), commitment: 'A'.repeat(43) }),
  },
  {
    role: 'gateway-commons',
    route: '/desk/inbox',
    who: 'domain',
    message: ({ sub }) => ({
      message: id(),
      sub,
      holds: 'account',
      item: {
        kind: 'statement',
        caseId: id(),
        day: today,
        title: 'Reasons',
        body: 'Because.',
        appealUntil: today,
      },
    }),
  },
  {
    role: 'gateway-commons',
    route: '/desk/filings',
    who: 'domain',
    message: (stage) => ({
      caseId: id(),
      sub: stage.sub,
      ask: signedAsk(stage),
      item: { locator: `post/${stage.post}`, text: 'Where is the good bread?', posted: now() },
    }),
  },
  {
    role: 'gateway-commons',
    route: '/platform/acts',
    who: 'platform',
    message: ({ sub }) => ({ sub, room: 'square', act: 'reply', to: sub, inTouch: false, seen: {} }),
  },
  {
    role: 'gateway-commons',
    route: '/platform/claims/accounts',
    who: 'platform',
    message: () => ({ accounts: [{ account: '1', handle: 'old_wren' }] }),
  },
  {
    role: 'gateway-commons',
    route: '/platform/acts',
    who: 'platform',
    message: () => ({ sub: null, account: '1', room: 'square', act: 'read' }),
  },
  {
    role: 'gateway-commons',
    route: '/platform/claims',
    who: 'platform',
    message: () => ({ account: '1', handle: 'old_wren', returnTo: 'http://localhost:9/sign-in' }),
  },
  {
    role: 'gateway-commons',
    route: '/claim/:code',
    path: () => `/claim/${'A'.repeat(32)}`,
  },
  {
    role: 'gateway-commons',
    route: '/operator/policies/announcements',
    who: 'operator',
    message: () => ({ policy: { ...hostilePolicy } }),
  },
  {
    role: 'gateway-commons',
    route: '/operator/policies/dry-runs',
    who: 'operator',
    message: () => ({ policy: { ...hostilePolicy } }),
  },
  {
    role: 'gateway-commons',
    route: '/platform/accounts/:sub/wishes',
    method: 'PUT',
    path: ({ sub }) => `/platform/accounts/${sub}/wishes`,
    who: 'platform',
    message: () => ({ reply: true, mention: false, message: true }),
  },
  {
    role: 'gateway-commons',
    route: '/platform/blocks',
    who: 'platform',
    message: ({ sub }) => ({ owner: sub, blocked: sub }),
  },
  {
    role: 'gateway-commons',
    route: '/platform/blocks/removal',
    who: 'platform',
    message: ({ sub }) => ({ owner: sub, blocked: sub }),
  },
  {
    role: 'gateway-commons',
    route: '/platform/knocks',
    who: 'platform',
    message: ({ sub }) => ({ from: sub, to: sub }),
  },
  {
    role: 'gateway-commons',
    route: '/interaction/:request/code',
    path: () => `/interaction/${id()}/code`,
  },
  // Last: whoever leaves is not there any more.
  {
    role: 'gateway-commons',
    route: '/interaction/:request/cancel',
    path: () => `/interaction/${id()}/cancel`,
  },
  {
    role: 'gateway-commons',
    route: '/interaction/:request/break-glass',
    path: () => `/interaction/${id()}/break-glass`,
  },
  {
    role: 'gateway-commons',
    route: '/operator/break-glass',
    who: 'operator',
    message: () => ({ platform: 'commons', minutes: 1, reason: 'the network is away' }),
  },
];
