/**
 * A message with the ed25519 signature of a named party over its canonical bytes. The label binds the
 * signature to one kind of message; whose key it must be is for the caller to look up in the trust policy.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { ed25519 } from '@noble/curves/ed25519.js';
import { z } from 'zod';
import { canonicalBytes } from './canonical.ts';
import { Refusal } from './refusal.ts';
import { signature } from './wire.ts';

export const signed = <M extends z.ZodType>(message: M) => z.strictObject({ message, signature });
export interface Signed<T> {
  message: T;
  signature: string;
}

/** The public half (base64url) of a 32-byte ed25519 secret key. */
export const verifyingKeyOf = (secretKey: Uint8Array): string => toBase64url(ed25519.getPublicKey(secretKey));

/** Signs `message` under `label` with a 32-byte ed25519 secret key. */
export function signMessage<T>(secretKey: Uint8Array, label: string, message: T): Signed<T> {
  return { message, signature: toBase64url(ed25519.sign(canonicalBytes(label, message), secretKey)) };
}

/** Signs bytes that carry a label of their own (canonicalBytes). */
export const signBytes = (secretKey: Uint8Array, bytes: Uint8Array): string =>
  toBase64url(ed25519.sign(bytes, secretKey));

/** Returns the message if `publicKey` (base64url, 32 bytes) signed it under `label`; else refuses. */
export function openSigned<T>(publicKey: string, label: string, signedMessage: Signed<T>): T {
  const bytes = canonicalBytes(label, signedMessage.message);
  if (!verifies(fromBase64url(signedMessage.signature), bytes, fromBase64url(publicKey)))
    throw new Refusal('signature_refused');
  return signedMessage.message;
}

function verifies(sig: Uint8Array, bytes: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(sig, bytes, publicKey, { zip215: false });
  } catch {
    return false; // a key or signature that cannot be decoded is a signature that does not hold
  }
}
