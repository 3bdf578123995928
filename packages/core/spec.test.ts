// The worked examples of spec/, computed anew: a page and the code never say two things.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodePublicKey } from './bbs/key.ts';
import { calculateDomain } from './bbs/signature.ts';
import { concat, fromHex, toHex, utf8 } from './bytes.ts';
import { combine } from './ceremony/evaluation.ts';
import type { PublicKeySet } from './ceremony/key.ts';
import { readAll, type Session, sessionId } from './ceremony/message.ts';
import { checkReveals } from './ceremony/rounds.ts';
import { addScalar, decodeG1, decodeScalar, encodeG1, encodeScalar, msmG1, mulG1 } from './curve.ts';
import { decodeEscrow } from './escrow/ciphertext.ts';
import { openFrom, sealingKeyOf } from './escrow/envelope.ts';
import { openEscrow } from './escrow/open-escrow.ts';
import {
  identityLeaf,
  inspectIdentity,
  openIdentity,
  verifySealedIdentity,
} from './escrow/sealed-identity.ts';
import { frame } from './frame.ts';
import { hashToScalar } from './hash.ts';
import { LABELS } from './label.ts';
import { nymTerms } from './nym/issue.ts';
import { originPoint } from './nym/pseudonym.ts';
import { deriveAccount } from './presentation/account.ts';
import { acceptCredential, type Credential, SHAPE } from './presentation/credential.ts';
import { recordKeyFrom, secretPoint, verifyRecordRequest } from './presentation/issuance.ts';
import { presentationHeader, type Question } from './presentation/question.ts';
import { pseudonymOf } from './presentation/record.ts';
import { credentialHeader, type DisclosableField } from './presentation/schema.ts';
import { verifyPresentation } from './presentation/verify.ts';
import { decodePresentation } from './presentation/wire.ts';
import { deriveRecallKey, evaluateRecall } from './recall/keeper.ts';
import { blindWords, openRecall } from './recall/recall.ts';
import { G, G_REC, H } from './sigma/bases.ts';
import { proofTag, verifyCompact } from './sigma/proof.ts';
import { encodeRelation, linearRelation } from './sigma/relation.ts';
import { combineTag, encodeIdentifier, tagCommitment } from './tag/tag.ts';

type Example = { text: (name: string) => string; hex: (name: string) => Uint8Array };

const page = (name: string) => readFileSync(new URL(`../../spec/${name}.md`, import.meta.url), 'utf8');

/** Every `name = value` of a page's example blocks; long values go on in indented lines. */
function exampleOf(name: string): Example {
  const blocks = [...page(name).matchAll(/```example\n([\s\S]*?)```/g)].map((found) => found[1]!).join('');
  const joined = blocks
    .replace(/\n {2}/g, '')
    .split('\n')
    .filter((line) => line !== '');
  const values = new Map(
    joined.map((line) => {
      const at = line.lastIndexOf(' =');
      const value = line.slice(at + 2).trim();
      return [line.slice(0, at), value] as const;
    }),
  );
  const text = (key: string) => {
    const value = values.get(key);
    if (value === undefined) throw new Error(`${name}.md has no ${key}`);
    return value;
  };
  return { text, hex: (key) => fromHex(text(key), key) };
}

const keysOf = (example: Example, role: 'opening' | 'tag', publicKey: Uint8Array): PublicKeySet => ({
  role,
  threshold: 2,
  publicKey,
  verificationKeys: [1, 2, 3].map((i) => example.hex(`verification key ${i}`)),
});

describe('spec/encoding.md', () => {
  const { hex } = exampleOf('encoding');
  test('lists every label, and no other', () => {
    const rows = [...page('encoding').matchAll(/^\| (\w+) \| `(answerable[^`]+)` \|$/gm)].map((row) => [
      row[1],
      row[2],
    ]);
    expect(Object.fromEntries(rows)).toEqual(LABELS);
  });
  test('bases, frame, hash to scalar', () => {
    expect([encodeG1(G_REC), encodeG1(H)].map(toHex)).toEqual([hex('G_rec'), hex('H')].map(toHex));
    expect(frame(utf8('ab'), utf8(''), utf8('c'))).toEqual(hex('frame("ab", "", "c")'));
    const scalar = hashToScalar(utf8('abc'), utf8(LABELS.proofRecord));
    expect(encodeScalar(scalar)).toEqual(hex('H2S("abc", "answerable/v1/proof/record-key")'));
  });
  test('a proof', () => {
    const R = mulG1(G_REC, decodeScalar(hex('x')));
    expect(encodeG1(R)).toEqual(hex('R'));
    const equations = [{ image: ['R'] as const, terms: [['x', 'G_REC']] as const }];
    const relation = linearRelation({ elements: { G_REC, R }, witness: ['x'], equations });
    expect(encodeRelation(relation)).toEqual(hex('enc(relation)'));
    expect(proofTag('proofRecord', hex('binding'))).toEqual(hex('tag(proofRecord, binding)'));
    verifyCompact(hex('tag(proofRecord, binding)'), relation, hex('proof'));
  });
});

const issuance = exampleOf('issuance');
const presentation = exampleOf('presentation');
const credential = (): Credential => {
  const { hex, text } = issuance;
  const grant = {
    epoch: Number(text('epoch')),
    attributes: JSON.parse(text('attributes')) as Record<string, string>,
    entropy: hex('epsilon'),
    blindSignature: hex('signature'),
  };
  const own = { secret: hex('s'), blind: hex('blind') };
  return acceptCredential(hex('PK'), hex('R'), grant.epoch, own, grant);
};

test('spec/issuance.md', () => {
  const { hex, text } = issuance;
  expect(secretPoint(hex('s'))).toEqual(hex('S0'));
  expect(recordKeyFrom(hex('S0'), hex('epsilon'))).toEqual(hex('R'));
  expect(credentialHeader(Number(text('epoch')))).toEqual(hex('header'));
  const request = { commitmentWithProof: hex('commitment with proof'), bindingProof: hex('enrolment proof') };
  verifyRecordRequest(hex('S0'), hex('binding'), request);
  expect(credential().signature).toEqual(hex('signature'));
});

test('spec/presentation.md', () => {
  const { hex, text } = presentation;
  const question: Question = {
    issuerKey: hex('PK'),
    openingKey: hex('Y'),
    scope: hex('scope'),
    disclose: text('disclose').split(' ') as DisclosableField[],
    label: {
      requestHash: hex('request hash'),
      policyHash: hex('policy hash'),
      epoch: Number(text('epoch')),
      checkpoint: { size: Number(text('checkpoint size')), root: hex('checkpoint root') },
      accountKey: hex('account key'),
      noticeHandle: hex('notice handle'),
    },
  };
  const proven = verifyPresentation(hex('presentation'), question);
  expect(proven.pseudonym).toEqual(hex('P'));
  expect(pseudonymOf(credential(), hex('scope'))).toEqual(hex('P'));
  expect(encodeG1(originPoint(hex('scope')))).toEqual(hex('OP'));
  const { E0, E1 } = decodeEscrow(proven.escrow);
  const [x, rho, Y] = [decodeScalar(hex('x')), decodeScalar(hex('rho')), decodeG1(hex('Y'))];
  expect(encodeG1(E0)).toEqual(encodeG1(mulG1(G, rho)));
  expect(encodeG1(E1)).toEqual(encodeG1(msmG1([Y, G_REC], [rho, x])));
  expect(encodeG1(mulG1(G_REC, x))).toEqual(hex('R'));
  expect(encodeG1(mulG1(G, decodeScalar(hex('y'))))).toEqual(hex('Y'));
  const T = [decodeG1(hex('T0')), decodeG1(hex('T1'))] as const;
  expect(presentationHeader(question, Y, E0, E1, ...T)).toEqual(hex('ph'));
  const terms = nymTerms(decodePublicKey(hex('PK')), credentialHeader(question.label.epoch), SHAPE);
  expect(encodeScalar(calculateDomain(terms))).toEqual(hex('domain'));
  expect(decodePresentation(hex('presentation'), question.disclose).proof.responses).toHaveLength(8);
  const account = deriveAccount(credential(), hex('scope'), Number(text('slot')));
  expect([account.publicKey, account.noticeHandle]).toEqual([hex('account key'), hex('notice handle')]);
});

test('spec/escrow.md', () => {
  const { hex } = exampleOf('escrow');
  const keys = keysOf({ hex, text: String }, 'opening', hex('Y'));
  const shares = [1, 3].map((index) => ({ index, share: hex(`share ${index}`) }));
  const opened = openEscrow(keys, hex('escrow'), hex('binding'), shares);
  expect(opened).toEqual({ ok: true, recordKey: hex('R'), bad: [] });
  const identity = verifySealedIdentity(hex('Y'), hex('R'), hex('sealed'));
  expect(inspectIdentity(identity, hex('r'))).toEqual(hex('plain'));
  const more = [2, 3].map((index) => ({ index, share: hex(`identity share ${index}`) }));
  expect(openIdentity(keys, identity, hex('binding'), more)).toMatchObject({
    ok: true,
    identity: hex('plain'),
  });
  const parts = {
    tag: hex('leaf tag'),
    salt: hex('leaf salt'),
    recordKey: hex('R'),
    entropy: hex('epsilon'),
  };
  expect(identityLeaf({ ...parts, sealed: hex('sealed') })).toEqual(hex('leaf'));
  expect(sealingKeyOf(hex('sealing secret'))).toEqual(hex('sealing key'));
  expect(openFrom(hex('sealing secret'), hex('info'), hex('sealed to'))).toEqual(hex('opened'));
});

test('spec/tag.md', () => {
  const { hex } = exampleOf('tag');
  const keys = keysOf({ hex, text: String }, 'tag', encodeG1(mulG1(G, decodeScalar(hex('k')))));
  expect(encodeIdentifier('passport', 'GBR', '123456789')).toEqual(hex('identifier'));
  const evaluations = [1, 2].map((index) => ({ index, evaluation: hex(`evaluation ${index}`) }));
  const asked = { blinded: hex('B'), blind: hex('b') };
  const made = combineTag(keys, asked, hex('binding'), evaluations);
  expect(made).toEqual({ ok: true, element: hex('tag'), bad: [] });
  expect(tagCommitment(hex('tag'), 1)).toEqual(hex('commitment'));
  const wrong = { name: 'proofOpeningShare', bytes: hex('binding') } as const;
  expect(combine(keys, decodeG1(hex('B')), wrong, evaluations)).toMatchObject({ ok: false });
});

test('spec/recall.md', () => {
  const { hex, text } = exampleOf('recall');
  const words = text('words').split(' ');
  const answers = [1, 2, 3].map((index) => {
    const key = deriveRecallKey(hex(`master ${index}`), hex('recallId'), 1);
    expect(key.publicKey).toEqual(hex(`pk ${index}`));
    const state = blindWords(hex('recallId'), 1, words);
    expect(state.input).toEqual(hex('input'));
    return { index, state, ...evaluateRecall(key, state.blinded) };
  });
  const recalled = openRecall(hex('blob'), 2, answers.slice(1));
  expect(recalled).toMatchObject({
    ok: true,
    secret: hex('s'),
    recordKey: hex('R'),
    recallSecret: hex('S'),
    refillSecretKey: hex('refill seed'),
  });
});

test('spec/ceremony.md', () => {
  const { hex, text } = exampleOf('ceremony');
  const people = [1, 2, 3];
  const session: Session = {
    role: 'opening',
    network: text('network'),
    threshold: 2,
    participants: people.map((i) => ({ name: text(`name ${i}`), signingKey: hex(`key ${i}`) })),
    nonce: hex('nonce'),
  };
  expect(sessionId(session)).toEqual(hex('sid'));
  const all = (round: string) => people.map((i) => hex(`${round} ${i}`));
  const seen = checkReveals(session, all('commit'), all('reveal'));
  expect(seen.transcript).toEqual(hex('transcript'));
  const body = concat(hex('transcript'), hex('Y'), ...people.map((i) => hex(`X_${i}`)));
  const confirm = hex('confirm 1');
  expect(confirm.slice(2, -64)).toEqual(body);
  expect(() => readAll(session, 'confirm', [confirm])).toThrow('2, 3');
  let sum = decodeScalar(hex('f_1(1)'));
  for (const dealer of [2, 3]) {
    const deal = hex(`deal ${dealer} to 1`).slice(2, -64);
    const info = frame(utf8(LABELS.ceremonyDeal), hex('sid'), Uint8Array.of(dealer), Uint8Array.of(1));
    sum = addScalar(sum, decodeScalar(openFrom(hex('e secret 1'), info, deal.slice(33))));
  }
  expect(encodeScalar(sum)).toEqual(hex('y_1'));
  expect(encodeG1(mulG1(G, sum))).toEqual(hex('X_1'));
});
