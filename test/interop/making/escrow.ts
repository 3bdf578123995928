// The escrow vectors: shares of an opening, the sealed identity, its opening; and tags, which share the proof.

import * as escrow from '../second/escrow.ts';
import { evaluate } from '../second/evaluation.ts';
import {
  decodePoint,
  decodeScalar,
  encodePoint,
  G,
  HKDF,
  mul,
  type Point,
  randomScalar,
  SHA256,
  seal,
  sum,
} from '../second/group.ts';
import { label } from '../second/label.ts';
import { frame, fromHex, hexOf, I2OSP, join, utf8 } from '../second/octets.ts';
import { equation, proofTag, prove } from '../second/sigma.ts';
import type { Vector } from '../verdicts.ts';
import * as world from '../world.ts';
import { bigger, identityPoint, type Made, pointOffTheSubgroup, replaced } from './made.ts';

type Shares = readonly { readonly from: number; readonly share: string }[];
const secretOf = (index: number) => decodeScalar(world.opening.shares[index - 1]!.secret);
const Y = () => world.opening.keys.publicKey;
const R = () => world.ada.recordKey;

export function openingVectors(): Made {
  const seen = world.admission();
  const other = world.admission();
  const base = world.openingVector('first', [1, 2, 3], seen);
  const shares = base.shares as Shares;
  const of = (index: number) => fromHex(shares[index - 1]!.share);
  const shareVector = (from: number, share: Uint8Array): Vector => {
    const { shares: _, ...rest } = base;
    return { ...rest, kind: 'opening-share', from, share: hexOf(share) };
  };
  const opening = (...given: readonly (readonly [number, Uint8Array])[]): Vector => ({
    ...base,
    shares: given.map(([from, share]) => ({ from, share: hexOf(share) })),
  });
  const good = of(2);
  const E0 = decodePoint(seen.escrow.slice(0, 48));
  const y2 = secretOf(2);
  const underIdentityLabel = evaluate(2, y2, E0, {
    name: 'proofIdentityShare',
    binding: frame(seen.escrow, world.caseBinding),
  });
  const tagShare = decodeScalar(world.tagKey.shares[1]!.secret);
  const ofOther = escrow.releaseShare(2, y2, other.escrow, world.caseBinding);
  const rho = randomScalar();
  const emptyEscrow = join(encodePoint(mul(G, rho)), encodePoint(mul(decodePoint(Y()), rho)));
  const nobody = [1, 3].map((from) => ({
    from,
    share: hexOf(escrow.releaseShare(from, secretOf(from), emptyEscrow, world.caseBinding)),
  }));

  return {
    valid: {
      'share-of-2': shareVector(2, good),
      'opening-by-1-and-2': opening([1, of(1)], [2, of(2)]),
      'opening-by-3-and-1': opening([3, of(3)], [1, of(1)]),
      'opening-by-2-and-3-second': world.openingVector('second', [2, 3]),
      'opening-despite-a-bad-share': opening([1, of(1)], [2, ofOther], [3, of(3)]),
    },
    invalid: {
      'share-of-other-escrow': shareVector(2, ofOther),
      'share-of-other-case': shareVector(2, world.openingShare('first', 2, seen, utf8('case 2, entry 12'))),
      'share-of-other-guardian': shareVector(3, good),
      'share-under-other-index': shareVector(3, replaced(good, 0, Uint8Array.of(3))),
      'share-of-nobody': shareVector(4, replaced(good, 0, Uint8Array.of(4))),
      'share-of-index-zero': shareVector(0, replaced(good, 0, Uint8Array.of(0))),
      'share-of-other-phase': shareVector(2, underIdentityLabel),
      'share-by-other-key': shareVector(2, escrow.releaseShare(2, tagShare, seen.escrow, world.caseBinding)),
      'share-point-of-other-escrow': shareVector(2, replaced(good, 1, ofOther.slice(1, 49))),
      'share-point-identity': shareVector(2, replaced(good, 1, identityPoint)),
      'share-point-outside-the-subgroup': shareVector(2, replaced(good, 1, pointOffTheSubgroup())),
      'share-challenge-non-canonical': shareVector(2, replaced(good, 49, bigger(good.slice(49, 81)))),
      'share-response-non-canonical': shareVector(2, replaced(good, 81, bigger(good.slice(81)))),
      'share-proof-all-zeros': shareVector(2, replaced(good, 49, new Uint8Array(64))),
      'share-truncated': shareVector(2, good.slice(0, -1)),
      'share-trailing-byte': shareVector(2, join(good, Uint8Array.of(0))),
      'e1-of-other-escrow': {
        ...shareVector(2, good),
        escrow: hexOf(join(seen.escrow.slice(0, 48), other.escrow.slice(48))),
      },
      'opening-with-one-share': opening([1, of(1)]),
      'opening-with-one-share-twice': opening([1, of(1)], [1, of(1)]),
      'opening-with-one-share-under-two-names': opening([1, of(1)], [2, of(1)]),
      'opening-to-the-identity': { ...base, escrow: hexOf(emptyEscrow), shares: nobody },
    },
  };
}

export function sealedIdentityVectors(): Made {
  const base = world.sealedVector('first');
  const sealed = fromHex(base.sealed as string);
  const withSealed = (octets: Uint8Array): Vector => ({ ...base, sealed: hexOf(octets) });
  const opening = world.identityOpeningVector('first', [1, 2, 3]);
  const shares = opening.shares as Shares;
  const identity = { Y: Y(), R: R(), sealed: fromHex(opening.sealed as string) };
  const otherCase = escrow.releaseIdentityShare(1, secretOf(1), identity, utf8('case 2'));
  const asOpening = evaluate(1, secretOf(1), decodePoint(identity.sealed.slice(0, 48)), {
    name: 'proofOpeningShare',
    binding: frame(R(), SHA256(identity.sealed), world.caseBinding),
  });
  const otherSealed = world.identityOpeningVector('second', [1]).shares as Shares;
  const given = (first: string): Vector => ({ ...opening, shares: [{ from: 1, share: first }, shares[1]!] });
  const { escrow: anEscrow } = world.admission();
  const handedIn = replaced(sealed, 0, anEscrow.slice(0, 48));

  return {
    valid: {
      'sealed-identity': base,
      'sealed-identity-second': world.sealedVector('second'),
      'sealed-identity-of-two-blocks': world.sealedVector('first', utf8('a'.repeat(1021))),
      'sealed-identity-of-a-full-block': world.sealedVector('second', utf8('a'.repeat(1020))),
      'identity-opening-by-1-and-2': { ...opening, shares: shares.slice(0, 2) },
      'identity-opening-by-2-and-3-second': world.identityOpeningVector('second'),
      'identity-opening-despite-a-bad-share': {
        ...opening,
        shares: [{ from: 1, share: hexOf(otherCase) }, ...shares.slice(1)],
      },
    },
    invalid: {
      'sealed-for-other-record': { ...base, recordKey: hexOf(world.bob.recordKey) },
      'sealed-under-other-opening-key': { ...base, publicKey: hexOf(world.tagKey.keys.publicKey) },
      'escrow-point-as-kem-point': withSealed(handedIn),
      'kem-point-identity': withSealed(replaced(sealed, 0, identityPoint)),
      'kem-point-outside-the-subgroup': withSealed(replaced(sealed, 0, pointOffTheSubgroup())),
      'kem-proof-of-other-seal': withSealed(
        replaced(sealed, 48, fromHex(world.sealedVector('first').sealed as string).slice(48, 112)),
      ),
      'kem-proof-non-canonical': withSealed(replaced(sealed, 80, bigger(sealed.slice(80, 112)))),
      'kem-proof-for-other-statement': kemProofUnderOtherLabel(),
      'sealed-body-altered': withSealed(replaced(sealed, 300, Uint8Array.of(sealed[300]! ^ 1))),
      'sealed-truncated': withSealed(sealed.slice(0, -1)),
      'sealed-trailing-byte': withSealed(join(sealed, Uint8Array.of(0))),
      'com-of-other-key': badlySealed({ com: new Uint8Array(32) }),
      'key-of-other-kem': badlySealed({ key: new Uint8Array(32) }),
      'padding-not-zeros': badlySealed({ padded: replaced(padded('Ada'), 1023, Uint8Array.of(1)) }),
      'length-beyond-the-padding': badlySealed({ padded: replaced(padded('Ada'), 0, I2OSP(1021, 4)) }),
      'not-a-whole-block': badlySealed({ padded: padded('Ada').slice(0, 1000) }),
      'half-a-block-too-many': badlySealed({ padded: join(padded('Ada'), new Uint8Array(512)) }),
      'a-block-too-many': badlySealed({ padded: join(padded('Ada'), new Uint8Array(1024)) }),
      'randomness-of-other-seal': { ...base, randomness: world.sealedVector('first').randomness! },
      'identity-share-of-other-case': given(hexOf(otherCase)),
      'identity-share-of-other-phase': given(hexOf(asOpening)),
      'identity-share-of-other-seal': given(otherSealed[0]!.share),
      'identity-opening-with-one-share': { ...opening, shares: shares.slice(0, 1) },
      'identity-opening-with-one-share-twice': { ...opening, shares: [shares[0]!, shares[0]!] },
    },
  };
}

const padded = (plain: string): Uint8Array => {
  const octets = new Uint8Array(1024);
  octets.set(join(I2OSP(plain.length, 4), utf8(plain)));
  return octets;
};

/** Sealed by somebody who does everything right but for what is given, and proves R1 honestly. */
function badlySealed(given: { com?: Uint8Array; key?: Uint8Array; padded?: Uint8Array }): Vector {
  const r = randomScalar();
  const R1 = mul(G, r);
  const K = encodePoint(mul(decodePoint(Y()), r));
  const octets = HKDF(K, label('kdfIdentity'), frame(encodePoint(R1), Y(), R()), 64);
  const key = given.key ?? octets.slice(0, 32);
  const body = join(
    given.com ?? octets.slice(32),
    seal(key, new Uint8Array(12), given.padded ?? padded('Ada')),
  );
  return sealedWith(R1, r, body, 'proofSealedIdentity');
}

function kemProofUnderOtherLabel(): Vector {
  const good = fromHex(world.sealedVector('second').sealed as string);
  const r = randomScalar();
  return sealedWith(mul(G, r), r, good.slice(112), 'proofPossession');
}

function sealedWith(R1: Point, r: bigint, body: Uint8Array, name: string): Vector {
  const tag = proofTag(name, frame(Y(), R(), SHA256(body)));
  const proof = prove({ elements: [R1], equations: [equation(1, [0, 0])] }, [r], tag);
  const sealed = join(encodePoint(R1), proof, body);
  return {
    ...world.sealedVector('second'),
    sealed: hexOf(sealed),
    randomness: hexOf(I2OSP(r, 32)),
  };
}

export function tagVectors(): Made {
  const base = world.tagVector('first', [1, 2, 3]);
  const shares = base.shares as Shares;
  const blinded = fromHex(base.blinded as string);
  const k1 = decodeScalar(world.tagKey.shares[0]!.secret);
  const binding = fromHex(base.binding as string);
  const bound = (name: string, to: Uint8Array) => ({ name, binding: to });
  const by1 = (point: Point, name: string, to: Uint8Array) => hexOf(evaluate(1, k1, point, bound(name, to)));
  const given = (share: string): Vector => ({ ...base, shares: [{ from: 1, share }, shares[1]!] });
  const B = decodePoint(blinded);
  const good = fromHex(shares[0]!.share);
  const opened = escrow.releaseShare(1, secretOf(1), world.admission().escrow, binding);

  return {
    valid: {
      'tag-by-1-and-2': { ...base, shares: shares.slice(0, 2) },
      'tag-by-2-and-3-second': world.tagVector('second', [2, 3]),
      'tag-despite-a-bad-evaluation': {
        ...base,
        shares: [{ from: 1, share: hexOf(opened) }, ...shares.slice(1)],
      },
    },
    invalid: {
      'evaluation-of-other-session': given(by1(B, 'proofTagEvaluation', utf8('enrolment 2'))),
      'evaluation-of-other-point': given(by1(sum([2n, B]), 'proofTagEvaluation', binding)),
      'evaluation-proved-as-opening-share': given(by1(B, 'proofOpeningShare', binding)),
      'evaluation-proved-as-framed-share': given(by1(B, 'proofOpeningShare', frame(blinded, binding))),
      'evaluation-under-the-opening-key': given(
        hexOf(evaluate(1, secretOf(1), B, bound('proofTagEvaluation', binding))),
      ),
      'evaluation-of-other-keeper': given(shares[2]!.share),
      'evaluation-identity': given(hexOf(replaced(good, 1, identityPoint))),
      'evaluation-truncated': given(hexOf(good.slice(0, -1))),
      'one-evaluation': { ...base, shares: shares.slice(0, 1) },
      'one-evaluation-twice': { ...base, shares: [shares[0]!, shares[0]!] },
      'blinded-identity': { ...base, blinded: hexOf(identityPoint) },
      'blinded-outside-the-subgroup': { ...base, blinded: hexOf(pointOffTheSubgroup()) },
      'blind-zero': { ...base, blind: '00'.repeat(32) },
      'blind-non-canonical': { ...base, blind: hexOf(bigger(fromHex(base.blind as string))) },
    },
  };
}
