// The published vectors of BBS and Blind BBS, to the byte; the ones marked invalid must be refused.

import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../bytes.ts';
import { decodeScalar, encodeG1, encodeScalar } from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { hashToScalar } from '../hash.ts';
import { mockedRng, readVector, readVectors, type Vector, vectorsPresent } from '../test-vectors.ts';
import {
  type BlindShape,
  blindScalars,
  blindSign,
  blindTerms,
  blindVerifyProof,
  combinedIndexes,
  verifyBlindSignature,
} from './blind.ts';
import { BBS_API, BLIND_API, messagesToScalars, P1 } from './ciphersuite.ts';
import { verifyCommitment } from './commitment.ts';
import { commitmentGenerators, createGenerators, generatorsFor } from './generators.ts';
import { coreCommitWith, coreProofGenWith } from './internal.ts';
import { decodePublicKey, deriveKeyPair, keyPairOf } from './key.ts';
import { sign, verify, verifyProof } from './plain.ts';
import { drawScalars } from './proof.ts';

const suite = 'bls12-381-sha-256';
const octets = (hexes: readonly string[]) => hexes.map((hex) => fromHex(hex));
const scalar = (hex: string) => decodeScalar(fromHex(hex));
const hexG1 = (p: Parameters<typeof encodeG1>[0]) => toHex(encodeG1(p));
const hexScalars = (scalars: readonly Parameters<typeof encodeScalar>[0][]) =>
  scalars.map((s) => toHex(encodeScalar(s)));
const entriesOf = (map: Record<string, string>) =>
  Object.entries(map).map(([index, hex]) => [Number(index), fromHex(hex)] as const);

/** Runs `check`; a case marked invalid must be refused as malformed or as failed, and as nothing else. */
function expectResult(v: Vector, check: () => void): void {
  if (v.result.valid) {
    check();
    return;
  }
  let refusal: unknown;
  try {
    check();
  } catch (error) {
    refusal = error;
  }
  expect(refusal instanceof ProofFailed || refusal instanceof Malformed).toBe(true);
}

describe.runIf(vectorsPresent('bbs'))('published vectors: bbs', () => {
  const folder = `bbs/${suite}`;
  const text = (hex: string) => new TextDecoder().decode(fromHex(hex));

  it('key pair', () => {
    const v = readVector(`${folder}/keypair.json`);
    const { secretKey, publicKey } = deriveKeyPair(
      fromHex(v.keyMaterial),
      fromHex(v.keyInfo),
      fromHex(v.keyDst),
    );
    expect(toHex(encodeScalar(secretKey))).toBe(v.keyPair.secretKey);
    expect(toHex(publicKey.octets)).toBe(v.keyPair.publicKey);
    const byDefault = deriveKeyPair(fromHex(v.keyMaterial), fromHex(v.keyInfo));
    expect(toHex(byDefault.publicKey.octets)).toBe(v.keyPair.publicKey);
  });
  it('hash to scalar', () => {
    const v = readVector(`${folder}/h2s.json`);
    expect(hexScalars([hashToScalar(fromHex(v.message), fromHex(v.dst))])).toEqual([v.scalar]);
    expect(toHex(BBS_API.hashToScalarDst)).toBe(v.dst);
  });
  it('messages to scalars', () => {
    const v = readVector(`${folder}/MapMessageToScalarAsHash.json`);
    const scalars = messagesToScalars(
      BBS_API,
      v.cases.map((c: Vector) => fromHex(c.message)),
    );
    expect(hexScalars(scalars)).toEqual(v.cases.map((c: Vector) => c.scalar));
    expect(toHex(BBS_API.mapToScalarDst)).toBe(v.dst);
  });
  it('generators', () => {
    const v = readVector(`${folder}/generators.json`);
    expect(hexG1(P1)).toBe(v.P1);
    const made = createGenerators(BBS_API.id, v.MsgGenerators.length + 1).map(hexG1);
    expect(made).toEqual([v.Q1, ...v.MsgGenerators]);
  });
  it('mocked random scalars', () => {
    const v = readVector(`${folder}/mockedRng.json`);
    expect(hexScalars(drawScalars(mockedRng(text(v.seed), text(v.dst)), v.count))).toEqual(v.mockedScalars);
  });

  it.each(readVectors(`${folder}/signature`))('%s', (_, v) => {
    const key = keyPairOf(scalar(v.signerKeyPair.secretKey));
    const publicKey = decodePublicKey(fromHex(v.signerKeyPair.publicKey));
    const [header, messages] = [fromHex(v.header), octets(v.messages)];
    expectResult(v, () => verify(publicKey, fromHex(v.signature), header, messages));
    if (v.result.valid) expect(toHex(sign(key, header, messages))).toBe(v.signature);
  });

  it.each(readVectors(`${folder}/proof`))('%s', (_, v) => {
    const publicKey = decodePublicKey(fromHex(v.signerPublicKey));
    const [header, presentationHeader] = [fromHex(v.header), fromHex(v.presentationHeader)];
    const messages = octets(v.messages);
    const disclosed = v.disclosedIndexes.map((i: number) => [i, messages[i] ?? new Uint8Array(0)] as const);
    expectResult(v, () =>
      verifyProof(publicKey, fromHex(v.proof), header, presentationHeader, messages.length, disclosed),
    );
    if (!v.result.valid) return;
    const rng = readVector(`${folder}/mockedRng.json`);
    const terms = { api: BBS_API, publicKey, header, generators: generatorsFor(BBS_API, messages.length) };
    const made = coreProofGenWith(
      mockedRng(text(rng.seed), text(rng.dst)),
      terms,
      fromHex(v.signature),
      presentationHeader,
      messagesToScalars(BBS_API, messages),
      v.disclosedIndexes,
    );
    expect(toHex(made)).toBe(v.proof);
  });
});

describe.runIf(vectorsPresent('blind'))('published vectors: blind', () => {
  const folder = `blind/${suite}`;
  const all = vectorsPresent('blind')
    ? readVector('blind/messages.json')
    : { messages: [], committedMessages: [] };
  const rngOf = (v: Vector, what: 'commit' | 'proof') =>
    mockedRng(v.mockRngParameters.SEED, v.mockRngParameters[what].DST);

  it('generators', () => {
    const { generators, blindGenerators } = readVector(`${folder}/generators.json`);
    const own = createGenerators(generators.api_id, generators.MsgGenerators.length + 1).map(hexG1);
    expect(own).toEqual([generators.Q1, ...generators.MsgGenerators]);
    const blind = commitmentGenerators(BLIND_API, blindGenerators.MsgGenerators.length).map(hexG1);
    expect(blind).toEqual([blindGenerators.Q1, ...blindGenerators.MsgGenerators]);
    expect(generators.api_id).toBe(BLIND_API.id);
    expect(utf8(blindGenerators.api_id)).toEqual(utf8(`BLIND_${BLIND_API.id}`));
  });

  it.each(readVectors(`${folder}/commit`))('%s', (_, v) => {
    const scalars = messagesToScalars(BLIND_API, octets(v.committedMessages));
    const made = coreCommitWith(rngOf(v, 'commit'), BLIND_API, scalars);
    expect(hexScalars([made.proverBlind])).toEqual([v.proverBlind]);
    expect(toHex(made.commitmentWithProof)).toBe(v.commitmentWithProof);
    expectResult(v, () => verifyCommitment(BLIND_API, fromHex(v.commitmentWithProof), scalars.length));
  });

  it.each(readVectors(`${folder}/signature`))('%s', (_, v) => {
    const key = keyPairOf(scalar(v.signerKeyPair.secretKey));
    const [header, messages] = [fromHex(v.header), octets(v.messages)];
    const committedMessages = octets(v.committedMessages);
    const signature = blindSign(
      key,
      fromHex(v.commitmentWithProof),
      committedMessages.length,
      header,
      messages,
    );
    expect(toHex(signature)).toBe(v.signature);
    verifyBlindSignature(key.publicKey, header, {
      signature,
      messages,
      committedMessages,
      proverBlind: scalar(v.proverBlind),
    });
  });

  it.each(readVectors(`${folder}/proof`))('%s', (_, v) => {
    const publicKey = decodePublicKey(fromHex(v.signerPublicKey));
    const [header, presentationHeader] = [fromHex(v.header), fromHex(v.presentationHeader)];
    const [signer, committed] = [entriesOf(v.revealedMessages), entriesOf(v.revealedCommittedMessages)];
    const [messages, committedMessages] = [octets(all.messages), octets(all.committedMessages)];
    const shape: BlindShape = { signerMessages: v.L, committedMessages: committedMessages.length };
    const terms = blindTerms(BLIND_API, publicKey, header, shape.signerMessages, shape.committedMessages);
    const made = coreProofGenWith(
      rngOf(v, 'proof'),
      terms,
      fromHex(v.signature),
      presentationHeader,
      blindScalars(BLIND_API, { messages, committedMessages, proverBlind: scalar(v.proverBlind) }),
      combinedIndexes(
        shape,
        signer.map(([i]) => i),
        committed.map(([i]) => i),
      ),
    );
    expect(toHex(made)).toBe(v.proof);
    blindVerifyProof(publicKey, fromHex(v.proof), header, presentationHeader, shape, { signer, committed });
  });
});
