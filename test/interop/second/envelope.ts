// HPKE (RFC 9180), base mode, X25519, HKDF-SHA256, ChaCha20Poly1305, one message: spec/escrow.md "Sealing to
// a party", written out from the RFC.

import { x25519 } from '@noble/curves/ed25519.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { seal, unseal } from './group.ts';
import { I2OSP, join, must, refuse, utf8 } from './octets.ts';

const empty = new Uint8Array(0);
const kemSuite = join(utf8('KEM'), I2OSP(0x0020, 2));
const suite = join(utf8('HPKE'), I2OSP(0x0020, 2), I2OSP(0x0001, 2), I2OSP(0x0003, 2));

const labeledExtract = (id: Uint8Array, salt: Uint8Array, name: string, ikm: Uint8Array) =>
  extract(sha256, join(utf8('HPKE-v1'), id, utf8(name), ikm), salt);
const labeledExpand = (id: Uint8Array, prk: Uint8Array, name: string, info: Uint8Array, length: number) =>
  expand(sha256, prk, join(I2OSP(length, 2), utf8('HPKE-v1'), id, utf8(name), info), length);

function schedule(dh: Uint8Array, enc: Uint8Array, publicKey: Uint8Array, info: Uint8Array) {
  const eae = labeledExtract(kemSuite, empty, 'eae_prk', dh);
  const shared = labeledExpand(kemSuite, eae, 'shared_secret', join(enc, publicKey), 32);
  const context = join(
    Uint8Array.of(0),
    labeledExtract(suite, empty, 'psk_id_hash', empty),
    labeledExtract(suite, empty, 'info_hash', info),
  );
  const secret = labeledExtract(suite, shared, 'secret', empty);
  return {
    key: labeledExpand(suite, secret, 'key', context, 32),
    nonce: labeledExpand(suite, secret, 'base_nonce', context, 12),
  };
}

// A shared secret of all zeros (a point of small order) is refused by the library.
function agree(secret: Uint8Array, point: Uint8Array): Uint8Array {
  try {
    return x25519.getSharedSecret(secret, point);
  } catch {
    return refuse('small order');
  }
}

export function sealTo(publicKey: Uint8Array, info: Uint8Array, plain: Uint8Array): Uint8Array {
  const ephemeral = x25519.utils.randomSecretKey();
  const enc = x25519.getPublicKey(ephemeral);
  const { key, nonce } = schedule(agree(ephemeral, publicKey), enc, publicKey, info);
  return join(enc, seal(key, nonce, plain));
}

export function openFrom(secret: Uint8Array, info: Uint8Array, sealed: Uint8Array): Uint8Array {
  must(sealed.length >= 48, 'sealed');
  const enc = sealed.slice(0, 32);
  const { key, nonce } = schedule(agree(secret, enc), enc, x25519.getPublicKey(secret), info);
  return unseal(key, nonce, sealed.slice(32));
}

export const sealingKeyOf = (secret: Uint8Array): Uint8Array => x25519.getPublicKey(secret);
/** Refuses a key of small order. */
export const checkSealingKey = (key: Uint8Array): void => {
  agree(x25519.utils.randomSecretKey(), key);
};
