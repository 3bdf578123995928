/**
 * One of everything, drawn anew: an issuer, two people, keys shared among three, a ceremony, keepers. Every valid
 * vector is made here, by the first or by the second implementation; the sinful ones are made of these.
 */

import { deal, finish } from '@answerable/core/ceremony/deals';
import type { PublicKeySet } from '@answerable/core/ceremony/key';
import { checkReveals, commit, reveal } from '@answerable/core/ceremony/rounds';
import { releaseShare } from '@answerable/core/escrow/open-escrow';
import { drawSharedKey } from '@answerable/core/escrow/scenario';
import {
  releaseIdentityShare,
  sealIdentity,
  verifySealedIdentity,
} from '@answerable/core/escrow/sealed-identity';
import { encodeCredential } from '@answerable/core/presentation/credential';
import { requestCredential, requestRecord, secretPoint } from '@answerable/core/presentation/issuance';
import { prove } from '@answerable/core/presentation/prove';
import type { Question } from '@answerable/core/presentation/question';
import { proveNotMine, proveRecord, pseudonymOf } from '@answerable/core/presentation/record';
import { drawRegistrar, EPOCH, enrol, questionOf } from '@answerable/core/presentation/scenario';
import { verifyPresentation } from '@answerable/core/presentation/verify';
import { deriveRecallKey, evaluateRecall } from '@answerable/core/recall/keeper';
import { blindWords, sealRecall } from '@answerable/core/recall/recall';
import { blindIdentifier, encodeIdentifier, evaluateTag } from '@answerable/core/tag/tag';
import { ed25519 } from '@noble/curves/ed25519.js';
import * as ceremony from './second/ceremony.ts';
import { commitTo, proveEnrolment, proveLater, readCredential, secretOf } from './second/credential.ts';
import * as escrow from './second/escrow.ts';
import { decodeScalar, encodeScalar, randomBytes, SHA256 } from './second/group.ts';
import { label } from './second/label.ts';
import { frame, hexOf, join, utf8 } from './second/octets.ts';
import { provePresentation } from './second/presentation.ts';
import * as recall from './second/recall.ts';
import * as record from './second/record.ts';
import * as tag from './second/tag.ts';
import { secondQuestion, type Vector } from './verdicts.ts';

export type Side = 'first' | 'second';

export const registrar = drawRegistrar();
export const opening = drawSharedKey('opening', 2, 3);
export const tagKey = drawSharedKey('tag', 2, 3);
export const [ada, bob] = [enrol(registrar), enrol(registrar)] as const;
export const own = readCredential(encodeCredential(ada.credential));
export const other = readCredential(encodeCredential(bob.credential));
export const epoch = EPOCH;

export function question(
  disclose: readonly string[] = ['over_16', 'residence'],
  scope = 'scope one',
): Question {
  const asked = questionOf(registrar.publicKey, opening.keys.publicKey, scope);
  return { ...asked, disclose: disclose as Question['disclose'] };
}

export const presented = (side: Side, asked: Question): Uint8Array =>
  side === 'first' ? prove(ada.credential, asked) : provePresentation(own, secondQuestion(asked));

export const presentationVector = (asked: Question, octets: Uint8Array): Vector => ({
  kind: 'presentation',
  issuerKey: hexOf(asked.issuerKey),
  openingKey: hexOf(asked.openingKey),
  scope: hexOf(asked.scope),
  disclose: asked.disclose.join(' '),
  requestHash: hexOf(asked.label.requestHash),
  policyHash: hexOf(asked.label.policyHash),
  epoch: asked.label.epoch,
  checkpointSize: asked.label.checkpoint.size,
  checkpointRoot: hexOf(asked.label.checkpoint.root),
  accountKey: hexOf(asked.label.accountKey),
  noticeHandle: hexOf(asked.label.noticeHandle),
  presentation: hexOf(octets),
});

/** A request at enrolment, and a later one of the same secret. */
export function requestVectors(side: Side): { enrolment: Vector; later: Vector } {
  const binding = randomBytes(32);
  const { secret, entropy } = ada.credential;
  const [s, epsilon] = [decodeScalar(secret), decodeScalar(entropy)];
  const made = (again: boolean) => {
    if (side === 'first')
      return again
        ? requestCredential(secret, entropy, binding).request
        : requestRecord(secret, binding).request;
    const { C, blind, octets } = commitTo(s);
    const bindingProof = again
      ? proveLater(C, blind, s, epsilon, binding)
      : proveEnrolment(C, blind, s, binding);
    return { commitmentWithProof: octets, bindingProof };
  };
  const vector = (again: boolean) => {
    const { commitmentWithProof, bindingProof } = made(again);
    return {
      binding: hexOf(binding),
      commitment: hexOf(commitmentWithProof),
      proof: hexOf(bindingProof),
    };
  };
  const point = hexOf(secretPoint(secret));
  return {
    enrolment: { kind: 'record-request', secretPoint: point, ...vector(false) },
    later: {
      kind: 'credential-request',
      recordKey: hexOf(ada.recordKey),
      entropy: hexOf(entropy),
      ...vector(true),
    },
  };
}

export function recordKeyVector(side: Side): Vector {
  const binding = utf8('a case');
  const proof =
    side === 'first' ? proveRecord(ada.credential, binding) : record.proveRecord(secretOf(own), binding);
  return {
    kind: 'record-key',
    recordKey: hexOf(ada.recordKey),
    binding: hexOf(binding),
    proof: hexOf(proof),
  };
}

export function notMineVector(side: Side): Vector {
  const [scope, binding] = [utf8('scope one'), utf8('a case')];
  const pseudonym = pseudonymOf(bob.credential, scope);
  const proof =
    side === 'first'
      ? proveNotMine(ada.credential, scope, pseudonym, binding)
      : record.proveNotMine(secretOf(own), scope, pseudonym, binding);
  return {
    kind: 'not-mine',
    recordKey: hexOf(ada.recordKey),
    scope: hexOf(scope),
    pseudonym: hexOf(pseudonym),
    binding: hexOf(binding),
    proof: hexOf(proof),
  };
}

export const keysJson = (keys: PublicKeySet) => ({
  threshold: keys.threshold,
  publicKey: hexOf(keys.publicKey),
  verificationKeys: keys.verificationKeys.map(hexOf),
});

const sharesJson = (shares: readonly { from: number; share: Uint8Array }[]) =>
  shares.map(({ from, share }) => ({ from, share: hexOf(share) }));

/** A verified admission of ada, and the share of one guardian for it. */
export function admission() {
  const asked = question();
  return verifyPresentation(presented('second', asked), asked);
}

export const caseBinding = utf8('case 1, entry 12');

export function openingShare(
  side: Side,
  from: number,
  seen = admission(),
  binding = caseBinding,
): Uint8Array {
  const share = opening.shares[from - 1]!;
  return side === 'first'
    ? releaseShare(share, seen, binding)
    : escrow.releaseShare(from, decodeScalar(share.secret), seen.escrow, binding);
}

export function openingVector(side: Side, from: readonly number[] = [1, 3], seen = admission()): Vector {
  return {
    kind: 'opening',
    ...keysJson(opening.keys),
    escrow: hexOf(seen.escrow),
    binding: hexOf(caseBinding),
    shares: sharesJson(from.map((index) => ({ from: index, share: openingShare(side, index, seen) }))),
  };
}

export function sealedVector(side: Side, plain = utf8('{"name":"Ada Example"}')): Vector {
  const Y = opening.keys.publicKey;
  const made = side === 'first' ? sealIdentity(Y, ada.recordKey, plain) : undefined;
  const { sealed, r } = made
    ? { sealed: made.sealed, r: decodeScalar(made.randomness) }
    : escrow.sealIdentity(Y, ada.recordKey, plain);
  return {
    kind: 'sealed-identity',
    publicKey: hexOf(Y),
    recordKey: hexOf(ada.recordKey),
    sealed: hexOf(sealed),
    randomness: hexOf(encodeScalar(r)),
  };
}

export function identityOpeningVector(side: Side, from: readonly number[] = [2, 3]): Vector {
  const Y = opening.keys.publicKey;
  const R = ada.recordKey;
  const { sealed } = escrow.sealIdentity(Y, R, utf8('{"name":"Ada Example"}'));
  const release = (index: number) => {
    const share = opening.shares[index - 1]!;
    if (side === 'first') return releaseIdentityShare(share, verifySealedIdentity(Y, R, sealed), caseBinding);
    return escrow.releaseIdentityShare(index, decodeScalar(share.secret), { Y, R, sealed }, caseBinding);
  };
  return {
    kind: 'identity-opening',
    ...keysJson(opening.keys),
    recordKey: hexOf(R),
    sealed: hexOf(sealed),
    binding: hexOf(caseBinding),
    shares: sharesJson(from.map((index) => ({ from: index, share: release(index) }))),
  };
}

export function tagVector(side: Side, from: readonly number[] = [1, 2]): Vector {
  const binding = utf8('enrolment 1');
  const parts = ['passport', 'GBR', '123456789'] as const;
  const { b, B } = tag.blindIdentifier(tag.identifierOf(...parts));
  const asked = side === 'first' ? blindIdentifier(encodeIdentifier(...parts)) : { blind: b, blinded: B };
  const evaluate = (index: number) => {
    const share = tagKey.shares[index - 1]!;
    return side === 'first'
      ? evaluateTag(share, asked.blinded, binding)
      : tag.evaluateTag(index, decodeScalar(share.secret), asked.blinded, binding);
  };
  return {
    kind: 'tag',
    ...keysJson(tagKey.keys),
    blind: hexOf(asked.blind),
    blinded: hexOf(asked.blinded),
    binding: hexOf(binding),
    shares: sharesJson(from.map((index) => ({ from: index, share: evaluate(index) }))),
  };
}

export const words = ['lighthouse', 'cinnamon', 'puzzle', 'velvet'];

/** A blob made by `side`, asked for by `side` with `typed`. 2 of 3. */
export function recallVector(
  side: Side | 'layout-1',
  typed: readonly string[] = words,
  answered = [1, 2, 3],
): Vector {
  const recallId = randomBytes(16);
  const version = 1;
  const masters = [1, 2, 3].map(() => randomBytes(32));
  const ask = (code: readonly string[]) =>
    side === 'first' ? blindWords(recallId, version, code) : recall.ask(recallId, version, code);
  const answer = (index: number, asked: recall.Asked) => {
    const master = masters[index - 1]!;
    const firstKey = deriveRecallKey(master, recallId, version);
    const key = recall.keeperKey(master, recallId, version);
    const given =
      side === 'first' ? evaluateRecall(firstKey, asked.blinded) : recall.answerAsked(key, asked.blinded);
    return { index, asked, state: asked, ...given, publicKey: key.publicKey };
  };
  const setting = ask(words);
  const set = [1, 2, 3].map((index) => answer(index, setting));
  const parts = { recallId, version, threshold: 2, answers: set };
  const blob =
    side === 'first'
      ? sealRecall({ ...parts, secret: ada.credential.secret, recordKey: ada.recordKey }).blob
      : recall.sealRecall({
          ...parts,
          s: ada.credential.secret,
          ...(side === 'layout-1' ? {} : { R: ada.recordKey }),
        });
  const asked = ask(typed);
  const answers = answered.map((index) => {
    const { evaluated, proof } = answer(index, asked);
    const spoken = { evaluated: hexOf(evaluated), proof: hexOf(proof) };
    return { index, blind: hexOf(asked.blind), blinded: hexOf(asked.blinded), ...spoken };
  });
  return { kind: 'recall', threshold: 2, blob: hexOf(blob), input: hexOf(asked.input), answers };
}

/** What somebody in a ceremony may do instead of the right thing. */
export type Misconduct = {
  /** Participant 2 reveals this in place of its reveal body, and commits to it. */
  readonly reveal?: (body: Uint8Array, sid: Uint8Array, bodies: readonly Uint8Array[]) => Uint8Array;
  /** Participant 2 deals this to 1. */
  readonly deal?: (session: ceremony.Session, seen: ceremony.Revealed) => Uint8Array;
};
export const ceremonySecrets = [1, 2, 3].map(() => ed25519.utils.randomSecretKey());

/** Signs as participant `index`, whatever it is. */
export function spoken(sid: Uint8Array, round: number, index: number, body: Uint8Array): Uint8Array {
  const head = Uint8Array.of(round, index);
  const signed = frame(label('ceremonyMessage'), sid, head, body);
  return join(head, body, ed25519.sign(signed, ceremonySecrets[index - 1]!));
}

/** A ceremony of three by the first implementation, every public message of it, and one deal with its secret. */
export function ceremonyVectors(misconduct: Misconduct = {}): { whole: Vector; complaint: Vector } {
  const participants = ceremonySecrets.map((secret, at) => ({
    name: ['alpha', 'beta', 'gamma'][at]!,
    key: ed25519.getPublicKey(secret),
  }));
  const parameters = { role: 'opening' as const, network: 'example', threshold: 2, nonce: randomBytes(32) };
  const session = { ...parameters, participants };
  const firstSession = {
    ...parameters,
    participants: participants.map(({ name, key }) => ({ name, signingKey: key })),
  };
  const sid = ceremony.sessionId(session);
  const made = ceremonySecrets.map((secret, at) => commit(firstSession, at + 1, secret));
  const commits = made.map(({ message }) => message);
  const reveals = made.map(({ kept }) => reveal(kept, commits));
  if (misconduct.reveal) {
    const bodies = reveals.map((message) => message.slice(2, -64));
    const body = misconduct.reveal(bodies[1]!, sid, bodies);
    const commitment = SHA256(frame(label('ceremonyCommitment'), sid, Uint8Array.of(2), body));
    commits[1] = spoken(sid, 1, 2, commitment);
    reveals[1] = spoken(sid, 2, 2, body);
  }
  const shared = {
    ...parameters,
    nonce: hexOf(session.nonce),
    participants: participants.map(({ name, key }) => ({ name, key: hexOf(key) })),
    commits: commits.map(hexOf),
    reveals: reveals.map(hexOf),
  };
  const whole = { kind: 'ceremony', ...shared };
  const complaint = { kind: 'complaint', ...shared, accuser: 1, accused: 2 };
  const secret = hexOf(made[0]!.kept.ephemeral.secretKey);
  if (misconduct.reveal)
    return { whole: { ...whole, confirmations: [] }, complaint: { ...complaint, deal: '', secret } };

  const seen = checkReveals(firstSession, commits, reveals);
  const deals = made.map(({ kept }) => deal(kept, seen));
  const confirmations = made.map(({ kept }, at) => {
    const mine = deals.flatMap((sent) =>
      sent.filter(({ to }) => to === at + 1).map(({ message }) => message),
    );
    const end = finish(kept, seen, mine);
    if (!end.ok) throw new Error('an honest ceremony did not end well');
    return hexOf(end.confirmation);
  });
  const toFirst =
    misconduct.deal?.(session, ceremony.checkReveals(session, commits, reveals)) ??
    deals[1]!.find(({ to }) => to === 1)!.message;
  return { whole: { ...whole, confirmations }, complaint: { ...complaint, deal: hexOf(toFirst), secret } };
}
