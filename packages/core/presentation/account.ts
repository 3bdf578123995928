// Everything an account needs, derived from the nym secret, so that recall restores accounts and finds
// notices (spec/presentation.md, "Account secrets"). Slots of one person in one scope are 1..k.

import { ed25519 } from '@noble/curves/ed25519.js';
import { i2osp, utf8 } from '../bytes.ts';
import { Malformed } from '../errors.ts';
import { frame } from '../frame.ts';
import { hkdf, sha256 } from '../hash.ts';
import { label } from '../label.ts';
import { type Credential, nymSecretOctets } from './credential.ts';
import { checkScope } from './question.ts';

/** Accounts of one person in one scope, at most. */
export const SLOT_MAX = 8;
const SECRET_BYTES = 32;

export type AccountSecrets = {
  /** ed25519 seed and public key: signs in, and proves possession at admission. */
  readonly secretKey: Uint8Array;
  readonly publicKey: Uint8Array;
  /** κ, and ν = H(κ), by which the wallet finds a notice of disclosure. */
  readonly noticeKey: Uint8Array;
  readonly noticeHandle: Uint8Array;
  /** What a suggested handle is drawn from. */
  readonly handleSeed: Uint8Array;
};

export function deriveAccount(credential: Credential, scope: Uint8Array, slot: number): AccountSecrets {
  if (!Number.isInteger(slot) || slot < 1 || slot > SLOT_MAX) throw new Malformed('slot', `1 to ${SLOT_MAX}`);
  const x = nymSecretOctets(credential);
  const derive = (purpose: string) =>
    hkdf(x, label('kdfAccount'), frame(utf8(purpose), checkScope(scope), i2osp(slot, 1)), SECRET_BYTES);
  const secretKey = derive('account-key');
  const noticeKey = derive('notice-key');
  return {
    secretKey,
    publicKey: ed25519.getPublicKey(secretKey),
    noticeKey,
    noticeHandle: noticeHandleOf(noticeKey),
    handleSeed: derive('handle'),
  };
}

/** ν = H(κ). */
export function noticeHandleOf(noticeKey: Uint8Array): Uint8Array {
  return sha256(frame(label('hashNotice'), noticeKey));
}
