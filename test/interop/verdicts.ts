/**
 * What each of the two implementations says to one vector. A vector is JSON: octets in hex, numbers, texts; its
 * `kind` is a key of the table below. Both sides get the same JSON and answer with the same shape, or 'refused'.
 * Refusing is one thing, crashing another: what is not a refusal is thrown on.
 */

import { isDeepStrictEqual } from 'node:util';
import { checkConfirmations, judge } from '@answerable/core/ceremony/deals';
import type { PublicKeySet, Role } from '@answerable/core/ceremony/key';
import { CeremonyFault, type Session } from '@answerable/core/ceremony/message';
import { checkReveals } from '@answerable/core/ceremony/rounds';
import { Malformed, ProofFailed } from '@answerable/core/errors';
import { openEscrow, verifyShare } from '@answerable/core/escrow/open-escrow';
import { inspectIdentity, openIdentity, verifySealedIdentity } from '@answerable/core/escrow/sealed-identity';
import { verifyCredentialRequest, verifyRecordRequest } from '@answerable/core/presentation/issuance';
import type { Question } from '@answerable/core/presentation/question';
import { verifyNotMine, verifyRecord } from '@answerable/core/presentation/record';
import { verifyPresentation } from '@answerable/core/presentation/verify';
import { openRecall } from '@answerable/core/recall/recall';
import { combineTag } from '@answerable/core/tag/tag';
import * as ceremony from './second/ceremony.ts';
import { checkCommitment, verifyEnrolment, verifyLater } from './second/credential.ts';
import * as escrow from './second/escrow.ts';
import { decodeNonZero, decodePoint, mul } from './second/group.ts';
import { fromHex, hexOf, Refused } from './second/octets.ts';
import * as presentation from './second/presentation.ts';
import * as recall from './second/recall.ts';
import * as record from './second/record.ts';
import * as tag from './second/tag.ts';

export type Json = string | number | null | readonly Json[] | { readonly [name: string]: Json };
export type Vector = { readonly kind: string; readonly [name: string]: Json };
export type Verdict = Json;
type Judge = (read: Read) => Verdict;

/** Typed access to one vector. */
export type Read = {
  hex(name: string): Uint8Array;
  text(name: string): string;
  number(name: string): number;
  hexes(name: string): Uint8Array[];
  list(name: string): Read[];
};

export function readerOf(vector: { readonly [name: string]: Json }): Read {
  const get = (name: string): Json => {
    const value = vector[name];
    if (value === undefined) throw new Error(`the vector has no ${name}`);
    return value;
  };
  const list = (name: string) => get(name) as readonly Json[];
  return {
    hex: (name) => fromHex(get(name) as string),
    text: (name) => get(name) as string,
    number: (name) => get(name) as number,
    hexes: (name) => list(name).map((item) => fromHex(item as string)),
    list: (name) => list(name).map((item) => readerOf(item as { readonly [name: string]: Json })),
  };
}

const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const hexOrNull = (octets: Uint8Array | undefined): string | null => (octets ? hexOf(octets) : null);

const firstKeys = (read: Read, role: Role): PublicKeySet => ({
  role,
  threshold: read.number('threshold'),
  publicKey: read.hex('publicKey'),
  verificationKeys: read.hexes('verificationKeys'),
});
const secondKeys = (read: Read) => ({
  threshold: read.number('threshold'),
  verificationKeys: read.hexes('verificationKeys'),
});
const sharesOf = (read: Read) =>
  read.list('shares').map((item) => ({ from: item.number('from'), share: item.hex('share') }));
const sessionOf = (read: Read) => ({
  role: read.text('role') as Role,
  network: read.text('network'),
  threshold: read.number('threshold'),
  nonce: read.hex('nonce'),
  people: read.list('participants').map((item) => ({ name: item.text('name'), key: item.hex('key') })),
});
const firstSession = (read: Read): Session => {
  const { people, ...session } = sessionOf(read);
  return { ...session, participants: people.map(({ name, key }) => ({ name, signingKey: key })) };
};
const secondSession = (read: Read): ceremony.Session => {
  const { people, ...session } = sessionOf(read);
  return { ...session, participants: people };
};

function firstQuestion(read: Read): Question {
  return {
    issuerKey: read.hex('issuerKey'),
    openingKey: read.hex('openingKey'),
    scope: read.hex('scope'),
    disclose: read.text('disclose').split(' ').filter(Boolean) as Question['disclose'],
    label: {
      requestHash: read.hex('requestHash'),
      policyHash: read.hex('policyHash'),
      epoch: read.number('epoch'),
      checkpoint: { size: read.number('checkpointSize'), root: read.hex('checkpointRoot') },
      accountKey: read.hex('accountKey'),
      noticeHandle: read.hex('noticeHandle'),
    },
  };
}

export const secondQuestion = ({ label, ...question }: Question): presentation.Question => ({
  PK: question.issuerKey,
  Y: question.openingKey,
  scope: question.scope,
  disclose: question.disclose,
  ...label,
});

const recalledAnswers = (read: Read, input: Uint8Array) =>
  read.list('answers').map((item) => ({
    index: item.number('index'),
    asked: { input, blind: item.hex('blind'), blinded: item.hex('blinded') },
    evaluated: item.hex('evaluated'),
    proof: item.hex('proof'),
  }));

export const first: Readonly<Record<string, Judge>> = {
  presentation(read) {
    const seen = verifyPresentation(read.hex('presentation'), firstQuestion(read));
    return { disclosed: seen.disclosed, pseudonym: hexOf(seen.pseudonym), escrow: hexOf(seen.escrow) };
  },
  'record-request'(read) {
    const request = { commitmentWithProof: read.hex('commitment'), bindingProof: read.hex('proof') };
    verifyRecordRequest(read.hex('secretPoint'), read.hex('binding'), request);
    return 'accepted';
  },
  'credential-request'(read) {
    const request = { commitmentWithProof: read.hex('commitment'), bindingProof: read.hex('proof') };
    verifyCredentialRequest(read.hex('recordKey'), read.hex('entropy'), read.hex('binding'), request);
    return 'accepted';
  },
  'record-key'(read) {
    verifyRecord(read.hex('recordKey'), read.hex('binding'), read.hex('proof'));
    return 'accepted';
  },
  'not-mine'(read) {
    const [R, scope, P] = [read.hex('recordKey'), read.hex('scope'), read.hex('pseudonym')];
    verifyNotMine(R, scope, P, read.hex('binding'), read.hex('proof'));
    return 'accepted';
  },
  'opening-share'(read) {
    const keys = firstKeys(read, 'opening');
    verifyShare(keys, read.number('from'), read.hex('escrow'), read.hex('binding'), read.hex('share'));
    return 'accepted';
  },
  opening(read) {
    const shares = sharesOf(read).map(({ from, share }) => ({ index: from, share }));
    const opened = openEscrow(firstKeys(read, 'opening'), read.hex('escrow'), read.hex('binding'), shares);
    return { recordKey: opened.ok ? hexOf(opened.recordKey) : null, bad: ascending(opened.bad) };
  },
  'sealed-identity'(read) {
    const identity = verifySealedIdentity(read.hex('publicKey'), read.hex('recordKey'), read.hex('sealed'));
    return { identity: hexOf(inspectIdentity(identity, read.hex('randomness'))) };
  },
  'identity-opening'(read) {
    const identity = verifySealedIdentity(read.hex('publicKey'), read.hex('recordKey'), read.hex('sealed'));
    const shares = sharesOf(read).map(({ from, share }) => ({ index: from, share }));
    const opened = openIdentity(firstKeys(read, 'opening'), identity, read.hex('binding'), shares);
    return { identity: opened.ok ? hexOf(opened.identity) : null, bad: ascending(opened.bad) };
  },
  tag(read) {
    const shares = sharesOf(read).map(({ from, share }) => ({ index: from, evaluation: share }));
    const asked = { blinded: read.hex('blinded'), blind: read.hex('blind') };
    const made = combineTag(firstKeys(read, 'tag'), asked, read.hex('binding'), shares);
    return { tag: made.ok ? hexOf(made.element) : null, bad: ascending(made.bad) };
  },
  recall(read) {
    const answers = recalledAnswers(read, read.hex('input')).map(({ asked, ...rest }) => ({
      ...rest,
      state: asked,
    }));
    const opened = openRecall(read.hex('blob'), read.number('threshold'), answers);
    const bad = ascending(opened.bad);
    if (!opened.ok) return { secret: null, bad };
    const { secret, recordKey } = opened;
    return { secret: hexOf(secret), ...(recordKey ? { recordKey: hexOf(recordKey) } : {}), bad };
  },
  ceremony(read) {
    const session = firstSession(read);
    const seen = checkReveals(session, read.hexes('commits'), read.hexes('reveals'));
    const keys = checkConfirmations(session, seen, read.hexes('confirmations'));
    return {
      transcript: hexOf(seen.transcript),
      publicKey: hexOf(keys.publicKey),
      verificationKeys: keys.verificationKeys.map(hexOf),
    };
  },
  complaint(read) {
    const session = firstSession(read);
    const seen = checkReveals(session, read.hexes('commits'), read.hexes('reveals'));
    const [accuser, accused] = [read.number('accuser'), read.number('accused')];
    const complaint = { accuser, accused, deal: read.hex('deal'), ephemeralSecret: read.hex('secret') };
    return { cheated: judge(session, seen, complaint) };
  },
};

export const second: Readonly<Record<string, Judge>> = {
  presentation(read) {
    const seen = presentation.verifyPresentation(
      read.hex('presentation'),
      secondQuestion(firstQuestion(read)),
    );
    return { disclosed: seen.disclosed, pseudonym: hexOf(seen.P), escrow: hexOf(seen.escrow) };
  },
  'record-request'(read) {
    const C = checkCommitment(read.hex('commitment'));
    verifyEnrolment(C, decodePoint(read.hex('secretPoint')), read.hex('binding'), read.hex('proof'));
    return 'accepted';
  },
  'credential-request'(read) {
    const C = checkCommitment(read.hex('commitment'));
    const [R, epsilon] = [decodePoint(read.hex('recordKey')), decodeNonZero(read.hex('entropy'))];
    verifyLater(C, R, epsilon, read.hex('binding'), read.hex('proof'));
    return 'accepted';
  },
  'record-key'(read) {
    record.verifyRecord(read.hex('recordKey'), read.hex('binding'), read.hex('proof'));
    return 'accepted';
  },
  'not-mine'(read) {
    const [R, scope, P] = [read.hex('recordKey'), read.hex('scope'), read.hex('pseudonym')];
    record.verifyNotMine(R, scope, P, read.hex('binding'), read.hex('proof'));
    return 'accepted';
  },
  'opening-share'(read) {
    const [from, share] = [read.number('from'), read.hex('share')];
    escrow.checkOpeningShare(secondKeys(read), from, read.hex('escrow'), read.hex('binding'), share);
    return 'accepted';
  },
  opening(read) {
    const opened = escrow.openEscrow(
      secondKeys(read),
      read.hex('escrow'),
      read.hex('binding'),
      sharesOf(read),
    );
    return { recordKey: hexOrNull(opened.R), bad: ascending(opened.bad) };
  },
  'sealed-identity'(read) {
    const [Y, R, sealed] = [read.hex('publicKey'), read.hex('recordKey'), read.hex('sealed')];
    const r = decodeNonZero(read.hex('randomness'));
    return { identity: hexOf(escrow.openWithKey(mul(decodePoint(Y), r), Y, R, sealed)) };
  },
  'identity-opening'(read) {
    const identity = { Y: read.hex('publicKey'), R: read.hex('recordKey'), sealed: read.hex('sealed') };
    const opened = escrow.openIdentity(secondKeys(read), identity, read.hex('binding'), sharesOf(read));
    return { identity: hexOrNull(opened.plain), bad: ascending(opened.bad) };
  },
  tag(read) {
    const asked = { b: read.hex('blind'), B: read.hex('blinded') };
    const made = tag.combineTag(secondKeys(read), asked, read.hex('binding'), sharesOf(read));
    return { tag: hexOrNull(made.tag), bad: ascending(made.bad) };
  },
  recall(read) {
    const answers = recalledAnswers(read, read.hex('input'));
    const opened = recall.openRecall(read.hex('blob'), read.number('threshold'), answers);
    const recordKey = opened.R ? { recordKey: hexOf(opened.R) } : {};
    return { secret: hexOrNull(opened.s), ...recordKey, bad: ascending(opened.bad) };
  },
  ceremony(read) {
    const session = secondSession(read);
    const seen = ceremony.checkReveals(session, read.hexes('commits'), read.hexes('reveals'));
    const keys = ceremony.checkConfirmations(session, seen, read.hexes('confirmations'));
    return {
      transcript: hexOf(seen.transcript),
      publicKey: hexOf(keys.Y),
      verificationKeys: keys.verificationKeys.map(hexOf),
    };
  },
  complaint(read) {
    const session = secondSession(read);
    const seen = ceremony.checkReveals(session, read.hexes('commits'), read.hexes('reveals'));
    const [accuser, accused] = [read.number('accuser'), read.number('accused')];
    const complaint = { accuser, accused, deal: read.hex('deal'), secret: read.hex('secret') };
    return { cheated: ceremony.judge(session, seen, complaint) };
  },
};

const refusals = [Malformed, ProofFailed, CeremonyFault, Refused];

/** One implementation's verdict on a vector. */
export function verdictOf(side: Readonly<Record<string, Judge>>, vector: Vector): Verdict {
  const decide = side[vector.kind];
  if (decide === undefined) throw new Error(`no kind ${vector.kind}`);
  try {
    return decide(readerOf(vector));
  } catch (error) {
    if (refusals.some((refusal) => error instanceof refusal)) return 'refused';
    throw error;
  }
}

/** The verdict of both; throws if they differ. */
export function verdictOfBoth(vector: Vector): Verdict {
  const [one, two] = [verdictOf(first, vector), verdictOf(second, vector)];
  if (!isDeepStrictEqual(one, two))
    throw new Error(`${vector.kind}: first ${JSON.stringify(one)}, second ${JSON.stringify(two)}`);
  return one;
}

/** Whether a verdict gives what was asked for: not refused, and nothing in it is missing. */
export const isAccepted = (verdict: Verdict): boolean =>
  verdict !== 'refused' &&
  !(typeof verdict === 'object' && verdict !== null && Object.values(verdict).includes(null));
