// Pseudonyms: what must hold, and what must be refused, each named for its sin. Product shape: eight signer
// messages, nothing committed but one nym secret.

import { describe, expect, it } from 'vitest';
import { blindVerifyProof } from '../bbs/blind.ts';
import { generateKeyPair } from '../bbs/key.ts';
import { proofFinish, proofInit, undisclosed } from '../bbs/proof.ts';
import { decodeSignature } from '../bbs/signature.ts';
import { concat, toHex, utf8 } from '../bytes.ts';
import {
  addG1,
  addScalar,
  encodeG1,
  encodeScalar,
  equalG1,
  equalScalar,
  G1_BASE,
  IDENTITY_G1,
  mulG1,
  mulScalar,
  negG1,
  ONE,
  randomScalar,
  subG1,
  ZERO,
} from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { assertProven } from '../proven.ts';
import { randomBytes } from '../rng.ts';
import { nymChallenge } from './internal.ts';
import {
  commitWithNym,
  finalizeWithNym,
  type NymShape,
  nymScalars,
  nymTerms,
  verifyAndBlindSignWithNym,
} from './issue.ts';
import {
  decodeNymProof,
  proveWithNym,
  proveWithNymFinish,
  proveWithNymInit,
  verifyWithNym,
} from './proof.ts';
import { calculatePseudonym, originPoint } from './pseudonym.ts';

import {
  alice,
  another,
  bob,
  check,
  disclose,
  disclosed,
  elsewhere,
  enrol,
  forum,
  header,
  key,
  messages,
  ph,
  plusOne,
  replaced,
  s,
  shape,
  shown,
  statement,
} from './scenario.ts';

describe('a pseudonym', () => {
  it('is the same in one context over epochs and re-issues, and never elsewhere', () => {
    const renewed = enrol(s, key, alice.entropy);
    const again = proveWithNym(key.publicKey, header, utf8('later'), renewed.credential, forum, disclose);
    expect(equalG1(again.pseudonym, shown.pseudonym)).toBe(true);
    expect(equalG1(calculatePseudonym(elsewhere, alice.credential.nymSecrets), shown.pseudonym)).toBe(false);
    expect(equalG1(calculatePseudonym(forum, bob.credential.nymSecrets), shown.pseudonym)).toBe(false);
  });
  it('is x·OP for one secret, and x = s + ε', () => {
    const x = addScalar(s, alice.entropy);
    expect(equalScalar(alice.credential.nymSecrets[0]!, x)).toBe(true);
    expect(equalG1(mulG1(originPoint(forum), x), shown.pseudonym)).toBe(true);
  });
  it('is never the identity', () => {
    expect(() => calculatePseudonym(forum, [ZERO])).toThrow(/bug/);
    expect(() => calculatePseudonym(forum, [])).toThrow(/bug/);
  });
  it('needs a context of bounded length, the empty one included', () => {
    expect(() => originPoint(new Uint8Array(1025))).toThrow(Malformed);
    expect(equalG1(originPoint(new Uint8Array(0)), originPoint(new Uint8Array(1)))).toBe(false);
  });
});

describe('a proof in steps', () => {
  it('lets the caller answer for the same secret under the same challenge', () => {
    const draft = proveWithNymInit(key.publicKey, header, alice.credential, forum, disclose);
    const x = alice.credential.nymSecrets[0]!;
    const first = mulG1(G1_BASE, draft.nymNonces[0]!);
    const bound = concat(ph, encodeG1(first));
    const octets = proveWithNymFinish(draft, bound);
    const proof = decodeNymProof(octets, shape, 2);
    expect(
      equalScalar(proof.nymResponses[0]!, addScalar(draft.nymNonces[0]!, mulScalar(proof.challenge, x))),
    ).toBe(true);
    // What a verifier does: the first message from the responses, the header rebuilt, the unmodified check.
    const R = mulG1(G1_BASE, x);
    const rebuilt = subG1(mulG1(G1_BASE, proof.nymResponses[0]!), mulG1(R, proof.challenge));
    check({ presentationHeader: concat(ph, encodeG1(rebuilt)) }, octets);
    const wrong = subG1(mulG1(G1_BASE, proof.nymResponses[0]!), mulG1(addG1(R, G1_BASE), proof.challenge));
    expect(() => check({ presentationHeader: concat(ph, encodeG1(wrong)) }, octets)).toThrow(ProofFailed);
  });
  it('finishes once: a second challenge on the same nonces would give the secrets away', () => {
    const draft = proveWithNymInit(key.publicKey, header, alice.credential, forum, disclose);
    proveWithNymFinish(draft, ph);
    expect(() => proveWithNymFinish(draft, utf8('another'))).toThrow(/bug/);
    expect(() => proveWithNymFinish({ ...draft }, ph)).toThrow(/bug/);
  });
  it('has the published size: 528 octets for eight messages, two disclosed', () => {
    expect(shown.proof.length).toBe(528);
  });
  it('returns what it proved, marked', () => {
    assertProven(check());
  });
});

describe('a proof with a pseudonym', () => {
  it('holds', () => {
    check();
  });
  it.each<[string, () => void]>([
    [
      'another person’s pseudonym',
      () => check({ pseudonym: calculatePseudonym(forum, bob.credential.nymSecrets) }),
    ],
    [
      'the person’s own pseudonym elsewhere',
      () => check({ pseudonym: calculatePseudonym(elsewhere, alice.credential.nymSecrets) }),
    ],
    ['another context', () => check({ contextId: elsewhere })],
    [
      'another context and its true pseudonym',
      () =>
        check({
          contextId: elsewhere,
          pseudonym: calculatePseudonym(elsewhere, alice.credential.nymSecrets),
        }),
    ],
    ['the pseudonym negated', () => check({ pseudonym: negG1(shown.pseudonym) })],
    [
      'the pseudonym shifted by the origin point',
      () => check({ pseudonym: addG1(shown.pseudonym, originPoint(forum)) }),
    ],
    ['another presentation header', () => check({ presentationHeader: utf8('stolen') })],
    [
      'a presentation header that runs into the context',
      () => check({ presentationHeader: concat(ph, forum.subarray(0, 1)), contextId: forum.subarray(1) }),
    ],
    ['another header', () => check({ header: utf8('schema 1, epoch 8') })],
    ['another issuer', () => check({ publicKey: generateKeyPair().publicKey })],
    [
      'a flag altered',
      () =>
        check({
          disclosed: {
            signer: [
              [1, utf8('no')],
              [4, messages[4]!],
            ],
            committed: [],
          },
        }),
    ],
    [
      'a flag at another flag’s index',
      () =>
        check({
          disclosed: {
            signer: [
              [2, messages[1]!],
              [4, messages[4]!],
            ],
            committed: [],
          },
        }),
    ],
    ['the nym response off by one', () => check({}, plusOne(shown.proof, shown.proof.length - 64))],
    ['the blind’s response off by one', () => check({}, plusOne(shown.proof, shown.proof.length - 96))],
    ['the challenge off by one', () => check({}, plusOne(shown.proof, shown.proof.length - 32))],
    ['Abar another point', () => check({}, replaced(shown.proof, 0, another))],
    ['Bbar another point', () => check({}, replaced(shown.proof, 48, another))],
    ['D another point', () => check({}, replaced(shown.proof, 96, another))],
    [
      'a committed message in a nym’s place',
      () =>
        check(
          { shape: { ...shape, committedMessages: 1, nyms: 1 } },
          concat(shown.proof, encodeScalar(ONE)),
          { ...shape, committedMessages: 1 },
        ),
    ],
    ['two nyms where there is one', () => checkTwoAsOne()],
    [
      'a credential of another issuer',
      () =>
        check(
          {},
          proveWithNym(
            key.publicKey,
            header,
            ph,
            enrol(s, generateKeyPair(), alice.entropy).credential,
            forum,
            disclose,
          ).proof,
        ),
    ],
    ['a secret that was not signed', () => checkUnsignedSecret()],
    [
      'the blind interface',
      () =>
        blindVerifyProof(
          key.publicKey,
          shown.proof,
          header,
          ph,
          { signerMessages: 8, committedMessages: 1 },
          disclosed,
        ),
    ],
  ])('fails with %s', (_, act) => {
    expect(act).toThrow(ProofFailed);
  });
  it.each<[string, () => void]>([
    ['a scalar short', () => check({}, shown.proof.subarray(0, 496))],
    ['a scalar long', () => check({}, concat(shown.proof, encodeScalar(ONE)))],
    ['empty', () => check({}, new Uint8Array(0))],
    ['one more disclosed than shown', () => check({}, shown.proof, shape, 3)],
    ['the nym response zero', () => check({}, replaced(shown.proof, 464, new Uint8Array(32)))],
    [
      'the nym secret’s own index disclosed',
      () => check({ disclosed: { signer: disclosed.signer, committed: [[0, utf8('x')]] } }, shown.proof),
    ],
    [
      'the blind’s index disclosed',
      () =>
        check({
          disclosed: {
            signer: [
              [1, messages[1]!],
              [8, utf8('x')],
            ],
            committed: [],
          },
        }),
    ],
    [
      'a proof that would disclose the nym secret',
      () => proveWithNym(key.publicKey, header, ph, alice.credential, forum, { signer: [], committed: [0] }),
    ],
    [
      'a proof that would disclose the blind',
      () => proveWithNym(key.publicKey, header, ph, alice.credential, forum, { signer: [8], committed: [] }),
    ],
    [
      'a credential with a broken signature',
      () =>
        proveWithNymInit(
          key.publicKey,
          header,
          { ...alice.credential, signature: new Uint8Array(80) },
          forum,
          disclose,
        ),
    ],
  ])('is malformed: %s', (_, act) => {
    expect(act).toThrow(Malformed);
  });
  it('an identity in the pseudonym’s place is a bug of the decoder', () => {
    expect(() => check({ pseudonym: IDENTITY_G1 })).toThrow(/bug/);
  });
  it('two shows share no octets but the pseudonym', () => {
    const again = proveWithNym(key.publicKey, header, ph, alice.credential, forum, disclose);
    for (let at = 0; at < again.proof.length; at += 16) {
      expect(toHex(again.proof.subarray(at, at + 16))).not.toBe(toHex(shown.proof.subarray(at, at + 16)));
    }
  });

  function checkUnsignedSecret() {
    const stranger = { ...alice.credential, nymSecrets: [randomScalar()] };
    const made = proveWithNym(key.publicKey, header, ph, stranger, forum, disclose);
    check({ pseudonym: made.pseudonym }, made.proof);
  }
  /**
   * A credential over two nyms, shown as one committed message and one nym, by a prover who keeps to no interface:
   * it would have as many pseudonyms in a context as it has nyms. N is bound into the header, so it fails.
   */
  function checkTwoAsOne() {
    const two: NymShape = { ...shape, nyms: 2 };
    const asOne: NymShape = { ...shape, committedMessages: 1 };
    const nyms = [randomScalar(), randomScalar()];
    const { commitmentWithProof, proverBlind } = commitWithNym([], nyms);
    const entropy = randomScalar();
    const signature = verifyAndBlindSignWithNym(key, commitmentWithProof, two, entropy, header, messages);
    const parts = { signature, messages, committedMessages: [], proverBlind, proverNyms: nyms };
    const credential = finalizeWithNym(key.publicKey, header, parts, entropy);
    const honest = proveWithNym(key.publicKey, header, ph, credential, forum, disclose);
    verifyWithNym(decodeNymProof(honest.proof, two, 2), {
      ...statement,
      shape: two,
      pseudonym: honest.pseudonym,
    });

    const scalars = nymScalars(credential);
    const terms = nymTerms(key.publicKey, header, asOne);
    const hidden = undisclosed(scalars.length, disclose.signer);
    const init = proofInit(randomBytes, terms, decodeSignature(signature), scalars, hidden);
    const U = mulG1(originPoint(forum), init.opening.nonces.at(-1)!);
    const pseudonym = calculatePseudonym(forum, [scalars.at(-1)!]);
    const shownScalars = disclose.signer.map((i) => [i, scalars[i]!] as const);
    const c = nymChallenge(init.commitments, shownScalars, ph, { pseudonym, U, contextId: forum });
    const octets = proofFinish(init.commitments, init.opening, c);
    verifyWithNym(decodeNymProof(octets, asOne, 2), { ...statement, shape: asOne, pseudonym });
  }
});
