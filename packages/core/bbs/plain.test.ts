// What must be refused of a plain BBS signature or proof, each named for its sin.

import { describe, expect, it } from 'vitest';
import { concat, i2osp, utf8 } from '../bytes.ts';
import {
  decodeG1,
  encodeG1,
  encodeScalar,
  type G1,
  G1_BASE,
  mulG1,
  negG1,
  ORDER,
  randomScalar,
  scalarFromBigint,
} from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { BBS_API, messagesToScalars } from './ciphersuite.ts';
import { generatorsFor } from './generators.ts';
import { decodePublicKey, deriveKeyPair, generateKeyPair, keyPairOf } from './key.ts';
import { prove, sign, verify, verifyProof } from './plain.ts';
import { coreSign } from './signature.ts';

const key = generateKeyPair();
const { publicKey } = key;
const header = utf8('epoch 7');
const ph = utf8('a nonce');
const messages = ['alpha', 'beta', '', 'delta', 'beta'].map((text) => utf8(text));
const signature = sign(key, header, messages);
const proof = prove(publicKey, signature, header, ph, messages, [0, 2]);
const disclosed = [
  [0, messages[0]!],
  [2, messages[2]!],
] as const;

const IDENTITY = concat(new Uint8Array([0xc0]), new Uint8Array(47));
const ORDER_THREE = concat(new Uint8Array([0x80]), new Uint8Array(47));
const OUTSIDE = concat(new Uint8Array([0x80]), new Uint8Array(46), new Uint8Array([4]));
const replaced = (octets: Uint8Array, at: number, part: Uint8Array) =>
  concat(octets.subarray(0, at), part, octets.subarray(at + part.length));
const plusOne = (octets: Uint8Array, at: number) => {
  const copy = octets.slice();
  copy[at + 31] = copy[at + 31]! ^ 1;
  return copy;
};
const another = encodeG1(mulG1(G1_BASE, scalarFromBigint(7n)));
const aboveOrder = i2osp(ORDER + 5n, 32);

describe('a signature', () => {
  it('holds', () => {
    verify(publicKey, signature, header, messages);
  });
  it('over no messages at all holds, and only over none', () => {
    const none = sign(key, header, []);
    verify(publicKey, none, header, []);
    expect(() => verify(publicKey, none, header, [utf8('')])).toThrow(ProofFailed);
  });
  it('is the same each time, though its computation is blinded', () => {
    expect(sign(key, header, messages)).toEqual(signature);
  });

  it.each<[string, () => void]>([
    ['another header', () => verify(publicKey, signature, utf8('epoch 8'), messages)],
    ['no header', () => verify(publicKey, signature, new Uint8Array(0), messages)],
    [
      'a header that swallowed a message',
      () => verify(publicKey, signature, concat(header, messages[0]!), messages.slice(1)),
    ],
    ['a message changed', () => verify(publicKey, signature, header, messages.with(1, utf8('betA')))],
    ['an empty message left out', () => verify(publicKey, signature, header, messages.toSpliced(2, 1))],
    ['an empty message added', () => verify(publicKey, signature, header, [...messages, utf8('')])],
    [
      'two messages in each other’s place',
      () => verify(publicKey, signature, header, messages.with(0, messages[1]!).with(1, messages[0]!)),
    ],
    [
      'two messages run together',
      () => verify(publicKey, signature, header, [utf8('alphabeta'), ...messages.slice(2)]),
    ],
    ['another issuer', () => verify(generateKeyPair().publicKey, signature, header, messages)],
    ['A another point', () => verify(publicKey, replaced(signature, 0, another), header, messages)],
    [
      'A negated',
      () => verify(publicKey, replaced(signature, 0, negated(signature.subarray(0, 48))), header, messages),
    ],
    ['e off by one', () => verify(publicKey, plusOne(signature, 48), header, messages)],
    [
      'another signature’s e',
      () => verify(publicKey, replaced(signature, 48, sign(key, header, []).subarray(48)), header, messages),
    ],
  ])('fails with %s', (_, act) => {
    expect(act).toThrow(ProofFailed);
  });

  it.each<[string, Uint8Array]>([
    ['empty', new Uint8Array(0)],
    ['one octet short', signature.subarray(0, 79)],
    ['one octet long', concat(signature, new Uint8Array(1))],
    ['A the identity', replaced(signature, 0, IDENTITY)],
    ['A outside the subgroup', replaced(signature, 0, OUTSIDE)],
    ['A of order three', replaced(signature, 0, ORDER_THREE)],
    ['e zero', replaced(signature, 48, new Uint8Array(32))],
    ['e not reduced', replaced(signature, 48, aboveOrder)],
  ])('is malformed: %s', (_, octets) => {
    expect(() => verify(publicKey, octets, header, messages)).toThrow(Malformed);
  });
});

describe('a proof', () => {
  const check = (
    octets: Uint8Array,
    over: Partial<{
      key: typeof publicKey;
      header: Uint8Array;
      ph: Uint8Array;
      count: number;
      disclosed: readonly (readonly [number, Uint8Array])[];
    }> = {},
  ) =>
    verifyProof(
      over.key ?? publicKey,
      octets,
      over.header ?? header,
      over.ph ?? ph,
      over.count ?? messages.length,
      over.disclosed ?? disclosed,
    );

  it('holds', () => {
    check(proof);
  });
  it('holds with everything hidden and with everything disclosed', () => {
    check(prove(publicKey, signature, header, ph, messages, []), { disclosed: [] });
    const all = messages.map((message, i) => [i, message] as const);
    check(prove(publicKey, signature, header, ph, messages, [0, 1, 2, 3, 4]), { disclosed: all });
  });
  it('is never the same twice in any part', () => {
    const again = prove(publicKey, signature, header, ph, messages, [0, 2]);
    for (let at = 0; at < proof.length; at += 16) {
      expect(again.subarray(at, at + 16)).not.toEqual(proof.subarray(at, at + 16));
    }
  });

  it.each<[string, () => void]>([
    ['another presentation header', () => check(proof, { ph: utf8('another nonce') })],
    ['another header', () => check(proof, { header: utf8('epoch 8') })],
    ['another issuer', () => check(proof, { key: generateKeyPair().publicKey })],
    ['a disclosed message changed', () => check(proof, { disclosed: [disclosed[0], [2, utf8('x')]] })],
    [
      'a disclosed message at another index',
      () => check(proof, { disclosed: [disclosed[0], [3, messages[2]!]] }),
    ],
    [
      'an equal message’s index',
      () => check(prove(publicKey, signature, header, ph, messages, [1]), { disclosed: [[4, messages[1]!]] }),
    ],
    ['Abar another point', () => check(replaced(proof, 0, another))],
    ['Bbar another point', () => check(replaced(proof, 48, another))],
    ['D another point', () => check(replaced(proof, 96, another))],
    ['Abar and Bbar scaled together, so that the pairing still holds', () => check(scaled(proof, 2))],
    ['Abar, Bbar and D scaled together', () => check(scaled(proof, 3))],
    [
      'Abar and Bbar both negated',
      () =>
        check(
          replaced(replaced(proof, 0, negated(proof.subarray(0, 48))), 48, negated(proof.subarray(48, 96))),
        ),
    ],
    ...['e^', 'r1^', 'r3^', 'm^1', 'm^3', 'm^4', 'the challenge'].map((name, i): [string, () => void] => [
      `${name} off by one`,
      () => check(plusOne(proof, 144 + 32 * i)),
    ]),
    [
      'two responses in each other’s place',
      () => check(replaced(replaced(proof, 240, proof.subarray(272, 304)), 272, proof.subarray(240, 272))),
    ],
    ['a signature that nobody made', () => check(forged())],
    [
      'a message that was not signed',
      () => check(prove(publicKey, signature, header, ph, messages.with(3, utf8('forged')), [0, 2])),
    ],
  ])('fails with %s', (_, act) => {
    expect(act).toThrow(ProofFailed);
  });

  it.each<[string, () => void]>([
    ['empty', () => check(new Uint8Array(0))],
    ['a scalar short', () => check(proof.subarray(0, proof.length - 32))],
    ['a scalar long', () => check(concat(proof, encodeScalar(randomScalar())))],
    ['an octet long', () => check(concat(proof, new Uint8Array(1)))],
    ['one message fewer disclosed', () => check(proof, { disclosed: [disclosed[0]] })],
    ['one message more disclosed', () => check(proof, { disclosed: [...disclosed, [3, messages[3]!]] })],
    ['a larger credential', () => check(proof, { count: 6 })],
    [
      'Abar and Bbar the identity, for which the pairing holds',
      () => check(replaced(replaced(proof, 0, IDENTITY), 48, IDENTITY)),
    ],
    ['D the identity', () => check(replaced(proof, 96, IDENTITY))],
    ['Abar outside the subgroup', () => check(replaced(proof, 0, OUTSIDE))],
    ['D of order three', () => check(replaced(proof, 96, ORDER_THREE))],
    ['a response zero', () => check(replaced(proof, 240, new Uint8Array(32)))],
    ['a response not reduced', () => check(replaced(proof, 240, aboveOrder))],
    ['the challenge zero', () => check(replaced(proof, proof.length - 32, new Uint8Array(32)))],
    ['an index twice', () => check(proof, { disclosed: [disclosed[0], disclosed[0]] })],
    ['indexes descending', () => check(proof, { disclosed: [disclosed[1], disclosed[0]] })],
    ['an index past the end', () => check(proof, { disclosed: [disclosed[0], [5, messages[2]!]] })],
    ['a negative index', () => check(proof, { disclosed: [[-1, messages[0]!], disclosed[1]] })],
    ['half an index', () => check(proof, { disclosed: [[0.5, messages[0]!], disclosed[1]] })],
    ['a proof over bad indexes', () => prove(publicKey, signature, header, ph, messages, [2, 0])],
    ['more messages than there are generators', () => check(proof, { count: 100_000 })],
  ])('is malformed: %s', (_, act) => {
    expect(act).toThrow(Malformed);
  });

  it('says nothing when it fails', () => {
    try {
      check(plusOne(proof, 240));
    } catch (error) {
      expect((error as Error).message).toBe('proof failed');
      expect(Object.keys(error as object)).toEqual(['name']);
      expect((error as Error).cause).toBeUndefined();
    }
    expect.assertions(3);
  });
});

describe('keys', () => {
  it('are refused: the identity, a short one, a G1 point, too little material', () => {
    expect(() => decodePublicKey(concat(new Uint8Array([0xc0]), new Uint8Array(95)))).toThrow(Malformed);
    expect(() => decodePublicKey(publicKey.octets.subarray(1))).toThrow(Malformed);
    expect(() => decodePublicKey(another)).toThrow('issuer public key: expected a canonical point of G2');
    expect(() => deriveKeyPair(new Uint8Array(31), new Uint8Array(0))).toThrow(Malformed);
    expect(() => deriveKeyPair(new Uint8Array(32), new Uint8Array(65_536))).toThrow(Malformed);
    expect(() => keyPairOf(scalarFromBigint(0n))).toThrow(/bug/);
  });
  it('are kept by value, and a kept one is not changed through the octets it came from', () => {
    const octets = generateKeyPair().publicKey.octets.slice();
    const first = decodePublicKey(octets);
    octets[5] = octets[5]! ^ 1;
    expect(first.octets).not.toEqual(octets);
    expect(decodePublicKey(first.octets)).toBe(first);
  });
});

/** A proof over an A that does not verify: everything holds but the pairing. */
function forged(): Uint8Array {
  const terms = { api: BBS_API, publicKey, header, generators: generatorsFor(BBS_API, messages.length) };
  const own = coreSign(generateKeyPair().secretKey, terms, messagesToScalars(BBS_API, messages));
  return prove(publicKey, own, header, ph, messages, [0, 2]);
}

function negated(octets: Uint8Array): Uint8Array {
  return encodeG1(negG1(decodeG1(octets)));
}

function scaled(octets: Uint8Array, points: number): Uint8Array {
  const k = randomScalar();
  const times = (p: G1) => encodeG1(mulG1(p, k));
  let out = octets;
  for (let i = 0; i < points; i++)
    out = replaced(out, 48 * i, times(decodeG1(octets.subarray(48 * i, 48 * i + 48))));
  return out;
}
