// Non-interactive proofs of linear relations: draft-irtf-cfrg-sigma-protocols, "Non-interactive Sigma
// Protocols", ciphersuite sigma-proofs_Shake128_BLS12381. The product uses compact proofs (challenge and
// responses); batchable ones are here for the published vectors and for auditors.
//
// Assumes that the tag says what is proved, for whom and where. Nonces are drawn inside, hedged with the witness
// (nonces.ts), and never leave.

import { concat, equalBytes, utf8 } from '../bytes.ts';
import {
  addG1,
  addScalar,
  decodeG1,
  decodeScalarOrZero,
  encodeG1,
  encodeScalar,
  equalG1,
  type G1,
  G1_BYTES,
  isIdentityG1,
  mulG1,
  mulScalar,
  negScalar,
  ORDER,
  SCALAR_BYTES,
  type Scalar,
  scalarFromBigint,
} from '../curve.ts';
import { assert, Malformed, ProofFailed } from '../errors.ts';
import { type LabelName, label } from '../label.ts';
import { randomBytes } from '../rng.ts';
import { decodeUint, EXTRA_BYTES, serializeString } from './codec.ts';
import { hedgedNonces } from './nonces.ts';
import { encodeRelation, images, map, type Relation } from './relation.ts';
import { deriveSessionId, initSponge } from './sponge.ts';

export const CIPHERSUITE = 'sigma-proofs_Shake128_BLS12381';
const COMPACT = utf8(`-CMPT-with-${CIPHERSUITE}`);

/** The tag of a compact proof of ours: label ‖ flavour and suite ‖ what it is bound to, length first. */
export function proofTag(name: LabelName, binding: Uint8Array): Uint8Array {
  return concat(label(name), COMPACT, serializeString(binding));
}

/** DeriveChallenge. */
function deriveChallenge(tag: Uint8Array, relation: Relation, commitment: Uint8Array): Scalar {
  const sponge = initSponge(deriveSessionId(tag));
  sponge.absorb(encodeRelation(relation));
  sponge.absorb(commitment);
  return scalarFromBigint(decodeUint(sponge.squeeze(SCALAR_BYTES + EXTRA_BYTES), ORDER));
}

/** Proves that the prover knows the witness, in the order declared. A witness that does not fit is a bug. */
export function proveCompact(tag: Uint8Array, relation: Relation, witness: readonly Scalar[]): Uint8Array {
  const nonces = hedgedNonces(randomBytes, tag, relation, witness);
  const { challenge, responses } = transcriptWith(nonces, tag, relation, witness);
  return concat(encodeScalar(challenge), ...responses.map(encodeScalar));
}

export function proveBatchable(tag: Uint8Array, relation: Relation, witness: readonly Scalar[]): Uint8Array {
  const nonces = hedgedNonces(randomBytes, tag, relation, witness);
  const { commitment, responses } = transcriptWith(nonces, tag, relation, witness);
  return concat(...commitment.map(encodeG1), ...responses.map(encodeScalar));
}

/** The proof with the nonces that are given: for the two above, and for the published vectors. */
export function transcriptWith(
  nonce: (i: number) => Scalar,
  tag: Uint8Array,
  relation: Relation,
  witness: readonly Scalar[],
): { commitment: G1[]; challenge: Scalar; responses: Scalar[] } {
  assert(
    map(relation, witness).every((point, i) => equalG1(point, images(relation)[i]!)),
    'the witness satisfies the relation',
  );
  const nonces = relation.witness.map((_, i) => nonce(i));
  const commitment = map(relation, nonces);
  const challenge = deriveChallenge(tag, relation, concat(...commitment.map(encodeG1)));
  const responses = nonces.map((k, i) => addScalar(k, mulScalar(witness[i]!, challenge)));
  return { commitment, challenge, responses };
}

/** Octets of a compact proof of `relation`. */
function compactBytes(relation: Relation): number {
  return SCALAR_BYTES * (1 + relation.witness.length);
}

/** VerifyCompact. Throws Malformed on the wrong shape and ProofFailed on anything else. */
export function verifyCompact(tag: Uint8Array, relation: Relation, proof: Uint8Array): void {
  if (proof.length !== compactBytes(relation)) {
    throw new Malformed('proof', `${compactBytes(relation)} octets`);
  }
  const scalars = readScalars(proof);
  const challenge = scalars[0]!;
  const against = negScalar(challenge);
  const targets = images(relation);
  const commitment = map(relation, scalars.slice(1)).map((p, i) => addG1(p, mulG1(targets[i]!, against)));
  if (commitment.some(isIdentityG1)) throw new ProofFailed();
  const expected = deriveChallenge(tag, relation, concat(...commitment.map(encodeG1)));
  if (!equalBytes(encodeScalar(expected), encodeScalar(challenge))) throw new ProofFailed();
}

/** VerifyBatchable. Throws Malformed on the wrong shape and ProofFailed on anything else. */
export function verifyBatchable(tag: Uint8Array, relation: Relation, proof: Uint8Array): void {
  const split = G1_BYTES * relation.equations.length;
  const length = split + SCALAR_BYTES * relation.witness.length;
  if (proof.length !== length) throw new Malformed('proof', `${length} octets`);
  const octets = proof.slice(0, split);
  const commitment = relation.equations.map((_, i) =>
    decodeG1(octets.subarray(i * G1_BYTES, (i + 1) * G1_BYTES), 'proof commitment'),
  );
  const challenge = deriveChallenge(tag, relation, octets);
  const targets = images(relation);
  const holds = map(relation, readScalars(proof.subarray(split))).every((p, i) =>
    equalG1(p, addG1(commitment[i]!, mulG1(targets[i]!, challenge))),
  );
  if (!holds) throw new ProofFailed();
}

function readScalars(octets: Uint8Array): Scalar[] {
  return Array.from({ length: octets.length / SCALAR_BYTES }, (_, i) =>
    decodeScalarOrZero(octets.slice(i * SCALAR_BYTES, (i + 1) * SCALAR_BYTES), 'proof scalar'),
  );
}
