/**
 * The X25519 key of a party that things are sealed to (guardians, authorities): a file like the signing key.
 * What is sealed, and how, is core/escrow/envelope.
 */
import { x25519 } from '@noble/curves/ed25519.js';
import { loadOrCreateSecret } from './keys.ts';

const secretBytes = 32;

export interface SealingKey {
  /** 32 bytes, secret */
  secretKey: Uint8Array;
  /** 32 bytes */
  publicKey: Uint8Array;
}

/** The sealing key kept at `path`, made if absent. Throws ConfigRefused if the file is unusable. */
export function loadOrCreateSealingKey(path: string): SealingKey {
  const secretKey = loadOrCreateSecret(path, secretBytes);
  return { secretKey, publicKey: x25519.getPublicKey(secretKey) };
}
