/** Registrar and keepers. */
import { callJson } from '@answerable/kit/http-client';
import { issuanceChallengeResponse } from '@answerable/protocol/enrolment/issuance';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage } from '@answerable/protocol/signed';
import { z } from 'zod';
import type { Json } from '../hostile.ts';
import type { Stage } from '../stage.ts';
import {
  type Address,
  byRegistrar,
  bySelf,
  hash,
  id,
  now,
  octets,
  point,
  publicKnownKey,
} from './address.ts';

const inSession = {
  sign: ({ enrolling }: Stage) => ({ label: messageLabels.walletCall, key: enrolling.key }),
};
const call =
  (name: string, body: () => Json) =>
  ({ enrolling }: Stage): Json => ({ session: enrolling.session, call: name, body: body() });

export const registrar: Address[] = [
  {
    role: 'registrar',
    route: '/enrolment',
    message: ({ policy }) => ({
      purpose: 'join',
      route: policy.evidence[0]!.id,
      walletKey: publicKnownKey,
      secretPoint: point(),
      walletOrigin: policy.wallets[0]!,
    }),
  },
  {
    role: 'registrar',
    route: '/enrolment/evidence',
    ...inSession,
    message: call('evidence', () => ({ code: id() })),
  },
  {
    role: 'registrar',
    route: '/enrolment/record',
    ...inSession,
    message: call('record', () => ({ commitmentWithProof: octets(144), bindingProof: octets(96) })),
  },
  { role: 'registrar', route: '/enrolment/review', ...inSession, message: call('review', () => ({})) },
  { role: 'registrar', route: '/enrolment/receipt', ...inSession, message: call('receipt', () => ({})) },
  {
    role: 'registrar',
    route: '/issuance/challenge',
    message: ({ recordPoint }) => ({ recordPoint }),
  },
  {
    role: 'registrar',
    route: '/issuance',
    message: ({ recordPoint }) => ({
      recordPoint,
      nonce: id(),
      commitmentWithProof: octets(144),
      bindingProof: octets(96),
      session: id(),
    }),
    refresh: withChallenge,
  },
  {
    role: 'registrar',
    route: '/reset/objection',
    message: ({ recordPoint }) => ({ recordPoint, nonce: id(), proof: octets(64) }),
    refresh: withChallenge,
  },
  ownRecord('/record/look-in', () => ({ act: 'look-in', device: publicKnownKey })),
  ownRecord('/record/view', () => ({ act: 'view' })),
  ownRecord('/record/end', () => ({ act: 'end', step: 'ask' })),
  ownRecord('/devices', () => ({
    act: 'add-device',
    device: publicKnownKey,
    sealedLabel: octets(124),
    possession: octets(64),
  })),
  ownRecord('/devices/removal', () => ({ act: 'remove-device', device: publicKnownKey })),
  {
    role: 'registrar',
    route: '/evidence/:route/back-channel-logout',
    path: ({ policy }) => `/evidence/${policy.evidence[0]!.id}/back-channel-logout`,
  },
  { role: 'registrar', route: '/recall/keys', ...inSession, message: call('recall-open', () => ({})) },
  {
    role: 'registrar',
    route: '/recall/blob',
    ...inSession,
    message: call('recall-store', () => ({
      recallId: id(),
      version: 1,
      blob: octets(300),
      refillKey: publicKnownKey,
      setupSignature: octets(64),
    })),
  },
];

/** A call about a record, by who does not know its secret. */
function ownRecord(route: string, call: () => Json): Address {
  return {
    role: 'registrar',
    route,
    message: ({ recordPoint }) => ({ recordPoint, nonce: id(), call: call(), proof: octets(64) }),
    refresh: withChallenge,
  };
}

/** A nonce that the registrar has just given for this record, where the body still names one. */
async function withChallenge({ network, recordPoint }: Stage, body: Json): Promise<Json> {
  const given = body as { nonce?: string };
  if (typeof given?.nonce !== 'string' || !/^[\w-]{22}$/.test(given.nonce)) return body;
  const { nonce } = await callJson(`${network.roles.registrar.origin}/issuance/challenge`, {
    body: { recordPoint },
    schema: issuanceChallengeResponse,
  });
  return { ...given, nonce };
}

/** A recall key that waits for its one evaluation. */
async function openedKey({ network, keyOf }: Stage): Promise<string> {
  const recallId = id();
  const message = { recallId, version: 1, subjects: [hash()], setupKey: publicKnownKey };
  await callJson(`${network.roles['keeper-1'].origin}/recall/keys`, {
    body: signMessage(keyOf('registrar'), messageLabels.recallKey, message),
    schema: z.unknown(),
  });
  return recallId;
}

export const keeper: Address[] = [
  {
    role: 'keeper-1',
    route: '/tags/evaluations',
    sign: byRegistrar(messageLabels.tagEvaluation),
    message: () => ({ session: id(), day: now().slice(0, 10), blinded: [point(), point()] }),
  },
  {
    role: 'keeper-1',
    route: '/recall/keys',
    sign: byRegistrar(messageLabels.recallKey),
    message: () => ({ recallId: id(), version: 1, subjects: [hash()], setupKey: publicKnownKey }),
  },
  {
    role: 'keeper-1',
    route: '/referees',
    sign: byRegistrar(messageLabels.refereeKey),
    message: () => ({
      credential: octets(16),
      organisation: id(),
      publicKey: octets(77),
      standing: 'active',
      change: 1,
    }),
  },
  {
    role: 'keeper-1',
    route: '/recall/refill-keys',
    sign: byRegistrar(messageLabels.recallKey),
    message: () => ({
      recallId: id(),
      version: 1,
      refillKey: publicKnownKey,
      setupSignature: octets(64),
    }),
  },
  {
    role: 'keeper-1',
    route: '/recall/setup',
    sign: bySelf(messageLabels.recallSetup),
    message: async (stage) => ({ recallId: await openedKey(stage), version: 1, blinded: hash() }),
  },
  {
    role: 'keeper-1',
    route: '/recall/evaluation',
    sign: bySelf(messageLabels.recallEvaluation),
    message: () => ({
      recallId: id(),
      version: 1,
      blinded: hash(),
      idToken: 'a.b.c',
      sessionKey: publicKnownKey,
    }),
  },
  {
    role: 'keeper-1',
    route: '/recall/refill',
    sign: bySelf(messageLabels.recallRefill),
    message: () => ({ keeper: 'keeper-1', recallId: id(), version: 1, nonce: id() }),
  },
  {
    role: 'keeper-1',
    route: '/recall/tries',
    sign: bySelf(messageLabels.recallTries),
    message: () => ({ keeper: 'keeper-1', recallId: id(), day: now().slice(0, 10) }),
  },
];
