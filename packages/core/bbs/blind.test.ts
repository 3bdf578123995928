// What must be refused of commitments, blind signatures and their proofs, each named for its sin.

import { describe, expect, it } from 'vitest';
import { concat, utf8 } from '../bytes.ts';
import { encodeG1, encodeScalar, G1_BASE, mulG1, randomScalar, scalarFromBigint } from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import {
  type BlindDisclosed,
  blindProve,
  blindSign,
  blindVerifyProof,
  commit,
  verifyBlindSignature,
} from './blind.ts';
import { NYM_API } from './ciphersuite.ts';
import { verifyCommitment } from './commitment.ts';
import { generateKeyPair } from './key.ts';
import { verifyProof } from './plain.ts';

const key = generateKeyPair();
const { publicKey } = key;
const header = utf8('epoch 7');
const ph = utf8('a nonce');
const messages = ['one', 'two', 'three'].map((text) => utf8(text));
const committedMessages = ['hidden', 'more'].map((text) => utf8(text));
const { commitmentWithProof, proverBlind } = commit(committedMessages);
const signature = blindSign(key, commitmentWithProof, 2, header, messages);
const credential = { signature, messages, committedMessages, proverBlind };
const shape = { signerMessages: 3, committedMessages: 2 };
const disclosed: BlindDisclosed<Uint8Array> = {
  signer: [[1, messages[1]!]],
  committed: [[0, committedMessages[0]!]],
};
const proof = blindProve(publicKey, header, ph, credential, [1], [0]);
const flip = (octets: Uint8Array, at: number) => octets.map((octet, i) => (i === at ? octet ^ 1 : octet));
const another = encodeG1(mulG1(G1_BASE, scalarFromBigint(9n)));

describe('a commitment', () => {
  const sign = (octets: Uint8Array, committed = 2) => blindSign(key, octets, committed, header, messages);
  it.each<[string, () => void]>([
    ['C another point', () => sign(concat(another, commitmentWithProof.subarray(48)))],
    ['s^ off', () => sign(flip(commitmentWithProof, 48 + 31))],
    ['m^ off', () => sign(flip(commitmentWithProof, 80 + 31))],
    ['the challenge off', () => sign(flip(commitmentWithProof, commitmentWithProof.length - 1))],
    ['another interface’s domain', () => verifyCommitment(NYM_API, commitmentWithProof, 2)],
    [
      'another’s proof',
      () =>
        sign(
          concat(
            commitmentWithProof.subarray(0, 48),
            commit(committedMessages).commitmentWithProof.subarray(48),
          ),
        ),
    ],
  ])('fails with %s', (_, act) => {
    expect(act).toThrow(ProofFailed);
  });
  it.each<[string, () => void]>([
    ['empty', () => sign(new Uint8Array(0))],
    ['to fewer messages than said', () => sign(commitmentWithProof, 3)],
    ['to more messages than said', () => sign(commitmentWithProof, 1)],
    ['an octet long', () => sign(concat(commitmentWithProof, new Uint8Array(1)))],
    [
      'C the identity',
      () => sign(concat(new Uint8Array([0xc0]), new Uint8Array(47), commitmentWithProof.subarray(48))),
    ],
    [
      'a response zero',
      () =>
        sign(
          concat(commitmentWithProof.subarray(0, 48), new Uint8Array(32), commitmentWithProof.subarray(80)),
        ),
    ],
  ])('is malformed: %s', (_, act) => {
    expect(act).toThrow(Malformed);
  });
  it('hides: the same messages, another commitment in every part', () => {
    expect(commit(committedMessages).commitmentWithProof.subarray(0, 48)).not.toEqual(
      commitmentWithProof.subarray(0, 48),
    );
  });
});

describe('a blind signature', () => {
  it('holds, and its proof holds', () => {
    verifyBlindSignature(publicKey, header, credential);
    blindVerifyProof(publicKey, proof, header, ph, shape, disclosed);
  });
  it.each<[string, Partial<typeof credential>]>([
    ['another blind', { proverBlind: randomScalar() }],
    ['a committed message changed', { committedMessages: [utf8('hiddem'), utf8('more')] }],
    ['committed messages in each other’s place', { committedMessages: committedMessages.toReversed() }],
    ['a committed message left out', { committedMessages: committedMessages.slice(1) }],
    [
      'a signer message taken for a committed one',
      { messages: messages.slice(0, 2), committedMessages: [messages[2]!, ...committedMessages] },
    ],
    ['a signer message changed', { messages: messages.with(0, utf8('uno')) }],
  ])('fails with %s', (_, over) => {
    expect(() => verifyBlindSignature(publicKey, header, { ...credential, ...over })).toThrow(ProofFailed);
  });
});

describe('a proof over a blind signature', () => {
  const check = (over: Partial<BlindDisclosed<Uint8Array>>, counts = shape, octets = proof) =>
    blindVerifyProof(publicKey, octets, header, ph, counts, { ...disclosed, ...over });
  it.each<[string, () => void]>([
    ['a committed message changed', () => check({ committed: [[0, utf8('other')]] })],
    ['a committed message at another index', () => check({ committed: [[1, committedMessages[0]!]] })],
    [
      'a committed message passed for the signer’s',
      () =>
        check({
          signer: [
            [0, committedMessages[0]!],
            [1, messages[1]!],
          ],
          committed: [],
        }),
    ],
    [
      'the border between signer and committed moved',
      () => check({}, { signerMessages: 2, committedMessages: 3 }),
    ],
    [
      'another presentation header',
      () => blindVerifyProof(publicKey, proof, header, utf8('x'), shape, disclosed),
    ],
    [
      'the plain interface',
      () =>
        verifyProof(publicKey, proof, header, ph, 6, [
          [1, messages[1]!],
          [4, committedMessages[0]!],
        ]),
    ],
  ])('fails with %s', (_, act) => {
    expect(act).toThrow(ProofFailed);
  });
  it.each<[string, () => void]>([
    ['a committed index past the end', () => check({ committed: [[2, committedMessages[0]!]] })],
    ['a signer index that would be the blind’s', () => check({ signer: [[3, messages[1]!]] })],
    ['a scalar short', () => check({}, shape, proof.subarray(0, proof.length - 32))],
    ['a scalar long', () => check({}, shape, concat(proof, encodeScalar(randomScalar())))],
    [
      'a committed index disclosed that was asked twice',
      () => blindProve(publicKey, header, ph, credential, [], [0, 0]),
    ],
  ])('is malformed: %s', (_, act) => {
    expect(act).toThrow(Malformed);
  });
});
