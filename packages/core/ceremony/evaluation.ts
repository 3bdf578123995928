// What a share of a key does: multiply one point, and prove that it did (spec/ceremony.md, "Evaluation").
// Partial decryption (escrow) and tag evaluation (tag) are this, each under a label and a role of its own.
//
// Assumes that the caller has checked the role and that the point may be multiplied at all. mcl is not
// constant-time: the secret product is split at random.

import { concat, i2osp } from '../bytes.ts';
import {
  addG1,
  decodeG1,
  decodeScalar,
  encodeG1,
  type G1,
  G1_BYTES,
  mulG1,
  randomScalar,
  SCALAR_BYTES,
  type Scalar,
  subScalar,
} from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import type { LabelName } from '../label.ts';
import { G } from '../sigma/bases.ts';
import { proofTag, proveCompact, verifyCompact } from '../sigma/proof.ts';
import { linearRelation } from '../sigma/relation.ts';
import { interpolateG1, type KeyShare, type PublicKeySet } from './key.ts';

const PROOF_BYTES = 2 * SCALAR_BYTES;
/** index ‖ y_i·B ‖ proof, in octets. */
export const EVALUATION_BYTES = 1 + G1_BYTES + PROOF_BYTES;

export type Binding = { readonly name: LabelName; readonly bytes: Uint8Array };

const sameExponent = (X: G1, B: G1, D: G1) =>
  linearRelation({
    elements: { X, B, D },
    witness: ['y'],
    equations: [
      { image: ['X'], terms: [['y', 'G']] },
      { image: ['D'], terms: [['y', 'B']] },
    ],
  });

/** k·P as (k − b)·P + b·P for a fresh b, so that time says nothing about k itself. */
function mulBlinded(P: G1, k: Scalar): G1 {
  const b = randomScalar();
  return addG1(mulG1(P, subScalar(k, b)), mulG1(P, b));
}

/** y_i·B with its proof. `B` must have been decoded by decodeG1. */
export function evaluate(share: KeyShare, B: G1, binding: Binding): Uint8Array {
  const y = decodeScalar(share.secret, 'key share');
  const D = mulBlinded(B, y);
  const proof = proveCompact(proofTag(binding.name, binding.bytes), sameExponent(mulBlinded(G, y), B, D), [
    y,
  ]);
  return concat(i2osp(share.index, 1), encodeG1(D), proof);
}

/** The evaluated point, if it is participant `index`'s and the proof holds. Throws Malformed or ProofFailed. */
export function verifyEvaluation(
  set: PublicKeySet,
  index: number,
  B: G1,
  binding: Binding,
  evaluation: Uint8Array,
): G1 {
  const key = set.verificationKeys[index - 1];
  if (key === undefined) throw new Malformed('evaluation', 'the index of a participant');
  if (evaluation.length !== EVALUATION_BYTES) throw new Malformed('evaluation', `${EVALUATION_BYTES} octets`);
  if (evaluation[0] !== index) throw new ProofFailed();
  const D = decodeG1(evaluation.slice(1, 1 + G1_BYTES), 'evaluation');
  const proof = evaluation.slice(1 + G1_BYTES);
  const relation = sameExponent(decodeG1(key, 'verification key'), B, D);
  verifyCompact(proofTag(binding.name, binding.bytes), relation, proof);
  return D;
}

export type Contribution = { readonly index: number; readonly evaluation: Uint8Array };
/** `bad` names every participant who sent something that does not hold, in order. */
export type Combination =
  | { readonly ok: true; readonly point: G1; readonly bad: readonly number[] }
  | { readonly ok: false; readonly bad: readonly number[]; readonly missing: number };

/** y·B from any t good evaluations. A participant counts once, however often they send. */
export function combine(
  set: PublicKeySet,
  B: G1,
  binding: Binding,
  contributions: readonly Contribution[],
): Combination {
  const good = new Map<number, G1>();
  const bad = new Set<number>();
  for (const { index, evaluation } of contributions) {
    try {
      good.set(index, verifyEvaluation(set, index, B, binding, evaluation));
    } catch (error) {
      if (!(error instanceof Malformed || error instanceof ProofFailed)) throw error;
      bad.add(index);
    }
  }
  const named = [...bad].sort((a, b) => a - b);
  if (good.size < set.threshold) return { ok: false, bad: named, missing: set.threshold - good.size };
  const indices = [...good.keys()].slice(0, set.threshold);
  return {
    ok: true,
    point: interpolateG1(
      indices,
      indices.map((i) => good.get(i)!),
    ),
    bad: named,
  };
}
