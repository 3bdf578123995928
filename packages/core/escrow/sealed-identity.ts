// Who somebody is, sealed under the opening key at enrolment (spec/escrow.md, "Sealed identity").
//
// KEM point R1 = r·G, secret r·Y, key and key commitment by HKDF, ChaCha20-Poly1305, and a proof of knowledge
// of r labelled with the record key and everything sealed. The proof is why no E0 of an account can be handed
// in as a KEM point: whoever hands it in does not know its ρ. The commitment is why one ciphertext cannot
// open under two keys.

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { concat, equalBytes } from '../bytes.ts';
import { type Binding, combine, evaluate } from '../ceremony/evaluation.ts';
import type { KeyShare, PublicKeySet } from '../ceremony/key.ts';
import {
  decodeG1,
  decodeScalar,
  encodeG1,
  encodeScalar,
  equalG1,
  type G1,
  G1_BYTES,
  mulG1,
  randomScalar,
  SCALAR_BYTES,
} from '../curve.ts';
import { assert, Malformed, ProofFailed } from '../errors.ts';
import { frame } from '../frame.ts';
import { hkdf, sha256 } from '../hash.ts';
import { label } from '../label.ts';
import { assertProven, type Proven, proven } from '../proven.ts';
import { G } from '../sigma/bases.ts';
import { proofTag, proveCompact, verifyCompact } from '../sigma/proof.ts';
import { linearRelation } from '../sigma/relation.ts';
import type { ShareOf } from './open-escrow.ts';

/** Plaintexts are padded to a multiple of this, in octets: records look alike. */
const PADDING_BYTES = 1024;
/** Most octets of a plaintext. */
export const IDENTITY_BYTES_MAX = 64 * 1024;
const LENGTH_BYTES = 4;
const PROOF_BYTES = 2 * SCALAR_BYTES;
const KEY_BYTES = 32;
const COMMITMENT_BYTES = 32;
const TAG_BYTES = 16;
const HEAD_BYTES = G1_BYTES + PROOF_BYTES + COMMITMENT_BYTES;
/** A key seals once, so its nonce is zero. */
const NONCE = new Uint8Array(12);

/** A sealed identity whose proof holds for this record key and opening key. */
export type SealedIdentity = {
  readonly openingKey: Uint8Array;
  readonly recordKey: Uint8Array;
  readonly sealed: Uint8Array;
};

/** Seals `identity` for the record `recordKey`; `randomness` (r) is shown to the wallet once, then dropped. */
export function sealIdentity(
  openingKey: Uint8Array,
  recordKey: Uint8Array,
  identity: Uint8Array,
): { sealed: Uint8Array; randomness: Uint8Array } {
  assert(identity.length <= IDENTITY_BYTES_MAX, 'an identity has at most 64 KiB');
  const Y = decodeG1(openingKey, 'opening key');
  decodeG1(recordKey, 'record key');
  const r = randomScalar();
  const R1 = mulG1(G, r);
  const { key, commitment } = derive(mulG1(Y, r), R1, openingKey, recordKey);
  const body = concat(commitment, chacha20poly1305(key, NONCE).encrypt(pad(identity)));
  const proof = proveCompact(tagFor(openingKey, recordKey, body), knowsExponent(R1), [r]);
  return { sealed: concat(encodeG1(R1), proof, body), randomness: encodeScalar(r) };
}

/** Throws Malformed or ProofFailed. What a guardian checks before a share, and everyone before keeping. */
export function verifySealedIdentity(
  openingKey: Uint8Array,
  recordKey: Uint8Array,
  sealed: Uint8Array,
): Proven<SealedIdentity> {
  decodeG1(openingKey, 'opening key');
  decodeG1(recordKey, 'record key');
  const { R1, proof, body } = split(sealed);
  verifyCompact(tagFor(openingKey, recordKey, body), knowsExponent(R1), proof);
  return proven({ openingKey: openingKey.slice(), recordKey: recordKey.slice(), sealed: sealed.slice() });
}

/** The wallet's one look: what was sealed about its person, opened with r. Throws ProofFailed. */
export function inspectIdentity(identity: Proven<SealedIdentity>, randomness: Uint8Array): Uint8Array {
  assertProven(identity);
  const r = decodeScalar(randomness, 'seal randomness');
  const { R1 } = split(identity.sealed);
  if (!equalG1(mulG1(G, r), R1)) throw new ProofFailed();
  return unseal(identity, mulG1(decodeG1(identity.openingKey, 'opening key'), r));
}

const bound = (identity: SealedIdentity, binding: Uint8Array): Binding => ({
  name: 'proofIdentityShare',
  bytes: frame(identity.recordKey, sha256(identity.sealed), binding),
});

/** A guardian's second share: index ‖ y_i·R1 ‖ proof, 113 octets, for this record and this case only. */
export function releaseIdentityShare(
  share: KeyShare,
  identity: Proven<SealedIdentity>,
  binding: Uint8Array,
): Uint8Array {
  assertProven(identity);
  assert(share.role === 'opening', 'only a share of the opening key opens');
  return evaluate(share, split(identity.sealed).R1, bound(identity, binding));
}

export type IdentityOpening =
  | { readonly ok: true; readonly identity: Uint8Array; readonly bad: readonly number[] }
  | { readonly ok: false; readonly bad: readonly number[]; readonly missing: number };

/** The plaintext from t good shares. Throws ProofFailed if what they open to was not sealed as it should be. */
export function openIdentity(
  keys: PublicKeySet,
  identity: Proven<SealedIdentity>,
  binding: Uint8Array,
  shares: readonly ShareOf[],
): IdentityOpening {
  assertProven(identity);
  assert(keys.role === 'opening', 'an opening is checked against the opening key');
  assert(equalBytes(keys.publicKey, identity.openingKey), 'the record was sealed under this opening key');
  const combined = combine(
    keys,
    split(identity.sealed).R1,
    bound(identity, binding),
    shares.map(({ index, share }) => ({ index, evaluation: share })),
  );
  if (!combined.ok) return combined;
  return { ok: true, identity: unseal(identity, combined.point), bad: combined.bad };
}

/** The leaf that ties a record together: H(tag, salt, R, ε, H(sealed)). 32 octets. */
export function identityLeaf(leaf: {
  readonly tag: Uint8Array;
  readonly salt: Uint8Array;
  readonly recordKey: Uint8Array;
  readonly entropy: Uint8Array;
  readonly sealed: Uint8Array;
}): Uint8Array {
  return sha256(
    frame(label('hashLeaf'), leaf.tag, leaf.salt, leaf.recordKey, leaf.entropy, sha256(leaf.sealed)),
  );
}

const knowsExponent = (R1: G1) =>
  linearRelation({
    elements: { R1 },
    witness: ['r'],
    equations: [{ image: ['R1'], terms: [['r', 'G']] }],
  });

function tagFor(openingKey: Uint8Array, recordKey: Uint8Array, body: Uint8Array): Uint8Array {
  return proofTag('proofSealedIdentity', frame(openingKey, recordKey, sha256(body)));
}

function derive(shared: G1, R1: G1, openingKey: Uint8Array, recordKey: Uint8Array) {
  const info = frame(encodeG1(R1), openingKey, recordKey);
  const both = hkdf(encodeG1(shared), label('kdfIdentity'), info, KEY_BYTES + COMMITMENT_BYTES);
  return { key: both.slice(0, KEY_BYTES), commitment: both.slice(KEY_BYTES) };
}

function unseal({ openingKey, recordKey, sealed }: SealedIdentity, shared: G1): Uint8Array {
  const { R1, commitment, ciphertext } = split(sealed);
  const derived = derive(shared, R1, openingKey, recordKey);
  if (!equalBytes(derived.commitment, commitment)) throw new ProofFailed();
  let padded: Uint8Array;
  try {
    padded = chacha20poly1305(derived.key, NONCE).decrypt(ciphertext);
  } catch {
    throw new ProofFailed();
  }
  return unpad(padded);
}

function split(sealed: Uint8Array) {
  const padded = sealed.length - HEAD_BYTES - TAG_BYTES;
  if (padded < PADDING_BYTES || padded > paddedBytes(IDENTITY_BYTES_MAX) || padded % PADDING_BYTES !== 0)
    throw new Malformed('sealed identity', 'a head and a ciphertext of whole blocks');
  const R1 = decodeG1(sealed.slice(0, G1_BYTES), 'sealed identity R1');
  const proof = sealed.slice(G1_BYTES, G1_BYTES + PROOF_BYTES);
  const body = sealed.slice(G1_BYTES + PROOF_BYTES);
  return {
    R1,
    proof,
    body,
    commitment: body.slice(0, COMMITMENT_BYTES),
    ciphertext: body.slice(COMMITMENT_BYTES),
  };
}

const paddedBytes = (plainBytes: number): number =>
  Math.ceil((plainBytes + LENGTH_BYTES) / PADDING_BYTES) * PADDING_BYTES;

function pad(plain: Uint8Array): Uint8Array {
  const padded = new Uint8Array(paddedBytes(plain.length));
  new DataView(padded.buffer).setUint32(0, plain.length);
  padded.set(plain, LENGTH_BYTES);
  return padded;
}

function unpad(padded: Uint8Array): Uint8Array {
  if (padded.length < LENGTH_BYTES) throw new ProofFailed();
  const plainBytes = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  // One plaintext, one length: a block too many would let whoever seals mark a record.
  if (padded.length !== paddedBytes(plainBytes)) throw new ProofFailed();
  const end = LENGTH_BYTES + plainBytes;
  if (padded.subarray(end).some((octet) => octet !== 0)) throw new ProofFailed();
  return padded.slice(LENGTH_BYTES, end);
}
