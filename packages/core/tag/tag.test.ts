import { describe, expect, test } from 'vitest';
import { concat, utf8 } from '../bytes.ts';
import { interpolateG1 } from '../ceremony/key.ts';
import {
  decodeG1,
  decodeScalar,
  encodeG1,
  encodeScalar,
  hashToG1,
  mulG1,
  randomScalar,
  subG1,
} from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { decodeEscrow, encodeEscrow, encryptRecord } from '../escrow/ciphertext.ts';
import { openEscrow, verifyShare } from '../escrow/open-escrow.ts';
import { drawSharedKey } from '../escrow/scenario.ts';
import { label } from '../label.ts';
import { G_REC } from '../sigma/bases.ts';
import { blindIdentifier, combineTag, encodeIdentifier, evaluateTag, tagCommitment } from './tag.ts';

const tagKey = drawSharedKey('tag', 2, 3);
const openingKey = drawSharedKey('opening', 2, 3);
const session = utf8('enrolment 5');
const passport = encodeIdentifier('passport', 'GBR', '123456789');
const ask = (identifier: Uint8Array) => {
  const asked = blindIdentifier(identifier);
  const evaluations = tagKey.shares.map((share) => ({
    index: share.index,
    evaluation: evaluateTag(share, asked.blinded, session),
  }));
  return { asked, evaluations };
};

describe('tags', () => {
  test('one identifier, one tag, whichever keepers answer; another identifier, another tag', () => {
    const direct = encodeG1(mulG1(hashToG1(passport, label('hashTag')), decodeScalar(tagKey.secretKey)));
    for (const keepers of [
      [1, 2],
      [3, 1],
      [1, 2, 3],
    ]) {
      const { asked, evaluations } = ask(passport);
      const given = keepers.map((i) => evaluations[i - 1]!);
      expect(combineTag(tagKey.keys, asked, session, given)).toEqual({ ok: true, element: direct, bad: [] });
    }
    const { asked, evaluations } = ask(encodeIdentifier('passport', 'GBR', '123456788'));
    const other = combineTag(tagKey.keys, asked, session, evaluations);
    expect(other.ok && other.element).not.toEqual(direct);
    expect(encodeIdentifier('a', 'b', 'c')).not.toEqual(encodeIdentifier('a', 'bc'));
  });

  test('a keeper sees nothing of the identifier: two requests for one are unlike', () => {
    expect(blindIdentifier(passport).blinded).not.toEqual(blindIdentifier(passport).blinded);
  });

  test('too few, or a bad one, named', () => {
    const { asked, evaluations } = ask(passport);
    evaluations[0]!.evaluation[70]! ^= 1;
    expect(combineTag(tagKey.keys, asked, session, evaluations)).toMatchObject({ ok: true, bad: [1] });
    expect(combineTag(tagKey.keys, asked, session, evaluations.slice(0, 2))).toEqual({
      ok: false,
      bad: [1],
      missing: 1,
    });
    expect(combineTag(tagKey.keys, asked, utf8('enrolment 6'), ask(passport).evaluations)).toMatchObject({
      ok: false,
    });
  });

  test('refused before anything secret is multiplied: identity, off the subgroup, off the curve, not canonical', () => {
    const [share] = tagKey.shares;
    const good = blindIdentifier(passport).blinded;
    const identity = concat(Uint8Array.of(0xc0), new Uint8Array(47));
    const offSubgroup = concat(Uint8Array.of(0x80), new Uint8Array(47));
    const offCurve = concat(Uint8Array.of(0x80), new Uint8Array(46), Uint8Array.of(1));
    const uncompressed = Uint8Array.from(good, (octet, i) => (i === 0 ? octet & 0x7f : octet));
    for (const point of [identity, offSubgroup, offCurve, uncompressed, good.slice(1), concat(good, good)]) {
      expect(() => evaluateTag(share!, point, session)).toThrow(Malformed);
    }
    expect(() => evaluateTag(share!, good, session)).not.toThrow();
  });

  test('a leaf commits to tag and key version', () => {
    const { blinded } = blindIdentifier(passport);
    expect(tagCommitment(blinded, 1)).not.toEqual(tagCommitment(blinded, 2));
  });
});

describe('an account’s E0 fed to the tag endpoint', () => {
  const x = randomScalar();
  const R = mulG1(G_REC, x);
  const escrow = encryptRecord(decodeG1(openingKey.keys.publicKey), x, randomScalar());
  const E0 = encodeG1(escrow.E0);
  const octets = encodeEscrow(escrow);
  const opened = (evaluations: Uint8Array[]) => {
    const points = evaluations.map((e) => decodeG1(e.slice(1, 49)));
    return encodeG1(subG1(decodeEscrow(octets).E1, interpolateG1([1, 2], points)));
  };

  test('comes back under the tag key, which opens nothing, and is no opening share', () => {
    const evaluations = tagKey.shares.slice(0, 2).map((share) => evaluateTag(share, E0, session));
    expect(opened(evaluations)).not.toEqual(encodeG1(R));
    const shares = evaluations.map((share, i) => ({ index: i + 1, share }));
    expect(openEscrow(openingKey.keys, octets, session, shares)).toMatchObject({ ok: false, bad: [1, 2] });
  });

  test('control: under the opening key the same endpoint would open the account; so it refuses that key', () => {
    for (const share of openingKey.shares) expect(() => evaluateTag(share, E0, session)).toThrow('bug');
    const disguised = openingKey.shares
      .slice(0, 2)
      .map((share) => evaluateTag({ ...share, role: 'tag' }, E0, session));
    expect(opened(disguised)).toEqual(encodeG1(R));
    // Even then it does not verify as an opening: the label is another one.
    expect(() => verifyShare(openingKey.keys, 1, octets, session, disguised[0]!)).toThrow(ProofFailed);
  });

  test('a request has nowhere to name a key', () => {
    expect(evaluateTag.length).toBe(3);
    expect(() => combineTag(openingKey.keys, { blinded: E0, blind: encodeScalar(x) }, session, [])).toThrow(
      'bug',
    );
  });
});
