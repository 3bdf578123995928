/** The desk: whoever reports or asks, holders through their gateway, and the people who work there. */
import { messageLabels } from '@answerable/protocol/labels';
import type { Json } from '../hostile.ts';
import { reportOf, type Stage } from '../stage.ts';
import { type Address, askMessage, byAuthority, id, ofCase } from './address.ts';

const conduct = ({ post }: Stage): Json => ({
  about: 'conduct',
  items: [`post/${post}`],
  limb: 'terms',
  offence: 'harassment',
  elements: { capable: 'yes', intended: 'yes', aimedAtAnother: 'yes' },
  clause: '3.1',
  severity: 2,
  confidence: 3,
  protectedContent: 'none',
  alternatives: 'A warning was considered.',
});

export const desk: Address[] = [
  {
    role: 'desk',
    route: '/reports',
    who: 'connector',
    message: ({ post, sub }) => reportOf(`post/${post}`, sub),
  },
  {
    role: 'desk',
    route: '/disclosures',
    sign: byAuthority(messageLabels.authorityAsk),
    message: askMessage,
  },
  {
    role: 'desk',
    route: '/holder/appeals',
    who: 'domain',
    message: ({ caseId, sub }) => ({ caseId, sub, track: 'normal', grounds: 'It was not me.' }),
  },
  {
    role: 'desk',
    route: '/holder/evidence',
    who: 'domain',
    message: ({ caseId, sub }) => ({ caseId, sub, words: 'A witness.' }),
  },
  {
    role: 'desk',
    route: '/decisions/:code/appeal',
    path: () => `/decisions/${id()}AAAAA/appeal`,
    message: () => ({ track: 'normal', grounds: 'It was not me.' }),
  },
  {
    role: 'desk',
    route: '/decisions/:code/evidence',
    path: () => `/decisions/${id()}AAAAA/evidence`,
    message: () => ({ words: 'A witness.' }),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/addresses',
    path: ofCase('/addresses'),
    who: 'moderator',
    message: ({ sub }) => ({ sub }),
  },
  {
    role: 'desk',
    route: '/holder/replies',
    who: 'domain',
    message: ({ caseId, sub }) => ({ caseId, sub, reply: 'I was asleep.' }),
  },
  {
    role: 'desk',
    route: '/operator/sign-in-links',
    who: 'operator',
    message: () => ({ name: 'Moderator B', roles: ['moderator'] }),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/claim',
    path: ofCase('/claim'),
    who: 'moderator',
    message: () => ({}),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/hand-over',
    path: ofCase('/hand-over'),
    who: 'moderator',
    message: () => ({ to: 'Moderator B', word: 'You know this better.' }),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/kind',
    path: ofCase('/kind'),
    who: 'moderator',
    message: () => ({ to: 'content', why: 'It is one.' }),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/notes',
    path: ofCase('/notes'),
    who: 'moderator',
    message: () => ({ note: 'Seen.' }),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/assessment',
    path: ofCase('/assessment'),
    who: 'moderator',
    message: (stage) => ({ assessment: conduct(stage) }),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/holds',
    path: ofCase('/holds'),
    who: 'moderator',
    message: ({ post }) => ({ target: `post/${post}` }),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/holds/:hold/confirmation',
    path: (stage) => `/cases/${stage.caseId}/holds/${id()}/confirmation`,
    who: 'moderator',
    message: () => ({}),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/holds/:hold/lift',
    path: (stage) => `/cases/${stage.caseId}/holds/${id()}/lift`,
    who: 'moderator',
    message: () => ({ why: 'It lapsed.' }),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/declination',
    path: ofCase('/declination'),
    who: 'moderator',
    message: () => ({ why: 'I see it otherwise.' }),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/hearing',
    path: ofCase('/hearing'),
    who: 'moderator',
    message: () => ({ appeal: id(), outcome: 'upheld', reply: 'It stands.' }),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/decision',
    path: ofCase('/decision'),
    who: 'moderator',
    message: (stage) => ({
      assessment: conduct(stage),
      decision: {
        path: 'conduct',
        measures: [
          { kind: 'sanction', sub: stage.sub, holds: 'account', step: 'warn', until: '2027-01-31' },
          { kind: 'hide-item', target: `post/${stage.post}` },
        ],
        reasons: {
          ground: '3.1 Do not hound people',
          explanation: 'It is hounding.',
          facts: 'Forty messages.',
          clause: '3.1',
          category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
        },
      },
    }),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/confirmation',
    path: ofCase('/confirmation'),
    who: 'moderator',
    message: () => ({}),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/escalation',
    path: ofCase('/escalation'),
    who: 'moderator',
    message: () => ({ why: 'Somebody else should look.' }),
  },
  {
    role: 'desk',
    route: '/cases/:caseId/release',
    path: ofCase('/release'),
    who: 'moderator',
    message: () => ({}),
  },
  { role: 'desk', route: '/sign-out', who: 'moderator-astray' },
];
