// What every maker of vectors gives, and the spoiling that all of them do.

import { bls12_381 } from '@noble/curves/bls12-381.js';
import { r } from '../second/group.ts';
import { I2OSP, numberOf } from '../second/octets.ts';
import type { Vector } from '../verdicts.ts';

/** Vectors by name; the name of an invalid one says what is wrong with it. */
export type Made = {
  readonly valid: Readonly<Record<string, Vector>>;
  readonly invalid: Readonly<Record<string, Vector>>;
};

export function replaced(octets: Uint8Array, offset: number, by: Uint8Array): Uint8Array {
  const changed = octets.slice();
  changed.set(by, offset);
  return changed;
}

/** The same scalar, r higher: the octets have room for it. */
export const bigger = (scalar: Uint8Array): Uint8Array => I2OSP(numberOf(scalar) + r, 32);

/** A canonical point of the curve that is not in the subgroup of order r. */
export function pointOffTheSubgroup(): Uint8Array {
  const { Fp } = bls12_381.fields;
  for (let x = 1n; ; x++) {
    const right = Fp.add(Fp.pow(x, 3n), 4n);
    if (Fp.is0(right) || Fp.pow(right, (Fp.ORDER - 1n) / 2n) !== 1n) continue;
    const point = bls12_381.G1.Point.fromAffine({ x, y: Fp.sqrt(right) });
    if (!point.isTorsionFree()) return replaced(I2OSP(x, 48), 0, Uint8Array.of(0x80));
  }
}

export const identityPoint = Uint8Array.from({ length: 48 }, (_, i) => (i === 0 ? 0xc0 : 0));
