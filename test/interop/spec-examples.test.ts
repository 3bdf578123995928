// The second implementation, written from spec/ alone, makes of every worked example what the page says.

import { describe, expect, test } from 'vitest';
import * as ceremony from './second/ceremony.ts';
import * as credential from './second/credential.ts';
import { openFrom, sealingKeyOf } from './second/envelope.ts';
import * as escrow from './second/escrow.ts';
import { exampleOf } from './second/example.ts';
import {
  decodePoint,
  decodeScalar,
  encodePoint,
  encodeScalar,
  G,
  G_rec,
  Gen2,
  H,
  H2C,
  H2S,
  mod,
  mul,
  mul2,
  sum,
} from './second/group.ts';
import { label } from './second/label.ts';
import { frame, hexOf, join, utf8 } from './second/octets.ts';
import * as presentation from './second/presentation.ts';
import * as recall from './second/recall.ts';
import * as record from './second/record.ts';
import { encodeRelation, equation, proofTag, verify } from './second/sigma.ts';
import * as tag from './second/tag.ts';

const keysOf = (hex: (name: string) => Uint8Array) => ({
  threshold: 2,
  verificationKeys: [1, 2, 3].map((i) => hex(`verification key ${i}`)),
});

test('encoding.md', () => {
  const { text, hex } = exampleOf('encoding');
  expect(hexOf(encodePoint(G_rec))).toBe(text('G_rec'));
  expect(hexOf(encodePoint(H))).toBe(text('H'));
  expect(hexOf(frame('ab', '', 'c'))).toBe(text('frame("ab", "", "c")'));
  expect(hexOf(encodeScalar(H2S(utf8('abc'), label('proofRecord'))))).toBe(
    text('H2S("abc", "answerable/v1/proof/record-key")'),
  );
  const relation = {
    elements: [G_rec, decodePoint(hex('R'))],
    equations: [equation(2, [0, 1])],
  };
  expect(hexOf(encodePoint(mul(G_rec, decodeScalar(hex('x')))))).toBe(text('R'));
  expect(hexOf(encodeRelation(relation))).toBe(text('enc(relation)'));
  const bound = proofTag('proofRecord', hex('binding'));
  expect(hexOf(bound)).toBe(text('tag(proofRecord, binding)'));
  verify(relation, 1, bound, hex('proof'));
});

describe('issuance.md and presentation.md', () => {
  const issuance = exampleOf('issuance');
  const { text, hex } = exampleOf('presentation');
  const attributes = JSON.parse(issuance.text('attributes')) as Record<string, string>;
  const signature = issuance.hex('signature');
  const own: credential.Credential = {
    PK: issuance.hex('PK'),
    epoch: Number(issuance.text('epoch')),
    values: credential.FIELDS.map((field) => attributes[field]!),
    s: decodeScalar(issuance.hex('s')),
    epsilon: decodeScalar(issuance.hex('epsilon')),
    blind: decodeScalar(issuance.hex('blind')),
    A: decodePoint(signature.slice(0, 48)),
    e: decodeScalar(signature.slice(48)),
  };

  test('the record request, R, the header, the signature', () => {
    const C = credential.checkCommitment(issuance.hex('commitment with proof'));
    const S0 = decodePoint(issuance.hex('S0'));
    credential.verifyEnrolment(C, S0, issuance.hex('binding'), issuance.hex('enrolment proof'));
    expect(hexOf(encodePoint(S0.add(mul(G_rec, own.epsilon))))).toBe(issuance.text('R'));
    expect(hexOf(mul2(Gen2, decodeScalar(issuance.hex('issuer secret'))).toBytes(true))).toBe(
      issuance.text('PK'),
    );
    expect(hexOf(credential.credentialHeader(own.epoch))).toBe(issuance.text('header'));
    credential.checkCredential(own);
    const sk = issuance.hex('issuer secret');
    const B = credential.knownPart(
      credential.domainOf(own.PK, own.epoch),
      credential.scalarsOf(own).map((m, i) => [i, m] as const),
    );
    expect(own.e).toBe(credential.challengeScalar(join(sk, encodePoint(B))));
    expect(credential.readCredential(credential.writeCredential(own)).values).toEqual(own.values);
  });

  test('the presentation, its header, the domain, P, R, the account secrets', () => {
    const question: presentation.Question = {
      PK: hex('PK'),
      Y: hex('Y'),
      scope: hex('scope'),
      disclose: text('disclose').split(' '),
      requestHash: hex('request hash'),
      policyHash: hex('policy hash'),
      epoch: Number(text('epoch')),
      checkpoint: { size: Number(text('checkpoint size')), root: hex('checkpoint root') },
      accountKey: hex('account key'),
      noticeHandle: hex('notice handle'),
    };
    const presented = presentation.verifyPresentation(hex('presentation'), question);
    expect(presented.disclosed).toEqual({ over_16: 'yes', residence: 'gb' });
    expect(hexOf(presented.P)).toBe(text('P'));
    expect(hexOf(escrow.decryptWith(decodeScalar(hex('y')), presented.escrow))).toBe(text('R'));
    expect(hexOf(encodeScalar(credential.domainOf(hex('PK'), question.epoch)))).toBe(text('domain'));
    expect(hexOf(encodePoint(H2C(hex('scope'), credential.api)))).toBe(text('OP'));
    const [E0, E1] = [presented.escrow.slice(0, 48), presented.escrow.slice(48)].map(decodePoint);
    const [T0, T1] = [hex('T0'), hex('T1')].map(decodePoint);
    expect(hexOf(presentation.headerOf(question, E0!, E1!, T0!, T1!))).toBe(text('ph'));
    expect(credential.secretOf(own)).toBe(decodeScalar(hex('x')));
    const account = record.deriveAccount(decodeScalar(hex('x')), hex('scope'), Number(text('slot')));
    expect(hexOf(account.accountKey)).toBe(text('account key'));
    expect(hexOf(account.noticeHandle)).toBe(text('notice handle'));
    expect(hexOf(encodePoint(mul(G, decodeScalar(hex('rho')))))).toBe(hexOf(presented.escrow.slice(0, 48)));
  });
});

test('escrow.md', () => {
  const { text, hex } = exampleOf('escrow');
  const keys = keysOf(hex);
  const shares = (name: string, ...of: number[]) =>
    of.map((from) => ({ from, share: hex(`${name} ${from}`) }));
  const opened = escrow.openEscrow(keys, hex('escrow'), hex('binding'), shares('share', 1, 3));
  expect(opened).toEqual({ R: hex('R'), bad: [] });
  const identity = { Y: hex('Y'), R: hex('R'), sealed: hex('sealed') };
  const seen = escrow.openIdentity(keys, identity, hex('binding'), shares('identity share', 2, 3));
  expect(seen).toEqual({ plain: hex('plain'), bad: [] });
  const K = mul(decodePoint(identity.Y), decodeScalar(hex('r')));
  expect(escrow.openWithKey(K, identity.Y, identity.R, identity.sealed)).toEqual(hex('plain'));
  const leaf = escrow.identityLeaf(
    hex('leaf tag'),
    hex('leaf salt'),
    hex('R'),
    hex('epsilon'),
    hex('sealed'),
  );
  expect(hexOf(leaf)).toBe(text('leaf'));
  expect(hexOf(sealingKeyOf(hex('sealing secret')))).toBe(text('sealing key'));
  expect(openFrom(hex('sealing secret'), hex('info'), hex('sealed to'))).toEqual(hex('opened'));
});

test('tag.md', () => {
  const { text, hex } = exampleOf('tag');
  expect(hexOf(tag.identifierOf('passport', 'GBR', '123456789'))).toBe(text('identifier'));
  const asked = { b: hex('b'), B: hex('B') };
  const shares = [1, 2].map((from) => ({ from, share: hex(`evaluation ${from}`) }));
  expect(tag.combineTag(keysOf(hex), asked, hex('binding'), shares)).toEqual({ tag: hex('tag'), bad: [] });
  expect(hexOf(tag.tagWith(decodeScalar(hex('k')), hex('identifier')))).toBe(text('tag'));
  expect(hexOf(tag.tagCommitment(hex('tag'), Number(text('key version'))))).toBe(text('commitment'));
});

test('recall.md', () => {
  const { text, hex } = exampleOf('recall');
  const [recallId, version, words] = [hex('recallId'), Number(text('version')), text('words').split(' ')];
  expect(hexOf(recall.inputOf(recallId, version, words))).toBe(text('input'));
  const keys = [1, 2, 3].map((i) => recall.keeperKey(hex(`master ${i}`), recallId, version));
  expect(keys.map((key) => hexOf(key.publicKey))).toEqual([1, 2, 3].map((i) => text(`pk ${i}`)));
  const asked = recall.ask(recallId, version, words);
  const answers = [1, 2, 3].map((index) => ({
    index,
    asked,
    ...recall.answerAsked(keys[index - 1]!, asked.blinded),
  }));
  const opened = recall.openRecall(hex('blob'), 2, answers.slice(1));
  expect(opened).toEqual({ s: hex('s'), R: hex('R'), refill: hex('refill seed'), bad: [] });
});

test('ceremony.md', () => {
  const { text, hex } = exampleOf('ceremony');
  const session: ceremony.Session = {
    role: 'opening',
    network: text('network'),
    threshold: 2,
    nonce: hex('nonce'),
    participants: [1, 2, 3].map((i) => ({ name: text(`name ${i}`), key: hex(`key ${i}`) })),
  };
  expect(hexOf(ceremony.sessionId(session))).toBe(text('sid'));
  const all = (name: string) => [1, 2, 3].map((i) => hex(`${name} ${i}`));
  const seen = ceremony.checkReveals(session, all('commit'), all('reveal'));
  expect(hexOf(seen.transcript)).toBe(text('transcript'));
  const keys = ceremony.keysFrom(seen);
  expect(hexOf(keys.Y)).toBe(text('Y'));
  expect(keys.verificationKeys.map(hexOf)).toEqual([1, 2, 3].map((i) => text(`X_${i}`)));
  const dealt = [2, 3].map((from) =>
    ceremony.openDeal(session, seen, { from, to: 1, secret: hex('e secret 1') }, hex(`deal ${from} to 1`)),
  );
  const y1 = mod(decodeScalar(hex('f_1(1)')) + dealt[0]! + dealt[1]!);
  expect(hexOf(encodeScalar(y1))).toBe(text('y_1'));
  expect(hexOf(encodePoint(sum([y1, G])))).toBe(text('X_1'));
  const body = ceremony.readMessage(session, ceremony.round.confirm, 1, hex('confirm 1'));
  expect(hexOf(body)).toBe([seen.transcript, keys.Y, ...keys.verificationKeys].map(hexOf).join(''));
});
