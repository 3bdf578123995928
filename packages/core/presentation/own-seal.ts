// What a person leaves with somebody for themself (spec/issuance.md, "Own seal"): only who knows x opens it, on
// any of their devices. Padded, so that its length says nothing.

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { concat, utf8 } from '../bytes.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { frame } from '../frame.ts';
import { hkdf } from '../hash.ts';
import { label } from '../label.ts';
import { randomBytes } from '../rng.ts';
import { type Credential, nymSecretOctets } from './credential.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
/** Octets of a note at most; each is padded to a length octet and these. */
export const NOTE_BYTES_MAX = 95;

/** 124 octets. `purpose` keeps notes of one kind from passing for those of another. */
export function sealOwnNote(credential: Credential, purpose: string, note: Uint8Array): Uint8Array {
  if (note.length > NOTE_BYTES_MAX) throw new Malformed('note', `at most ${NOTE_BYTES_MAX} octets`);
  const padded = new Uint8Array(1 + NOTE_BYTES_MAX);
  padded[0] = note.length;
  padded.set(note, 1);
  const nonce = randomBytes(NONCE_BYTES);
  return concat(nonce, chacha20poly1305(keyFor(credential, purpose), nonce).encrypt(padded));
}

/** Throws ProofFailed for what this person did not seal for this purpose. */
export function openOwnNote(credential: Credential, purpose: string, sealed: Uint8Array): Uint8Array {
  let padded: Uint8Array;
  try {
    const nonce = sealed.slice(0, NONCE_BYTES);
    padded = chacha20poly1305(keyFor(credential, purpose), nonce).decrypt(sealed.slice(NONCE_BYTES));
  } catch {
    throw new ProofFailed();
  }
  const [length] = padded;
  if (padded.length !== 1 + NOTE_BYTES_MAX || length === undefined || length > NOTE_BYTES_MAX)
    throw new ProofFailed();
  return padded.slice(1, 1 + length);
}

function keyFor(credential: Credential, purpose: string): Uint8Array {
  return hkdf(nymSecretOctets(credential), label('kdfOwnNote'), frame(utf8(purpose)), KEY_BYTES);
}
