// The record key R = x·G_rec: knowing its secret, not being the one behind a pseudonym, and looking up sealed
// records without naming one (spec/issuance.md, "Record key").

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { concat, toHex } from '../bytes.ts';
import {
  decodeG1,
  encodeG1,
  equalG1,
  type G1,
  G1_BYTES,
  msmG1,
  mulG1,
  mulScalar,
  negScalar,
  ONE,
  randomScalar,
} from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { frame } from '../frame.ts';
import { hkdf, sha256 } from '../hash.ts';
import { label } from '../label.ts';
import { calculatePseudonym, originPoint } from '../nym/pseudonym.ts';
import { randomBytes } from '../rng.ts';
import { G_REC, H } from '../sigma/bases.ts';
import { proofTag, proveCompact, verifyCompact } from '../sigma/proof.ts';
import { linearRelation } from '../sigma/relation.ts';
import { type Credential, nymSecret } from './credential.ts';
import { checkScope } from './question.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
/** Longest prefix of H(R) that names a bucket, in bits. */
const BUCKET_BITS_MAX = 32;

const knowsRecord = (R: G1) =>
  linearRelation({
    elements: { G_REC, R },
    witness: ['x'],
    equations: [{ image: ['R'], terms: [['x', 'G_REC']] }],
  });

/** The pseudonym of this person in a scope, 48 octets. The same whichever credential it is computed from. */
export function pseudonymOf(credential: Credential, scope: Uint8Array): Uint8Array {
  return encodeG1(calculatePseudonym(checkScope(scope), [nymSecret(credential)]));
}

/** Proves to who holds R that this is its person; `binding` says what for (a nonce, an act). 64 octets. */
export function proveRecord(credential: Credential, binding: Uint8Array): Uint8Array {
  const x = nymSecret(credential);
  return proveCompact(proofTag('proofRecord', binding), knowsRecord(mulG1(G_REC, x)), [x]);
}

/** Throws Malformed or ProofFailed. */
export function verifyRecord(recordKey: Uint8Array, binding: Uint8Array, proof: Uint8Array): void {
  verifyCompact(proofTag('proofRecord', binding), knowsRecord(decodeG1(recordKey, 'record key')), proof);
}

// "This pseudonym is not mine": N = α·OP − β·P is not the identity, and α = β·x by V = α·G_rec + δ·H = β·R + δ·H.
// With β = 0 the statement is empty, but then α = 0 and N is the identity, which no relation may have.
const notMine = (OP: G1, P: G1, R: G1, N: G1, V: G1) =>
  linearRelation({
    elements: { G_REC, H, OP, P, R, N, V },
    witness: ['alpha', 'beta', 'delta'],
    equations: [
      {
        image: ['N'],
        terms: [
          ['alpha', 'OP'],
          ['beta', 'P', negScalar(ONE)],
        ],
      },
      {
        image: ['V'],
        terms: [
          ['alpha', 'G_REC'],
          ['delta', 'H'],
        ],
      },
      {
        image: ['V'],
        terms: [
          ['beta', 'R'],
          ['delta', 'H'],
        ],
      },
    ],
  });

/** For who wrongly stands under a sanction, towards who already holds their R. */
export function proveNotMine(
  credential: Credential,
  scope: Uint8Array,
  pseudonym: Uint8Array,
  binding: Uint8Array,
): Uint8Array {
  const x = nymSecret(credential);
  const OP = originPoint(checkScope(scope));
  const P = decodeG1(pseudonym, 'pseudonym');
  const R = mulG1(G_REC, x);
  if (equalG1(mulG1(OP, x), P)) throw new Malformed('pseudonym', 'a pseudonym of somebody else');
  const beta = randomScalar();
  const delta = randomScalar();
  const alpha = mulScalar(beta, x);
  const N = msmG1([OP, P], [alpha, negScalar(beta)]);
  const V = msmG1([G_REC, H], [alpha, delta]);
  const proof = proveCompact(proofTag('proofNotMine', binding), notMine(OP, P, R, N, V), [
    alpha,
    beta,
    delta,
  ]);
  return concat(encodeG1(N), encodeG1(V), proof);
}

/** Throws Malformed or ProofFailed: the person of `recordKey` may well be the one behind `pseudonym`. */
export function verifyNotMine(
  recordKey: Uint8Array,
  scope: Uint8Array,
  pseudonym: Uint8Array,
  binding: Uint8Array,
  proof: Uint8Array,
): void {
  const N = decodeG1(proof.slice(0, G1_BYTES), 'proof N');
  const V = decodeG1(proof.slice(G1_BYTES, 2 * G1_BYTES), 'proof V');
  const R = decodeG1(recordKey, 'record key');
  const relation = notMine(originPoint(checkScope(scope)), decodeG1(pseudonym, 'pseudonym'), R, N, V);
  verifyCompact(proofTag('proofNotMine', binding), relation, proof.slice(2 * G1_BYTES));
}

/** The first `bits` of H(R) in hex digits (bits is a multiple of 4): which bucket a sealed record is in. */
export function recordBucket(recordKey: Uint8Array, bits: number): string {
  if (bits % 4 !== 0 || bits < 0 || bits > BUCKET_BITS_MAX) throw new Malformed('bucket', 'whole hex digits');
  return toHex(sha256(frame(label('hashBucket'), recordKey))).slice(0, bits / 4);
}

/** A bucket's item: only who knows R can tell which item is theirs, and open it. */
export function sealBucketItem(recordKey: Uint8Array, item: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  return concat(nonce, chacha20poly1305(bucketKey(recordKey), nonce).encrypt(item));
}

/** Throws ProofFailed for the item of another record. */
export function openBucketItem(recordKey: Uint8Array, sealed: Uint8Array): Uint8Array {
  try {
    return chacha20poly1305(bucketKey(recordKey), sealed.slice(0, NONCE_BYTES)).decrypt(
      sealed.slice(NONCE_BYTES),
    );
  } catch {
    throw new ProofFailed();
  }
}

function bucketKey(recordKey: Uint8Array): Uint8Array {
  return hkdf(recordKey, label('kdfBucket'), new Uint8Array(0), KEY_BYTES);
}
