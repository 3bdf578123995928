// Sealing one thing to one named party: HPKE of RFC 9180, base mode, one message; DHKEM(X25519, HKDF-SHA256),
// HKDF-SHA256, ChaCha20Poly1305. `info` is a label that says what is sealed, for whom and for which case; a
// sealed thing opens under that label only. It does not say who sealed it: sign it, if that matters.

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, i2osp, utf8 } from '../bytes.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { randomBytes } from '../rng.ts';

/** Octets of an X25519 key, and what sealing adds. */
export const SEALING_KEY_BYTES = 32;
export const SEALING_OVERHEAD_BYTES = 48;

const NOTHING = new Uint8Array(0);
const VERSION = utf8('HPKE-v1');
const KEM_SUITE = concat(utf8('KEM'), i2osp(0x0020, 2));
const HPKE_SUITE = concat(utf8('HPKE'), i2osp(0x0020, 2), i2osp(0x0001, 2), i2osp(0x0003, 2));

export function drawSealingKey(): { secretKey: Uint8Array; publicKey: Uint8Array } {
  const secretKey = randomBytes(SEALING_KEY_BYTES);
  return { secretKey, publicKey: x25519.getPublicKey(secretKey) };
}

/** The public key of a sealing secret. */
export function sealingKeyOf(secretKey: Uint8Array): Uint8Array {
  if (secretKey.length !== SEALING_KEY_BYTES)
    throw new Malformed('sealing secret', `${SEALING_KEY_BYTES} octets`);
  return x25519.getPublicKey(secretKey);
}

/** enc (32 octets) ‖ ciphertext and tag. Throws Malformed for a public key of small order. */
export function sealTo(publicKey: Uint8Array, label: Uint8Array, plain: Uint8Array): Uint8Array {
  return sealWith(randomBytes(SEALING_KEY_BYTES), publicKey, label, NOTHING, plain);
}

/** For published vectors only: the ephemeral key must be fresh and unknown to anybody. */
export function sealWith(
  ephemeral: Uint8Array,
  publicKey: Uint8Array,
  label: Uint8Array,
  aad: Uint8Array,
  plain: Uint8Array,
): Uint8Array {
  const enc = x25519.getPublicKey(ephemeral);
  const { key, nonce } = schedule(exchange(ephemeral, publicKey), enc, publicKey, label);
  return concat(enc, chacha20poly1305(key, nonce, aad).encrypt(plain));
}

/** Throws ProofFailed: another key, another label, or altered. */
export function openFrom(secretKey: Uint8Array, label: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (sealed.length < SEALING_OVERHEAD_BYTES) {
    throw new Malformed('sealed', `at least ${SEALING_OVERHEAD_BYTES} octets`);
  }
  const enc = sealed.slice(0, SEALING_KEY_BYTES);
  const publicKey = x25519.getPublicKey(secretKey);
  const { key, nonce } = schedule(exchange(secretKey, enc), enc, publicKey, label);
  try {
    return chacha20poly1305(key, nonce).decrypt(sealed.subarray(SEALING_KEY_BYTES));
  } catch {
    throw new ProofFailed();
  }
}

/** X25519 that refuses the all-zero secret (RFC 9180 section 7.1.4). */
function exchange(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  try {
    return x25519.getSharedSecret(secretKey, publicKey);
  } catch {
    throw new Malformed('sealing key', '32 octets of an X25519 public key, not of small order');
  }
}

/** RFC 9180 sections 4.1 (ExtractAndExpand) and 5.1 (KeySchedule), mode base, no PSK; nonce of message 0. */
function schedule(dh: Uint8Array, enc: Uint8Array, publicKey: Uint8Array, info: Uint8Array) {
  const eae = labeledExtract(KEM_SUITE, NOTHING, 'eae_prk', dh);
  const shared = labeledExpand(KEM_SUITE, eae, 'shared_secret', concat(enc, publicKey), 32);
  const context = concat(
    i2osp(0, 1),
    labeledExtract(HPKE_SUITE, NOTHING, 'psk_id_hash', NOTHING),
    labeledExtract(HPKE_SUITE, NOTHING, 'info_hash', info),
  );
  const secret = labeledExtract(HPKE_SUITE, shared, 'secret', NOTHING);
  return {
    key: labeledExpand(HPKE_SUITE, secret, 'key', context, 32),
    nonce: labeledExpand(HPKE_SUITE, secret, 'base_nonce', context, 12),
  };
}

function labeledExtract(suite: Uint8Array, salt: Uint8Array, name: string, ikm: Uint8Array): Uint8Array {
  return extract(sha256, concat(VERSION, suite, utf8(name), ikm), salt);
}

function labeledExpand(suite: Uint8Array, prk: Uint8Array, name: string, info: Uint8Array, length: number) {
  return expand(sha256, prk, concat(i2osp(length, 2), VERSION, suite, utf8(name), info), length);
}
