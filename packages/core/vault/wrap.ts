// The data key of a device, and how each way of opening the device holds it (spec/vault.md, "Ways"). Every wrap
// is bound to its kind and its name, and to the one data key that the vault names: a wrap moved, exchanged or
// renamed opens nothing.

import { argon2id } from '@noble/hashes/argon2.js';
import { equalBytes, utf8 } from '../bytes.ts';
import { assert, Malformed, ProofFailed } from '../errors.ts';
import { frame } from '../frame.ts';
import { hkdf } from '../hash.ts';
import { label } from '../label.ts';
import { randomBytes } from '../rng.ts';
import { BOX_KEY_BYTES, openBox, sealBox } from './seal.ts';

/** Argon2id (RFC 9106): memory in KiB, passes, lanes. Why these: docs/decisions/2026-11-vault.md. */
const STRETCH = { m: 64 * 1024, t: 1, p: 1, dkLen: BOX_KEY_BYTES };
export const STRETCH_SALT_BYTES = 16;
export const PASSPHRASE_CHARS_MIN = 6;
export const PASSPHRASE_CHARS_MAX = 200;

export type WayKind = 'device' | 'passkey' | 'passphrase';
export type WayName = { readonly kind: WayKind; readonly id: string };

export const drawDataKey = (): Uint8Array => randomBytes(BOX_KEY_BYTES);

/** What a vault says about its data key: enough to know it again, and nothing more. */
export function nameDataKey(dataKey: Uint8Array): Uint8Array {
  return hkdf(dataKey, label('hashDataKey'), new Uint8Array(0), BOX_KEY_BYTES);
}

/** `key`: 32 octets that only this way gives. */
export function wrapDataKey(key: Uint8Array, way: WayName, dataKey: Uint8Array): Uint8Array {
  assert(dataKey.length === BOX_KEY_BYTES, 'a data key has 32 octets');
  return sealBox(key, purposeOf(way, nameDataKey(dataKey)), dataKey);
}

/** `name`: of the data key that the vault is sealed under. Throws ProofFailed, whatever is wrong. */
export function unwrapDataKey(key: Uint8Array, way: WayName, name: Uint8Array, wrap: Uint8Array): Uint8Array {
  const dataKey = openBox(key, purposeOf(way, name), wrap);
  if (dataKey.length !== BOX_KEY_BYTES || !equalBytes(nameDataKey(dataKey), name)) throw new ProofFailed();
  return dataKey;
}

const purposeOf = ({ kind, id }: WayName, name: Uint8Array) =>
  frame(label('wrapDataKey'), utf8(kind), utf8(id), name);

/**
 * A passphrase as 32 octets, at a cost that every guess pays too. What is typed is normalised (NFKC) and freed
 * of spaces at its ends. Throws Malformed for one too short or too long.
 */
export function stretchPassphrase(passphrase: string, salt: Uint8Array): Uint8Array {
  const text = passphrase
    .slice(0, 2 * PASSPHRASE_CHARS_MAX)
    .normalize('NFKC')
    .trim();
  if (text.length < PASSPHRASE_CHARS_MIN || text.length > PASSPHRASE_CHARS_MAX)
    throw new Malformed('passphrase', `${PASSPHRASE_CHARS_MIN} to ${PASSPHRASE_CHARS_MAX} characters`);
  assert(salt.length === STRETCH_SALT_BYTES, 'a salt has 16 octets');
  return argon2id(utf8(text), salt, STRETCH);
}
