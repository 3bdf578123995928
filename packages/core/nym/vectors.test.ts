// The published vectors of the pseudonym draft, to the byte.

import { describe, expect, it } from 'vitest';
import { NYM_API, P1 } from '../bbs/ciphersuite.ts';
import { commitmentGenerators, createGenerators } from '../bbs/generators.ts';
import { decodePublicKey, keyPairOf } from '../bbs/key.ts';
import { fromHex, toHex } from '../bytes.ts';
import { addScalar, decodeG1, decodeScalar, encodeG1, encodeScalar } from '../curve.ts';
import { mockedRng, readVector, readVectors, type Vector, vectorsPresent } from '../test-vectors.ts';
import { commitWithNymWith, proveFinish, proveInitWith } from './internal.ts';
import { finalizeWithNym, verifyAndBlindSignWithNym } from './issue.ts';
import { decodeNymProof, verifyWithNym } from './proof.ts';
import { calculatePseudonym } from './pseudonym.ts';

const suite = 'pseudonym/bls12-381-sha-256';
const octets = (hexes: readonly string[]) => hexes.map((hex) => fromHex(hex));
/** One published case spells a scalar with 63 digits. */
const scalar = (hex: string) => decodeScalar(fromHex(hex.padStart(64, '0')));
const entriesOf = (map: Record<string, string>) =>
  Object.entries(map).map(([index, hex]) => [Number(index), fromHex(hex)] as const);
const hexG1 = (p: Parameters<typeof encodeG1>[0]) => toHex(encodeG1(p));
const rngOf = (v: Vector, what: 'commit' | 'proof') =>
  mockedRng(v.mockRngParameters.SEED, v.mockRngParameters[what].DST);
const shapeOf = (v: Vector) => ({
  signerMessages: v.messages.length,
  committedMessages: v.committedMessages.length,
  nyms: v.proverNyms.length,
});

describe.runIf(vectorsPresent('pseudonym'))('published vectors: pseudonym', () => {
  it('generators', () => {
    const { generators, blindGenerators } = readVector(`${suite}/generators.json`);
    expect(hexG1(P1)).toBe(generators.P1);
    const own = createGenerators(NYM_API.id, 11).map(hexG1);
    expect(own).toEqual([generators.Q1, ...generators.MsgGenerators]);
    const blind = commitmentGenerators(NYM_API, blindGenerators.MsgGenerators.length).map(hexG1);
    expect(blind).toEqual([blindGenerators.Q1, ...blindGenerators.MsgGenerators]);
  });

  it.each(readVectors(`${suite}/nymCommit`))('%s', (_, v) => {
    const made = commitWithNymWith(rngOf(v, 'commit'), octets(v.committedMessages), v.proverNyms.map(scalar));
    expect(toHex(encodeScalar(made.proverBlind))).toBe(v.proverBlind);
    expect(toHex(made.commitmentWithProof)).toBe(v.commitmentWithProof);
  });

  it.each(readVectors(`${suite}/nymSignature`))('%s', (_, v) => {
    const key = keyPairOf(scalar(v.signerKeyPair.secretKey));
    expect(toHex(key.publicKey.octets)).toBe(v.signerKeyPair.publicKey);
    const signature = verifyAndBlindSignWithNym(
      key,
      fromHex(v.commitmentWithProof),
      shapeOf(v),
      scalar(v.signer_nym_entropy),
      fromHex(v.header),
      octets(v.messages),
    );
    expect(toHex(signature)).toBe(v.signature);
    const credential = finalizeWithNym(
      key.publicKey,
      fromHex(v.header),
      {
        signature,
        messages: octets(v.messages),
        committedMessages: octets(v.committedMessages),
        proverBlind: scalar(v.proverBlind),
        proverNyms: v.proverNyms.map(scalar),
      },
      scalar(v.signer_nym_entropy),
    );
    expect(credential.nymSecrets.map((x) => toHex(encodeScalar(x)))).toEqual(v.nym_secrets);
  });

  it.each(readVectors(`${suite}/nymProof`))('%s', (_, v) => {
    const publicKey = decodePublicKey(fromHex(v.signerPublicKey));
    const [signer, committed] = [entriesOf(v.revealedMessages), entriesOf(v.revealedCommittedMessages)];
    const nymSecrets = v.nym_secrets.map(scalar);
    expect(toHex(encodeScalar(addScalar(scalar(v.proverNyms.at(-1)), scalar(v.signer_nym_entropy))))).toBe(
      v.nym_secrets.at(-1),
    );
    const contextId = fromHex(v.context_id);
    const held = proveInitWith(
      rngOf(v, 'proof'),
      publicKey,
      fromHex(v.header),
      {
        signature: fromHex(v.signature),
        messages: octets(v.messages),
        committedMessages: octets(v.committedMessages),
        proverBlind: scalar(v.proverBlind),
        nymSecrets,
      },
      contextId,
      { signer: signer.map(([i]) => i), committed: committed.map(([i]) => i) },
    );
    expect(hexG1(held.Ut)).toBe(v.trace.Ut);
    expect(hexG1(held.pseudonym)).toBe(v.pseudonym);
    expect(hexG1(calculatePseudonym(contextId, nymSecrets))).toBe(v.pseudonym);
    const made = proveFinish(held, fromHex(v.presentationHeader));
    expect(toHex(made)).toBe(v.proof);
    const proof = decodeNymProof(fromHex(v.proof), shapeOf(v), signer.length + committed.length);
    expect(toHex(encodeScalar(proof.challenge))).toBe(v.trace.challenge);
    const statement = verifyWithNym(proof, {
      publicKey,
      header: fromHex(v.header),
      presentationHeader: fromHex(v.presentationHeader),
      contextId,
      pseudonym: decodeG1(fromHex(v.pseudonym)),
      shape: shapeOf(v),
      disclosed: { signer, committed },
    });
    expect(hexG1(statement.pseudonym)).toBe(v.pseudonym);
  });
});
