/** A guardian: cases, shares, its people, the ceremony that is over. */
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage } from '@answerable/protocol/signed';
import { trustPolicyHash } from '@answerable/protocol/trust-policy';
import type { Json } from '../hostile.ts';
import type { Stage } from '../stage.ts';
import { type Address, byAuthority, hash, now, octets, ofCase, point, signedAsk, today } from './address.ts';

const filing = ({ policy, caseId }: Stage) => ({
  v: 1,
  caseId,
  platform: 'commons',
  gateway: 'gateway-commons',
  authority: 'authority',
  ground: 'threat-to-life',
  orderHash: hash(),
  itemHash: hash(),
  ciphertextHash: hash(),
  admissionHash: hash(),
  noticeCommitment: hash(),
  heardUntil: now(),
  noticeDay: now(),
  trustPolicy: trustPolicyHash(policy),
});
const signedFiling = (stage: Stage) =>
  signMessage(stage.keyOf('gateway-commons'), messageLabels.filingMessage, filing(stage)) as unknown as Json;
const approval = (stage: Stage) =>
  signMessage(stage.keyOf('guardian-2'), messageLabels.approvalMessage, {
    v: 1,
    caseId: stage.caseId,
    guardian: 'guardian-2',
    decision: 'approve',
    reason: 'met',
    filingCommitment: hash(),
    day: today,
  }) as unknown as Json;

export const guardian: Address[] = [
  {
    role: 'guardian-1',
    route: '/cases',
    message: (stage) => ({
      filing: signedFiling(stage),
      salt: hash(),
      filingProof: 'c2sp.org/tlog-proof@v1\nindex 0\n\nlog.example\n1\nAAAA\n',
      ask: signedAsk(stage),
      sealed: octets(600),
    }),
  },
  {
    role: 'guardian-1',
    route: '/cases/:caseId/reply',
    path: ofCase('/reply'),
    message: () => ({ reply: 'I was asleep.' }),
  },
  {
    role: 'guardian-1',
    route: '/cases/:caseId/shares',
    path: ofCase('/shares'),
    sign: byAuthority(messageLabels.shareAsk),
    message: (stage) => ({
      caseId: stage.caseId,
      authority: 'authority',
      filing: signedFiling(stage),
      salt: hash(),
      filingProof: 'x',
      approvals: [{ approval: approval(stage), salt: hash(), proof: 'x' }],
    }),
  },
  {
    role: 'guardian-1',
    route: '/cases/:caseId/identity-shares',
    path: ofCase('/identity-shares'),
    sign: byAuthority(messageLabels.shareAsk),
    message: ({ caseId }) => ({
      caseId,
      authority: 'authority',
      shares: [1, 2].map((index) => ({
        guardian: `guardian-${index}`,
        index,
        share: point(),
        proof: octets(96),
      })),
      item: {
        v: 1,
        entropy: hash(),
        identity: { sealed: octets(400), tag: hash(), salt: hash() },
        receipt: { leafIndex: 0, leaves: 1, batchProof: [hash()], entryIndex: 1, entryProof: 'x' },
      },
    }),
  },
  {
    role: 'guardian-1',
    route: '/operator/sign-in-links',
    who: 'operator',
    message: () => ({ name: 'Panel' }),
  },
  {
    role: 'guardian-1',
    route: '/api/cases/:caseId/judgement',
    path: (stage) => `/api/cases/${stage.caseId}/judgement`,
    who: 'judge',
    message: () => ({ decision: 'refuse', reason: 'ground-not-met' }),
  },
  {
    role: 'guardian-1',
    route: '/cases/:caseId/notice',
    path: ofCase('/notice'),
    who: 'judge',
    message: () => ({}),
  },
  { role: 'guardian-1', route: '/cases/:caseId/approve', path: ofCase('/approve'), who: 'judge' },
  { role: 'guardian-1', route: '/cases/:caseId/refuse', path: ofCase('/refuse'), who: 'judge' },
  { role: 'guardian-1', route: '/sign-out', who: 'judge-astray' },
  { role: 'guardian-1', route: '/add-checkpoint', foreign: true },
  ...['commit', 'reveal', 'deal', 'finish', 'confirm'].map(
    (step): Address => ({
      role: 'guardian-1',
      route: `/ceremony/${step}`,
      who: 'operator',
      message: () => ({
        commits: [octets(100)],
        session: { role: 'opening', network: 'practice', threshold: 2 },
      }),
    }),
  ),
  {
    role: 'guardian-1',
    route: '/ceremony/sign-policy',
    who: 'operator',
    message: ({ policy }) => {
      const fewer = { evidence: [], grounds: [], gateways: [], authorities: [] };
      return { policy: { ...policy, ...fewer, witnesses: { quorum: 0, list: [] } } as unknown as Json };
    },
  },
];
