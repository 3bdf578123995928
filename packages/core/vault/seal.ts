// Sealing under a symmetric key for whoever holds that key again (spec/vault.md, "Box"). A key and a commitment
// to it are drawn from the key given, a fresh salt and what the box is for; so one box cannot open under two
// keys, nor for another purpose. A box is as random octets to everybody without the key.
//
//   salt 32 ‖ commitment 32 ‖ ciphertext and tag

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { concat, equalBytes } from '../bytes.ts';
import { assert, ProofFailed } from '../errors.ts';
import { frame } from '../frame.ts';
import { hkdf } from '../hash.ts';
import { label } from '../label.ts';
import { randomBytes } from '../rng.ts';

/** Octets of a key that boxes are sealed under. */
export const BOX_KEY_BYTES = 32;
const SALT_BYTES = 32;
const COMMITMENT_BYTES = 32;
const TAG_BYTES = 16;
/** What sealing adds, in octets. */
export const BOX_OVERHEAD_BYTES = SALT_BYTES + COMMITMENT_BYTES + TAG_BYTES;
/** A salt is drawn for each box, so a key seals once and its nonce is zero. */
const NONCE = new Uint8Array(12);

/** `purpose`: what the box is for, as framed octets; the same are needed to open it. */
export function sealBox(key: Uint8Array, purpose: Uint8Array, plain: Uint8Array): Uint8Array {
  const salt = randomBytes(SALT_BYTES);
  const drawn = draw(key, salt, purpose);
  return concat(salt, drawn.commitment, chacha20poly1305(drawn.key, NONCE).encrypt(plain));
}

/** Throws ProofFailed, whatever is wrong: another key or purpose, altered, cut short. */
export function openBox(key: Uint8Array, purpose: Uint8Array, box: Uint8Array): Uint8Array {
  if (box.length < BOX_OVERHEAD_BYTES) throw new ProofFailed();
  const drawn = draw(key, box.subarray(0, SALT_BYTES), purpose);
  const head = SALT_BYTES + COMMITMENT_BYTES;
  if (!equalBytes(drawn.commitment, box.subarray(SALT_BYTES, head))) throw new ProofFailed();
  try {
    return chacha20poly1305(drawn.key, NONCE).decrypt(box.subarray(head));
  } catch {
    throw new ProofFailed();
  }
}

function draw(key: Uint8Array, salt: Uint8Array, purpose: Uint8Array) {
  assert(key.length === BOX_KEY_BYTES, 'a box is sealed under 32 octets');
  const drawn = hkdf(key, salt, frame(label('kdfBox'), purpose), BOX_KEY_BYTES + COMMITMENT_BYTES);
  return { key: drawn.subarray(0, BOX_KEY_BYTES), commitment: drawn.subarray(BOX_KEY_BYTES) };
}
