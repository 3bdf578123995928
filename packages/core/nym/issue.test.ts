// Issuing with a nym: what must be refused, each named for its sin.

import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes.ts';
import { addG1, addScalar, equalG1, type G1, mulG1, ONE, randomScalar } from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import {
  commitmentBases,
  commitWithNym,
  finalizeWithNym,
  verifyAndBlindSignWithNym,
  verifyNymCommitment,
} from './issue.ts';

import { alice, another, bob, header, key, messages, plusOne, replaced, s, shape } from './scenario.ts';

describe('issuing', () => {
  const { parts, entropy, commitmentWithProof } = alice;
  it.each<[string, () => void]>([
    [
      'another entropy than was signed',
      () => finalizeWithNym(key.publicKey, header, parts, addScalar(entropy, ONE)),
    ],
    [
      'another secret than was committed',
      () => finalizeWithNym(key.publicKey, header, { ...parts, proverNyms: [addScalar(s, ONE)] }, entropy),
    ],
    [
      'another blind',
      () => finalizeWithNym(key.publicKey, header, { ...parts, proverBlind: randomScalar() }, entropy),
    ],
    ['another header', () => finalizeWithNym(key.publicKey, utf8('epoch 8'), parts, entropy)],
    [
      'a flag the issuer did not sign',
      () =>
        finalizeWithNym(key.publicKey, header, { ...parts, messages: messages.with(3, utf8('no')) }, entropy),
    ],
    [
      'another person’s signature',
      () => finalizeWithNym(key.publicKey, header, { ...parts, signature: bob.parts.signature }, entropy),
    ],
    ['a commitment altered', () => verifyNymCommitment(replaced(commitmentWithProof, 0, another), shape)],
    [
      'a commitment whose response is off',
      () => verifyNymCommitment(plusOne(commitmentWithProof, 80), shape),
    ],
    [
      'another’s commitment proof',
      () =>
        verifyNymCommitment(replaced(bob.commitmentWithProof, 0, commitmentWithProof.subarray(0, 48)), shape),
    ],
  ])('fails with %s', (_, act) => {
    expect(act).toThrow(ProofFailed);
  });
  it.each<[string, () => void]>([
    [
      'a commitment to two scalars, for one',
      () => verifyNymCommitment(commitWithNym([], [s, s]).commitmentWithProof, shape),
    ],
    [
      'a commitment with a message smuggled in',
      () => verifyNymCommitment(commitWithNym([utf8('x')], [s]).commitmentWithProof, shape),
    ],
    ['an empty commitment', () => verifyNymCommitment(new Uint8Array(0), shape)],
  ])('is malformed: %s', (_, act) => {
    expect(act).toThrow(Malformed);
  });
  it('shows the bases of the commitment: C = ρ·Q2 + s·J', () => {
    const [Q2, J] = commitmentBases(shape) as [G1, G1];
    const { C } = verifyNymCommitment(commitmentWithProof, shape);
    expect(equalG1(C, addG1(mulG1(Q2, parts.proverBlind), mulG1(J, s)))).toBe(true);
  });
  it('a shape without a nym, or messages that do not fit the shape, is a bug', () => {
    expect(() => verifyNymCommitment(commitmentWithProof, { ...shape, nyms: 0 })).toThrow(/bug/);
    expect(() => verifyAndBlindSignWithNym(key, commitmentWithProof, shape, entropy, header, [])).toThrow(
      /bug/,
    );
  });
});
