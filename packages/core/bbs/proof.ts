// The core of proving and verifying possession of a signature, in the draft's own steps, so that an interface
// can put more into the challenge between ProofInit and ProofFinalize.
// Source: draft-irtf-cfrg-bbs-signatures sections 3.6.3, 3.6.4, 3.7, 4.2.4.4, 4.2.4.5.

import { concat, i2osp } from '../bytes.ts';
import {
  addScalar,
  decodeG1,
  decodeScalar,
  encodeG1,
  encodeScalar,
  equalScalar,
  type G1,
  G1_BYTES,
  G2_BASE,
  invScalar,
  msmG1,
  mulG1,
  mulScalar,
  negG1,
  negScalar,
  type PreparedG2,
  pairingProductIsOne,
  SCALAR_BYTES,
  type Scalar,
  scalarFromWide,
  subScalar,
  WIDE_BYTES,
} from '../curve.ts';
import { assert, Malformed, ProofFailed } from '../errors.ts';
import { frame, reader } from '../frame.ts';
import type { Rng } from '../rng.ts';
import { type Api, hashToScalarIn } from './ciphersuite.ts';
import { calculateB, calculateDomain, type Signature, sharedBase, type Terms } from './signature.ts';

/** Octets of a proof that hides no message: three points, e^, r1^, r3^, challenge. */
export const PROOF_BYTES_MIN = 3 * G1_BYTES + 4 * SCALAR_BYTES;

/** Disclosed messages with their indexes, strictly ascending. */
export type Disclosed<M> = readonly (readonly [index: number, message: M])[];

/** Abar, Bbar, D, T1, T2, domain: what the challenge covers. */
export type Commitments = {
  readonly Abar: G1;
  readonly Bbar: G1;
  readonly D: G1;
  readonly T1: G1;
  readonly T2: G1;
  readonly domain: Scalar;
};

/** The prover's state between init and finish. Secret, and good for one challenge only. */
export type Opening = {
  readonly e: Scalar;
  readonly r1: Scalar;
  readonly r3: Scalar;
  readonly eNonce: Scalar;
  readonly r1Nonce: Scalar;
  readonly r3Nonce: Scalar;
  readonly messages: readonly Scalar[];
  readonly nonces: readonly Scalar[];
};

/** A decoded proof: every point checked, every scalar canonical and not zero. */
export type Proof = {
  readonly Abar: G1;
  readonly Bbar: G1;
  readonly D: G1;
  readonly eResponse: Scalar;
  readonly r1Response: Scalar;
  readonly r3Response: Scalar;
  readonly responses: readonly Scalar[];
  readonly challenge: Scalar;
};

/** calculate_random_scalars (section 4.2.1). One request to the generator for all of them. */
export function drawScalars(rng: Rng, count: number): Scalar[] {
  const wide = rng(WIDE_BYTES * count);
  return Array.from({ length: count }, (_, i) =>
    scalarFromWide(wide.subarray(i * WIDE_BYTES, (i + 1) * WIDE_BYTES)),
  );
}

/** Refuses indexes that repeat, run backwards or point past the end. Throws Malformed. */
export function checkIndexes(indexes: readonly number[], count: number, field: string): void {
  let last = -1;
  for (const index of indexes) {
    if (!Number.isInteger(index) || index <= last || index >= count) {
      throw new Malformed(field, `ascending integers from 0 to ${count - 1}, none twice`);
    }
    last = index;
  }
}

/** The indexes from 0 to count − 1 that are not disclosed. */
export function undisclosed(count: number, disclosed: readonly number[]): number[] {
  const open = new Set(disclosed);
  return Array.from({ length: count }, (_, i) => i).filter((i) => !open.has(i));
}

/** ProofInit (section 3.7.1), with its random scalars drawn from `rng`. */
export function proofInit(
  rng: Rng,
  terms: Terms,
  { A, e }: Signature,
  messages: readonly Scalar[],
  hidden: readonly number[],
): { commitments: Commitments; opening: Opening } {
  const [r1, r2, eNonce, r1Nonce, r3Nonce, ...nonces] = drawScalars(rng, 5 + hidden.length) as [
    Scalar,
    Scalar,
    Scalar,
    Scalar,
    Scalar,
    ...Scalar[],
  ];
  const domain = calculateDomain(terms);
  const B = calculateB(terms, domain, messages);
  const D = mulG1(B, r2);
  const Abar = mulG1(A, mulScalar(r1, r2));
  const Bbar = msmG1([D, Abar], [r1, negScalar(e)]);
  const T1 = msmG1([Abar, D], [eNonce, r1Nonce]);
  const T2 = msmG1([D, ...hidden.map((j) => terms.generators.h[j]!)], [r3Nonce, ...nonces]);
  const hiddenMessages = hidden.map((j) => messages[j]!);
  return {
    commitments: { Abar, Bbar, D, T1, T2, domain },
    opening: { e, r1, r3: invScalar(r2), eNonce, r1Nonce, r3Nonce, messages: hiddenMessages, nonces },
  };
}

/** ProofChallengeCalculate (section 3.7.4); `extra` points go after T2 and `after` after the header, for pseudonyms. */
export function proofChallenge(
  api: Api,
  commitments: Commitments,
  disclosed: Disclosed<Scalar>,
  presentationHeader: Uint8Array,
  extra: readonly G1[] = [],
  after: readonly Uint8Array[] = [],
): Scalar {
  const { Abar, Bbar, D, T1, T2, domain } = commitments;
  return hashToScalarIn(
    api,
    concat(
      i2osp(disclosed.length, 8),
      ...disclosed.flatMap(([index, message]) => [i2osp(index, 8), encodeScalar(message)]),
      ...[Abar, Bbar, D, T1, T2, ...extra].map(encodeG1),
      encodeScalar(domain),
      frame(presentationHeader, ...after),
    ),
  );
}

/** ProofFinalize (section 3.7.2), encoded. */
export function proofFinish({ Abar, Bbar, D }: Commitments, opening: Opening, c: Scalar): Uint8Array {
  const { e, r1, r3, eNonce, r1Nonce, r3Nonce, messages, nonces } = opening;
  const responses = [
    addScalar(eNonce, mulScalar(e, c)),
    subScalar(r1Nonce, mulScalar(r1, c)),
    subScalar(r3Nonce, mulScalar(r3, c)),
    ...nonces.map((nonce, j) => addScalar(nonce, mulScalar(messages[j]!, c))),
  ];
  return concat(...[Abar, Bbar, D].map(encodeG1), ...[...responses, c].map(encodeScalar));
}

/** octets_to_proof (section 4.2.4.5), for a proof that hides exactly `hidden` messages. Throws Malformed. */
export function decodeProof(octets: Uint8Array, hidden: number): Proof {
  const { take, end } = reader(octets, 'proof', `${PROOF_BYTES_MIN + hidden * SCALAR_BYTES} octets`);
  const point = (name: string) => decodeG1(take(G1_BYTES), `proof ${name}`);
  const scalar = (name: string) => decodeScalar(take(SCALAR_BYTES), `proof ${name}`);
  const proof = {
    Abar: point('Abar'),
    Bbar: point('Bbar'),
    D: point('D'),
    eResponse: scalar('e^'),
    r1Response: scalar('r1^'),
    r3Response: scalar('r3^'),
    responses: Array.from({ length: hidden }, () => scalar('m^')),
    challenge: scalar('challenge'),
  };
  end();
  return proof;
}

/** ProofVerifyInit (section 3.7.3): the commitments that the responses imply. */
export function proofVerifyInit(terms: Terms, proof: Proof, disclosed: Disclosed<Scalar>): Commitments {
  const { Abar, Bbar, D, eResponse, r1Response, r3Response, responses, challenge } = proof;
  const { h } = terms.generators;
  const hidden = undisclosed(
    h.length,
    disclosed.map(([index]) => index),
  );
  assert(hidden.length === responses.length, 'a response for each hidden message');
  const domain = calculateDomain(terms);
  const T1 = msmG1([Bbar, Abar, D], [challenge, eResponse, r1Response]);
  // T2 = Bv·c + D·r3^ + Σ H_j·m^_j with Bv = P1 + Q_1·domain + Σ H_i·msg_i, in one sum.
  const T2 = msmG1(
    [sharedBase(terms, domain), ...disclosed.map(([i]) => h[i]!), D, ...hidden.map((j) => h[j]!)],
    [challenge, ...disclosed.map(([, message]) => mulScalar(message, challenge)), r3Response, ...responses],
  );
  return { Abar, Bbar, D, T1, T2, domain };
}

/** What is left of a proof whose challenge fits: that Bbar = Abar·SK, for the key of these lines. */
export type PairingClaim = { readonly lines: PreparedG2; readonly Abar: G1; readonly Bbar: G1 };

export function pairingClaim({ publicKey }: Terms, { Abar, Bbar }: Proof): PairingClaim {
  return { lines: publicKey.lines, Abar, Bbar };
}

/** Step 6 of CoreProofVerify: h(Abar, W)·h(Bbar, −BP2) is one. */
export function pairingHolds({ lines, Abar, Bbar }: PairingClaim): boolean {
  return pairingProductIsOne([
    [Abar, lines],
    [negG1(Bbar), G2_BASE],
  ]);
}

/** CoreProofVerify (section 3.6.4). Throws Malformed or ProofFailed. */
export function coreProofVerify(
  terms: Terms,
  octets: Uint8Array,
  presentationHeader: Uint8Array,
  disclosed: Disclosed<Scalar>,
): void {
  const proof = decodeProof(octets, terms.generators.h.length - disclosed.length);
  const commitments = proofVerifyInit(terms, proof, disclosed);
  const challenge = proofChallenge(terms.api, commitments, disclosed, presentationHeader);
  if (!equalScalar(challenge, proof.challenge) || !pairingHolds(pairingClaim(terms, proof)))
    throw new ProofFailed();
}
