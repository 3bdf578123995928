// The prover's commitment to messages that the signer signs unseen, with the proof that its maker knows them.
// Source: draft-irtf-cfrg-bbs-blind-signatures-02 sections 4.1, 4.3, 5.3, 5.4.

import { concat, i2osp } from '../bytes.ts';
import {
  decodeG1,
  decodeScalar,
  encodeG1,
  equalScalar,
  type G1,
  G1_BYTES,
  msmG1,
  negScalar,
  SCALAR_BYTES,
  type Scalar,
} from '../curve.ts';
import { ProofFailed } from '../errors.ts';
import { reader } from '../frame.ts';
import { type Proven, proven } from '../proven.ts';
import { type Api, hashToScalarIn } from './ciphersuite.ts';
import { commitmentGenerators } from './generators.ts';

/** What the prover sends, and the blinding factor it keeps. */
export type Commitment = { readonly commitmentWithProof: Uint8Array; readonly proverBlind: Scalar };

/** Octets of a commitment to `committed` scalars, its proof included: C, s^, m^_1..m^_M, challenge. */
function commitmentBytes(committed: number): number {
  return G1_BYTES + (committed + 2) * SCALAR_BYTES;
}

/** The commitment's point C, not yet proven. Throws Malformed unless it is a commitment to `committed` scalars. */
function decodeCommitment(
  octets: Uint8Array,
  committed: number,
): { C: G1; responses: Scalar[]; challenge: Scalar } {
  const { take, end } = reader(octets, 'commitment with proof', `${commitmentBytes(committed)} octets`);
  const C = decodeG1(take(G1_BYTES), 'commitment');
  const scalar = (field: string) => decodeScalar(take(SCALAR_BYTES), field);
  const responses = Array.from({ length: committed + 1 }, () => scalar('commitment responses'));
  const challenge = scalar('commitment challenge');
  end();
  return { C, responses, challenge };
}

/** deserialize_and_validate_commit: C, once its proof holds. Throws Malformed or ProofFailed. */
export function verifyCommitment(api: Api, octets: Uint8Array, committed: number): Proven<{ C: G1 }> {
  const generators = commitmentGenerators(api, committed);
  const { C, responses, challenge } = decodeCommitment(octets, committed);
  const Cbar = msmG1([...generators, C], [...responses, negScalar(challenge)]);
  if (!equalScalar(commitmentChallenge(api, C, Cbar, generators), challenge)) throw new ProofFailed();
  return proven({ C });
}

/** calculate_blind_challenge (section 5.3). */
export function commitmentChallenge(api: Api, C: G1, Cbar: G1, generators: readonly G1[]): Scalar {
  return hashToScalarIn(
    api,
    concat(i2osp(generators.length - 1, 8), ...[...generators, C, Cbar].map(encodeG1)),
  );
}
