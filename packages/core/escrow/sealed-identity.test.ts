import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { concat, utf8 } from '../bytes.ts';
import { decodeG1, encodeG1, encodeScalar, mulG1, randomScalar } from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { frame } from '../frame.ts';
import { hkdf, sha256 } from '../hash.ts';
import { label } from '../label.ts';
import { prove } from '../presentation/prove.ts';
import { drawRegistrar, enrol, questionOf } from '../presentation/scenario.ts';
import { verifyPresentation } from '../presentation/verify.ts';
import type { Proven } from '../proven.ts';
import { G, G_REC } from '../sigma/bases.ts';
import { proofTag, proveCompact } from '../sigma/proof.ts';
import { linearRelation } from '../sigma/relation.ts';
import { openEscrow, releaseShare } from './open-escrow.ts';
import { drawSharedKey } from './scenario.ts';
import {
  identityLeaf,
  inspectIdentity,
  openIdentity,
  releaseIdentityShare,
  type SealedIdentity,
  sealIdentity,
  verifySealedIdentity,
} from './sealed-identity.ts';

const { keys, shares } = drawSharedKey('opening', 2, 3);
const recordKey = encodeG1(mulG1(G_REC, randomScalar()));
const otherKey = encodeG1(mulG1(G_REC, randomScalar()));
const plain = utf8('{"name":"Ada","birthDate":"1990-01-01"}');
const binding = utf8('case 7');
const { sealed, randomness } = sealIdentity(keys.publicKey, recordKey, plain);
let identity: Proven<SealedIdentity>;
beforeAll(() => {
  identity = verifySealedIdentity(keys.publicKey, recordKey, sealed);
});
const released = (indices: number[], of = identity) =>
  indices.map((index) => ({ index, share: releaseIdentityShare(shares[index - 1]!, of, binding) }));

describe('sealed identity', () => {
  test('t guardians open it; the wallet looks into it once with r', () => {
    expect(openIdentity(keys, identity, binding, released([1, 3]))).toEqual({
      ok: true,
      identity: plain,
      bad: [],
    });
    expect(inspectIdentity(identity, randomness)).toEqual(plain);
    expect(() => inspectIdentity(identity, encodeScalar(randomScalar()))).toThrow(ProofFailed);
  });

  test('one guardian opens nothing; a bad share is named', () => {
    expect(openIdentity(keys, identity, binding, released([2]))).toEqual({ ok: false, bad: [], missing: 1 });
    const given = released([1, 2, 3]);
    given[0]!.share[100]! ^= 1;
    expect(openIdentity(keys, identity, binding, given)).toMatchObject({ ok: true, bad: [1] });
  });

  test('hung on another record, or under another opening key: refused', () => {
    expect(() => verifySealedIdentity(keys.publicKey, otherKey, sealed)).toThrow(ProofFailed);
    expect(() =>
      verifySealedIdentity(drawSharedKey('opening', 2, 3).keys.publicKey, recordKey, sealed),
    ).toThrow(ProofFailed);
  });

  test('any octet altered: refused before anything secret is multiplied', () => {
    for (let at = 0; at < sealed.length; at += 29) {
      const altered = sealed.slice();
      altered[at]! ^= 1;
      expect(() => verifySealedIdentity(keys.publicKey, recordKey, altered)).toThrow();
    }
    expect(() => verifySealedIdentity(keys.publicKey, recordKey, sealed.slice(0, -1))).toThrow();
    expect(() => verifySealedIdentity(keys.publicKey, recordKey, new Uint8Array(10))).toThrow(Malformed);
  });

  test('an account’s E0 handed in as a KEM point: no proof can be made, and a phase-one share is none here', () => {
    const registrar = drawRegistrar();
    const { credential, recordKey: victim } = enrol(registrar);
    const question = questionOf(registrar.publicKey, keys.publicKey);
    const admission = verifyPresentation(prove(credential, question), question);
    const E0 = admission.escrow.slice(0, 48);
    const forged = concat(E0, sealed.slice(48));
    expect(() => verifySealedIdentity(keys.publicKey, recordKey, forged)).toThrow(ProofFailed);
    // Control: were the proof left out, what the guardians release would open the account.
    const unchecked = { ...identity, sealed: forged };
    expect(() => releaseIdentityShare(shares[0]!, unchecked as Proven<SealedIdentity>, binding)).toThrow(
      'bug',
    );
    const points = [1, 2].map((index) => ({
      index,
      share: releaseShare(shares[index - 1]!, admission, binding),
    }));
    expect(openEscrow(keys, admission.escrow, binding, points)).toMatchObject({
      ok: true,
      recordKey: victim,
    });
    expect(openIdentity(keys, identity, binding, points)).toMatchObject({ ok: false, bad: [1, 2] });
  });

  test('what was verified stays what it was, whatever becomes of the octets', () => {
    const [octets, key] = [sealed.slice(), recordKey.slice()];
    const verified = verifySealedIdentity(keys.publicKey, key, octets);
    octets.fill(0);
    key.fill(0);
    expect(openIdentity(keys, verified, binding, released([1, 2], verified))).toMatchObject({ ok: true });
  });

  test.each([
    ['half a block more', 1536],
    ['a block more', 2048],
    ['a block less', 0],
    ['a length beyond the padding', 1024, 1021],
  ])('padded otherwise (%s), though proved by its sealer: refused', (_, padded, said = plain.length) => {
    const r = randomScalar();
    const R1 = mulG1(G, r);
    const info = frame(encodeG1(R1), keys.publicKey, recordKey);
    const K = encodeG1(mulG1(decodeG1(keys.publicKey), r));
    const both = hkdf(K, label('kdfIdentity'), info, 64);
    const text = new Uint8Array(padded);
    if (padded > 0) {
      text.set(plain, 4);
      new DataView(text.buffer).setUint32(0, said);
    }
    const body = concat(
      both.slice(32),
      chacha20poly1305(both.slice(0, 32), new Uint8Array(12)).encrypt(text),
    );
    const statement = linearRelation({
      elements: { R1 },
      witness: ['r'],
      equations: [{ image: ['R1'], terms: [['r', 'G']] }],
    });
    const tag = proofTag('proofSealedIdentity', frame(keys.publicKey, recordKey, sha256(body)));
    const whole = concat(encodeG1(R1), proveCompact(tag, statement, [r]), body);
    const look = () =>
      inspectIdentity(verifySealedIdentity(keys.publicKey, recordKey, whole), encodeScalar(r));
    expect(look).toThrow(padded % 1024 === 0 && padded > 0 ? ProofFailed : Malformed);
  });

  test('records look alike: the length says little', () => {
    const longer = sealIdentity(keys.publicKey, recordKey, utf8('x'.repeat(500))).sealed;
    expect(longer.length).toBe(sealed.length);
  });

  test('the sealed commitment is checked before the cipher: a ciphertext opens under one key', () => {
    // The registrar makes a proof over a body whose commitment is not the key's: it verifies as knowledge of r,
    // and still nobody opens it.
    const r = randomScalar();
    const R1 = mulG1(G, r);
    const body = sealed.slice(48 + 64);
    const statement = linearRelation({
      elements: { R1 },
      witness: ['r'],
      equations: [{ image: ['R1'], terms: [['r', 'G']] }],
    });
    const tag = proofTag('proofSealedIdentity', frame(keys.publicKey, recordKey, sha256(body)));
    const mixed = concat(encodeG1(R1), proveCompact(tag, statement, [r]), body);
    const accepted = verifySealedIdentity(keys.publicKey, recordKey, mixed);
    expect(() => inspectIdentity(accepted, encodeScalar(r))).toThrow(ProofFailed);
    expect(() => openIdentity(keys, accepted, binding, released([1, 2], accepted))).toThrow(ProofFailed);
  });

  test('the leaf changes with each of its five parts', () => {
    const leaf = { tag: utf8('t'), salt: utf8('s'), recordKey, entropy: randomness, sealed };
    const first = identityLeaf(leaf);
    for (const part of Object.keys(leaf) as (keyof typeof leaf)[]) {
      expect(identityLeaf({ ...leaf, [part]: utf8('other') })).not.toEqual(first);
    }
    expect(identityLeaf({ ...leaf, tag: utf8('ts'), salt: utf8('') })).not.toEqual(first);
  });
});
