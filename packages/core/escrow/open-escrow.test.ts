import { beforeAll, describe, expect, test } from 'vitest';
import { concat, utf8 } from '../bytes.ts';
import { interpolateG1, type KeyShare, lagrange } from '../ceremony/key.ts';
import {
  addG1,
  decodeG1,
  encodeG1,
  type G1,
  invScalar,
  mulG1,
  randomScalar,
  type Scalar,
  subG1,
} from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { prove } from '../presentation/prove.ts';
import { drawRegistrar, enrol, questionOf } from '../presentation/scenario.ts';
import { type Presentation, verifyPresentation } from '../presentation/verify.ts';
import type { Proven } from '../proven.ts';
import { G } from '../sigma/bases.ts';
import { decodeEscrow, encodeEscrow } from './ciphertext.ts';
import { openEscrow, releaseShare, type ShareOf, verifyShare } from './open-escrow.ts';
import { drawSharedKey } from './scenario.ts';

const { keys, shares } = drawSharedKey('opening', 3, 5);
const registrar = drawRegistrar();
const { credential, recordKey } = enrol(registrar);
const binding = utf8('case 7, entry 4711');
let admission: Proven<Presentation>;
let other: Proven<Presentation>;

beforeAll(() => {
  const question = questionOf(registrar.publicKey, keys.publicKey);
  admission = verifyPresentation(prove(credential, question), question);
  const elsewhere = questionOf(registrar.publicKey, keys.publicKey, 'scope two');
  other = verifyPresentation(prove(credential, elsewhere), elsewhere);
});

const release = (indices: number[], of = admission, what = binding): ShareOf[] =>
  indices.map((index) => ({ index, share: releaseShare(shares[index - 1]!, of, what) }));
const open = (given: ShareOf[]) => openEscrow(keys, admission.escrow, binding, given);

describe('opening an account', () => {
  test.each([[[1, 2, 3]], [[5, 1, 4]], [[1, 2, 3, 4, 5]]])('guardians %j give the record key', (indices) => {
    expect(open(release(indices))).toEqual({ ok: true, recordKey, bad: [] });
  });

  test('t − 1 shares open nothing, and are noise', () => {
    expect(open(release([2, 4]))).toEqual({ ok: false, bad: [], missing: 1 });
    // Whatever R one wishes for, some third share would lead there: two shares exclude nothing.
    const { E1 } = decodeEscrow(admission.escrow);
    const [D2, D4] = release([2, 4]).map(({ share }) => decodeG1(share.slice(1, 49))) as [G1, G1];
    const wished = mulG1(G, randomScalar());
    const [l5, l2, l4] = lagrange([5, 2, 4]) as [Scalar, Scalar, Scalar];
    const rest = subG1(subG1(subG1(E1, wished), mulG1(D2, l2)), mulG1(D4, l4));
    const D5 = mulG1(rest, invScalar(l5));
    const R = subG1(E1, interpolateG1([5, 2, 4], [D5, D2, D4]));
    expect(encodeG1(R)).toEqual(encodeG1(wished));
  });

  test('a bad share is named and the rest still open', () => {
    const given = release([1, 2, 3, 4]);
    given[1]!.share[60]! ^= 1;
    expect(open(given)).toEqual({ ok: true, recordKey, bad: [2] });
    expect(open(given.slice(0, 3))).toEqual({ ok: false, bad: [2], missing: 1 });
  });

  test('a share of a share-holder who lies about the key is named; unchecked, it would have spoilt the result', () => {
    const wrong: KeyShare = { ...shares[0]!, secret: shares[1]!.secret };
    const lie = { index: 1, share: releaseShare(wrong, admission, binding) };
    expect(open([lie, ...release([2, 3, 4])])).toEqual({ ok: true, recordKey, bad: [1] });
    const points = [lie, ...release([2, 3])].map(({ share }) => decodeG1(share.slice(1, 49)));
    const spoilt = subG1(decodeEscrow(admission.escrow).E1, interpolateG1([1, 2, 3], points));
    expect(encodeG1(spoilt)).not.toEqual(recordKey);
  });

  test('one share sent twice counts once; a copy of another guardian’s names the copier', () => {
    const [one, two] = release([1, 2]) as [ShareOf, ShareOf];
    expect(open([one, one, two])).toEqual({ ok: false, bad: [], missing: 1 });
    expect(open([one, two, { index: 3, share: two.share }])).toEqual({ ok: false, bad: [3], missing: 1 });
    const relabelled = concat(Uint8Array.of(3), two.share.slice(1));
    expect(open([one, two, { index: 3, share: relabelled }])).toEqual({ ok: false, bad: [3], missing: 1 });
  });

  test('shares of another case, entry or account do not open this one', () => {
    const elsewhere = release([1, 2, 3], admission, utf8('case 8, entry 4711'));
    expect(open(elsewhere)).toEqual({ ok: false, bad: [1, 2, 3], missing: 3 });
    expect(open(release([1, 2, 3], other))).toEqual({ ok: false, bad: [1, 2, 3], missing: 3 });
    const { E0, E1 } = decodeEscrow(admission.escrow);
    const sameE0 = encodeEscrow({ E0, E1: addG1(E1, G) });
    expect(openEscrow(keys, sameE0, binding, release([1, 2, 3]))).toMatchObject({ ok: false, missing: 3 });
  });

  test('malformed shares: lengths, unknown indices, the identity, points off the subgroup', () => {
    const [good] = release([1]) as [ShareOf];
    const check = (index: number, share: Uint8Array) => () =>
      verifyShare(keys, index, admission.escrow, binding, share);
    expect(check(1, good.share)).not.toThrow();
    expect(check(1, good.share.slice(0, -1))).toThrow(Malformed);
    expect(check(1, concat(good.share, Uint8Array.of(0)))).toThrow(Malformed);
    expect(check(6, good.share)).toThrow(Malformed);
    expect(check(0, good.share)).toThrow(Malformed);
    const identity = concat(Uint8Array.of(0xc0), new Uint8Array(47));
    const offSubgroup = concat(Uint8Array.of(0x80), new Uint8Array(47));
    for (const point of [identity, offSubgroup]) {
      expect(check(1, concat(Uint8Array.of(1), point, good.share.slice(49)))).toThrow(Malformed);
    }
  });

  test('nothing is released for what no verifier returned, nor by a tag key', () => {
    const invented = { escrow: admission.escrow } as Proven<{ escrow: Uint8Array }>;
    expect(() => releaseShare(shares[0]!, invented, binding)).toThrow('bug');
    expect(() => releaseShare({ ...shares[0]!, role: 'tag' }, admission, binding)).toThrow('bug');
  });

  test('a share verifies under its own key only', () => {
    const { keys: others } = drawSharedKey('opening', 3, 5);
    const [good] = release([1]) as [ShareOf];
    expect(() => verifyShare(others, 1, admission.escrow, binding, good.share)).toThrow(ProofFailed);
  });
});
