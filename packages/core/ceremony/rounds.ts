// Making a key that nobody ever holds (spec/ceremony.md): Feldman's verifiable sharing by everyone to everyone,
// with commitments before anything is shown, so that nobody chooses their part after seeing the others'.
//
//   commit → reveal → (deals.ts) deal → finish → confirm
//
// Pure functions: each takes what the participant kept and what arrived, and gives what to keep and send.
// What is kept is secret. A round that finds a fault ends the session; the next attempt is a new session.

import { concat, equalBytes, i2osp } from '../bytes.ts';
import {
  addG1,
  addScalar,
  decodeG1,
  decodeScalar,
  encodeG1,
  encodeScalar,
  type G1,
  G1_BYTES,
  isIdentityG1,
  msmG1,
  mulG1,
  mulScalar,
  ONE,
  randomScalar,
  SCALAR_BYTES,
  type Scalar,
  scalarFromBigint,
  ZERO,
} from '../curve.ts';
import { assert, Malformed, ProofFailed } from '../errors.ts';
import { drawSealingKey, SEALING_KEY_BYTES, sealTo } from '../escrow/envelope.ts';
import { frame, reader } from '../frame.ts';
import { sha256 } from '../hash.ts';
import { label } from '../label.ts';
import { randomBytes } from '../rng.ts';
import { G } from '../sigma/bases.ts';
import { proofTag, proveCompact, verifyCompact } from '../sigma/proof.ts';
import { linearRelation } from '../sigma/relation.ts';
import type { PublicKeySet } from './key.ts';
import { CeremonyFault, readAll, type Session, sessionId, signMessage } from './message.ts';

const SALT_BYTES = 32;
const PROOF_BYTES = 2 * SCALAR_BYTES;

/** A participant's own secrets between rounds. Destroyed when the ceremony ends. */
export type Kept = {
  readonly session: Session;
  readonly index: number;
  readonly signingSecret: Uint8Array;
  readonly coefficients: readonly Uint8Array[];
  readonly ephemeral: { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array };
  readonly reveal: Uint8Array;
};

/** What everybody saw in the first two rounds, checked. */
export type Public = {
  readonly transcript: Uint8Array;
  /** A_i0..A_i(t−1) of every participant, exactly t each. */
  readonly commitments: readonly (readonly G1[])[];
  readonly ephemeralKeys: readonly Uint8Array[];
};

/** Round 1: draws everything, says only a hash of what round 2 will show. */
export function commit(
  session: Session,
  index: number,
  signingSecret: Uint8Array,
): { kept: Kept; message: Uint8Array } {
  const sid = sessionId(session);
  assert(session.participants[index - 1] !== undefined, 'a participant takes part');
  const scalars = Array.from({ length: session.threshold }, randomScalar);
  const ephemeral = drawSealingKey();
  const points = scalars.map((a) => mulG1(G, a));
  const octets = concat(...points.map(encodeG1));
  const proof = proveCompact(possessionTag(sid, index, octets), knows(points[0]!), [scalars[0]!]);
  const reveal = concat(randomBytes(SALT_BYTES), ephemeral.publicKey, octets, proof);
  const message = signMessage(sid, 'commit', index, commitmentTo(sid, index, reveal), signingSecret);
  return {
    kept: { session, index, signingSecret, coefficients: scalars.map(encodeScalar), ephemeral, reveal },
    message,
  };
}

/** Round 2: once everyone's commitment is here, shows what was committed to. */
export function reveal(kept: Kept, commits: readonly Uint8Array[]): Uint8Array {
  readAll(kept.session, 'commit', commits);
  return signMessage(sessionId(kept.session), 'reveal', kept.index, kept.reveal, kept.signingSecret);
}

/** What the first two rounds amount to, for participants and onlookers. Throws CeremonyFault or Malformed. */
export function checkReveals(
  session: Session,
  commits: readonly Uint8Array[],
  reveals: readonly Uint8Array[],
): Public {
  const sid = sessionId(session);
  const hashes = readAll(session, 'commit', commits);
  const bodies = readAll(session, 'reveal', reveals);
  const opened = bodies.map((body, i) => {
    const index = i + 1;
    if (!equalBytes(commitmentTo(sid, index, body), hashes[i]!)) {
      throw new CeremonyFault('reveal', [index], 'showed something else than was committed to');
    }
    try {
      return readReveal(session, sid, index, body);
    } catch (error) {
      if (!(error instanceof Malformed || error instanceof ProofFailed)) throw error;
      throw new CeremonyFault('reveal', [index], 'does not hold');
    }
  });
  return {
    transcript: sha256(frame(label('ceremonyTranscript'), sid, ...hashes, ...bodies)),
    commitments: opened.map(({ points }) => points),
    ephemeralKeys: opened.map(({ ephemeralKey }) => ephemeralKey),
  };
}

/** Public key and verification keys, computed from the commitments and from nothing anybody says. */
export function keysFrom(session: Session, { commitments }: Public): PublicKeySet {
  const sums = commitments[0]!.map((_, k) => commitments.map((row) => row[k]!).reduce(addG1));
  const keys = [0, ...session.participants.map((_, i) => i + 1)].map((i) =>
    msmG1(sums, powers(i, sums.length)),
  );
  if (keys.some(isIdentityG1)) throw new CeremonyFault('reveal', [], 'the parts cancel');
  const [publicKey, ...verificationKeys] = keys.map(encodeG1);
  return { role: session.role, threshold: session.threshold, publicKey: publicKey!, verificationKeys };
}

const knows = (A0: G1) =>
  linearRelation({ elements: { A0 }, witness: ['a'], equations: [{ image: ['A0'], terms: [['a', 'G']] }] });

function possessionTag(sid: Uint8Array, index: number, points: Uint8Array): Uint8Array {
  return proofTag('proofPossession', frame(sid, i2osp(index, 1), points));
}

function commitmentTo(sid: Uint8Array, index: number, body: Uint8Array): Uint8Array {
  return sha256(frame(label('ceremonyCommitment'), sid, i2osp(index, 1), body));
}

function readReveal(session: Session, sid: Uint8Array, index: number, body: Uint8Array) {
  const read = reader(body, 'reveal', `a salt, a key, exactly ${session.threshold} points and a proof`);
  read.take(SALT_BYTES);
  const ephemeralKey = read.take(SEALING_KEY_BYTES);
  const octets = read.take(session.threshold * G1_BYTES);
  const proof = read.take(PROOF_BYTES);
  read.end();
  const points = Array.from({ length: session.threshold }, (_, k) =>
    decodeG1(octets.slice(k * G1_BYTES, (k + 1) * G1_BYTES), 'commitment'),
  );
  verifyCompact(possessionTag(sid, index, octets), knows(points[0]!), proof);
  sealTo(ephemeralKey, octets, octets); // refuses a key of small order
  return { ephemeralKey, points };
}

export function valueAt({ coefficients }: Kept, index: number): Scalar {
  const at = scalarFromBigint(BigInt(index));
  return coefficients.reduceRight((sum, a) => addScalar(mulScalar(sum, at), decodeScalar(a)), ZERO);
}

/** 1, i, i², … */
export function powers(index: number, count: number): Scalar[] {
  const all = [ONE];
  while (all.length < count) all.push(mulScalar(all.at(-1)!, scalarFromBigint(BigInt(index))));
  return all;
}
