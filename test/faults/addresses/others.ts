/** The log, the authority’s tool, the practice identity provider and a forum. */
import { messageLabels } from '@answerable/protocol/labels';
import type { Json } from '../hostile.ts';
import type { Stage } from '../stage.ts';
import { type Address, id, today } from './address.ts';

export const others: Address[] = [
  {
    role: 'logbook',
    route: '/entries',
    sign: (stage) => ({ label: messageLabels.logSubmission, key: stage.keyOf('gateway-commons') }),
    message: () => ({
      party: 'gateway-commons',
      key: id(),
      entry: { v: 1, kind: 'census', party: 'gateway-commons', day: today, counts: { persons: 3 } },
    }),
  },
  {
    role: 'logbook',
    route: '/trust-policies',
    message: ({ policy }) => {
      const fewer = { evidence: [], grounds: [], gateways: [], authorities: [] };
      const later = { ...policy, ...fewer, serial: 2, witnesses: { quorum: 0, list: [] } };
      return { policy: later as unknown as Json, signatures: [] };
    },
  },
  {
    role: 'authority',
    route: '/operator/sign-in-links',
    who: 'operator',
    message: () => ({ name: 'Officer' }),
  },
  {
    role: 'authority',
    route: '/api/inquiries',
    who: 'officer',
    message: ({ post }) => ({
      platform: 'commons',
      item: `post/${post}x`,
      ground: 'threat-to-life',
      order: { reference: 'C-1/26', text: 'Who wrote this?', day: today },
    }),
  },
  {
    role: 'authority',
    route: '/api/inquiries/:id/pursue',
    path: () => `/api/inquiries/${id()}/pursue`,
    who: 'officer',
  },
  { role: 'authority', route: '/inquiries', who: 'officer' },
  { role: 'identity-provider', route: '/token', foreign: true },
  { role: 'identity-provider', route: '/userinfo', foreign: true },
  {
    role: 'identity-provider',
    route: '/practice/sign-out',
    message: () => ({ client_id: 'nobody', person: 'hounded', account: 'first' }),
  },
  { role: 'identity-provider', route: '/practice/identity-keys' },
  { role: 'identity-provider', route: '/sign-in/:request', path: () => `/sign-in/${id()}` },
];

const forumMessages: [route: string, message: (stage: Stage) => Json, path?: (stage: Stage) => string][] = [
  ['/threads', () => ({ title: 'Bread', text: 'Where is it?' })],
  ['/posts/:id/replies', () => ({ text: 'There.' }), ({ post }) => `/posts/${post}/replies`],
  ['/pages', () => ({ title: 'Bakers', about: 'All of them.' })],
  ['/pages/:id/posts', () => ({ text: 'There.' }), ({ page }) => `/pages/${page}/posts`],
  ['/me', () => ({ replyRule: 'everyone', bio: 'I like bread.' })],
  ['/me/wishes', () => ({ reply: true, mention: false, message: true })],
  ['/accounts/:handle/block', () => ({}), () => '/accounts/nobody_9/block'],
  ['/accounts/:handle/unblock', () => ({}), () => '/accounts/nobody_9/unblock'],
  ['/accounts/:handle/knock', () => ({}), () => '/accounts/nobody_9/knock'],
  ['/sign-up', () => ({ handle: 'somebody_9', email: 'x@example.org', told: 'uk' })],
  ['/sign-in', () => ({ handle: 'nobody_9', email: 'x@example.org' })],
  [
    '/report',
    ({ post }) => ({
      targets: [`post/${post}`],
      reasons: ['abuse'],
      characteristics: ['religion'],
      capacity: 'user',
      statement: 'Please look.',
    }),
  ],
];

export const commons: Address[] = [
  ...forumMessages.map(
    ([route, message, path]): Address => ({
      role: 'commons',
      route,
      who: 'member',
      message,
      ...(path ? { path } : {}),
    }),
  ),
  {
    role: 'commons',
    route: '/moderation/acts',
    who: 'connector',
    message: ({ post }) => ({ act: id(), kind: 'restore-item', target: `post/${post}`, notice: 'Hidden.' }),
  },
  {
    role: 'commons',
    route: '/admin/settings',
    who: 'admin',
    message: () => ({ rule: 'answerable', geography: 'GB' }),
  },
  { role: 'commons', route: '/admin/approvals', who: 'admin', message: () => ({ handle: 'nobody_9' }) },
  { role: 'commons', route: '/backchannel-logout' },
  { role: 'commons', route: '/sign-out' },
];
