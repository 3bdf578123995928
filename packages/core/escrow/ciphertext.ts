// The escrow of an admission: ElGamal of the record key under the opening key (spec/escrow.md).
// E0 = ρ·G, E1 = ρ·Y + x·G_rec. That it holds the x of the pseudonym beside it is proved in presentation/;
// by itself a ciphertext proves nothing.

import { concat } from '../bytes.ts';
import { decodeG1, encodeG1, type G1, G1_BYTES, msmG1, mulG1, type Scalar } from '../curve.ts';
import { reader } from '../frame.ts';
import { G, G_REC } from '../sigma/bases.ts';

/** E0 ‖ E1, in octets. */
export const ESCROW_BYTES = 2 * G1_BYTES;

export type Escrow = { readonly E0: G1; readonly E1: G1 };

/** Encrypts R = x·G_rec under Y with randomness ρ, used once. */
export function encryptRecord(Y: G1, x: Scalar, rho: Scalar): Escrow {
  return { E0: mulG1(G, rho), E1: msmG1([Y, G_REC], [rho, x]) };
}

export function encodeEscrow({ E0, E1 }: Escrow): Uint8Array {
  return concat(encodeG1(E0), encodeG1(E1));
}

/** Throws Malformed. */
export function decodeEscrow(bytes: Uint8Array): Escrow {
  const read = reader(bytes, 'escrow', `${ESCROW_BYTES} octets`);
  const escrow = {
    E0: decodeG1(read.take(G1_BYTES), 'escrow E0'),
    E1: decodeG1(read.take(G1_BYTES), 'escrow E1'),
  };
  read.end();
  return escrow;
}
