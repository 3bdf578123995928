// Many presentations at once: for each exactly what verifyPresentation says of it by itself.

import { bls12_381 } from '@noble/curves/bls12-381.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, i2osp } from '../bytes.ts';
import { encodeG1, mulG1, randomScalar } from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { assertProven } from '../proven.ts';
import { randomBytes } from '../rng.ts';
import { G } from '../sigma/bases.ts';
import type { Credential } from './credential.ts';
import { prove } from './prove.ts';
import type { Question } from './question.ts';
import { drawRegistrar, drawWholeKey, enrol, questionOf } from './scenario.ts';
import { type Presentation, verifyPresentation, verifyPresentations } from './verify.ts';

type Asked = { octets: Uint8Array; question: Question };

const registrar = drawRegistrar();
const other = drawRegistrar();
const key = drawWholeKey();
const { credential } = enrol(registrar);
const question = questionOf(registrar.publicKey, key.publicKey);
const octets = prove(credential, question);

/** Where each part begins, as in presentation.test.ts. */
const AT = { P: 8, E0: 56, E1: 104, rho: 152, Abar: 184, Bbar: 232, D: 280, responses: 328 };
const put = (at: number, part: Uint8Array): Asked => {
  const copy = octets.slice();
  copy.set(part, at);
  return { octets: copy, question };
};
const IDENTITY = concat(Uint8Array.of(0xc0), new Uint8Array(47));
/** x = 1 is not on the curve; (0, 2) is, of order three. */
const OFF_CURVE = concat(Uint8Array.of(0x80), new Uint8Array(46), Uint8Array.of(1));
const ORDER_THREE = concat(Uint8Array.of(0x80), new Uint8Array(47));
/** The point at `at`, moved by the point of order three: the pairing alone would not see it. */
const shifted = (at: number): Asked => {
  const { Point } = bls12_381.G1;
  const ofOrderThree = Point.fromAffine({ x: 0n, y: 2n });
  const { x, y } = Point.fromBytes(octets.slice(at, at + 48))
    .add(ofOrderThree)
    .toAffine();
  const moved = i2osp(x, 48);
  moved[0]! |= 0x80 | (2n * y > bls12_381.fields.Fp.ORDER ? 0x20 : 0);
  return put(at, moved);
};
/** A signature that nobody made: every commitment and the challenge fit, and only the pairing fails. */
const forged = (): Asked => {
  const signature = concat(encodeG1(mulG1(G, randomScalar())), credential.signature.slice(48));
  const made: Credential = { ...credential, signature };
  return { octets: prove(made, question), question };
};
const honest = (): Asked => {
  const own = questionOf(registrar.publicKey, key.publicKey);
  return { octets: prove(credential, own), question: own };
};

const kinds: Record<string, () => Asked> = {
  honest,
  'the same one again': () => ({ octets, question }),
  'by another registrar': () => {
    const own = questionOf(other.publicKey, key.publicKey);
    return { octets: prove(enrol(other).credential, own), question: own };
  },
  'a forged signature': forged,
  'for another scope': () => ({ octets, question: questionOf(registrar.publicKey, key.publicKey, 'else') }),
  'under another registrar’s key': () => ({
    octets,
    question: { ...question, issuerKey: other.publicKey },
  }),
  'a response altered': () => put(AT.responses + 40, randomBytes(4)),
  'the identity as pseudonym': () => put(AT.P, IDENTITY),
  'the identity as Abar': () => put(AT.Abar, IDENTITY),
  'Abar and Bbar exchanged': () => {
    const copy = octets.slice();
    copy.set(octets.slice(AT.Bbar, AT.D), AT.Abar);
    copy.set(octets.slice(AT.Abar, AT.Bbar), AT.Bbar);
    return { octets: copy, question };
  },
  'Abar with its sign changed': () => put(AT.Abar, Uint8Array.of(octets[AT.Abar]! ^ 0x20)),
  'off the curve': () => put(AT.Bbar, OFF_CURVE),
  'of order three': () => put(AT.Abar, ORDER_THREE),
  'Abar with a defect of order three': () => shifted(AT.Abar),
  'Bbar with a defect of order three': () => shifted(AT.Bbar),
  'D with a defect of order three': () => shifted(AT.D),
  'E1 with a defect of order three': () => shifted(AT.E1),
  'cut short': () => ({ octets: octets.slice(0, -1), question }),
  empty: () => ({ octets: new Uint8Array(0), question }),
};
const accepted = new Set(['honest', 'the same one again', 'by another registrar']);

const alone = ({ octets: given, question: asked }: Asked): Presentation | Error => {
  try {
    return verifyPresentation(given, asked);
  } catch (error) {
    return error as Error;
  }
};
const said = (result: Presentation | Error) =>
  result instanceof Error ? `${result.name}: ${result.message}` : result;

describe('a batch', () => {
  test.each(Object.keys(kinds))('of one and of three says what the exact verifier says: %s', (name) => {
    const one = kinds[name]!();
    const exact = alone(one);
    expect(exact instanceof Error).toBe(!accepted.has(name));
    expect(verifyPresentations([one]).map(said)).toEqual([said(exact)]);
    const [before, between, after] = verifyPresentations([kinds.honest!(), one, kinds.honest!()]);
    expect([before, after].some((result) => result instanceof Error)).toBe(false);
    expect(said(between!)).toEqual(said(exact));
  });

  test('of any mixture, in any order', () => {
    const pool = Object.values(kinds).map((make) => make());
    const exact = pool.map((one) => said(alone(one)));
    fc.assert(
      fc.property(fc.array(fc.nat({ max: pool.length - 1 }), { maxLength: 12 }), (picked) => {
        const results = verifyPresentations(picked.map((i) => pool[i]!));
        expect(results.map(said)).toEqual(picked.map((i) => exact[i]));
      }),
      { numRuns: 12 },
    );
  });

  test('of 64 with one forged among them: that one, and nobody else', () => {
    const asked = Array.from({ length: 64 }, (_, i) => (i === 37 ? forged() : { octets, question }));
    const results = verifyPresentations(asked);
    expect(results.flatMap((result, i) => (result instanceof Error ? [i] : []))).toEqual([37]);
    expect(said(results[37]!)).toBe('ProofFailed: proof failed');
  });

  test('says no reason: a wrong challenge and a wrong pairing look alike', () => {
    const [challenge, pairing] = verifyPresentations([kinds['a response altered']!(), forged()]);
    expect(challenge).toBeInstanceOf(ProofFailed);
    expect({ ...(challenge as Error), text: String(challenge) }).toEqual({
      ...(pairing as Error),
      text: String(pairing),
    });
  });

  test('proves what one by one proves; what is wrong in the question is wrong for that one only', () => {
    const none = { ...question, openingKey: IDENTITY };
    const [good, wrong] = verifyPresentations([
      { octets, question },
      { octets, question: none },
    ]);
    assertProven(good as Presentation);
    expect(wrong).toBeInstanceOf(Malformed);
    expect(verifyPresentations([])).toEqual([]);
  });
});
