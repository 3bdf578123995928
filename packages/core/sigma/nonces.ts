// A prover's nonces, hedged (spec/encoding.md, "Proofs"): drawn from fresh octets and from the witness and the
// statement together, so that a generator that is stuck, or runs on in two copies of a machine, gives two
// statements two nonces and no witness away. With a good generator they are as uniform as its own octets.
//
// Must never: be used for two statements, or leave the prover.

import { i2osp } from '../bytes.ts';
import { encodeScalar, type Scalar, scalarFromWide, WIDE_BYTES } from '../curve.ts';
import { frame } from '../frame.ts';
import { expandMessageXmd } from '../hash.ts';
import { label } from '../label.ts';
import type { Rng } from '../rng.ts';
import { encodeRelation, type Relation } from './relation.ts';

/** Octets of fresh randomness in the nonces of one proof. */
const FRESH_BYTES = 64;
const INDEX_BYTES = 4;

/** The nonce of scalar i of one proof. */
export function hedgedNonces(
  rng: Rng,
  tag: Uint8Array,
  relation: Relation,
  witness: readonly Scalar[],
): (i: number) => Scalar {
  const drawn = frame(rng(FRESH_BYTES), ...witness.map(encodeScalar), tag, encodeRelation(relation));
  return (i) =>
    scalarFromWide(
      expandMessageXmd(frame(drawn, i2osp(i, INDEX_BYTES)), label('hashProofNonce'), WIDE_BYTES),
    );
}
