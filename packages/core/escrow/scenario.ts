// A key shared among n, drawn by one test: for tests that are not about the ceremony.

import type { KeyShare, PublicKeySet, Role } from '../ceremony/key.ts';
import {
  addScalar,
  decodeScalar,
  encodeG1,
  encodeScalar,
  mulG1,
  mulScalar,
  randomScalar,
  scalarFromBigint,
  ZERO,
} from '../curve.ts';
import { G } from '../sigma/bases.ts';

export function drawSharedKey(
  role: Role,
  threshold: number,
  participants: number,
): { keys: PublicKeySet; shares: KeyShare[]; secretKey: Uint8Array } {
  const coefficients = Array.from({ length: threshold }, randomScalar);
  const at = (index: number) =>
    coefficients.reduceRight((sum, a) => addScalar(mulScalar(sum, scalarFromBigint(BigInt(index))), a), ZERO);
  const indices = Array.from({ length: participants }, (_, i) => i + 1);
  const shares = indices.map((index) => ({ role, index, secret: encodeScalar(at(index)) }));
  const point = (secret: Uint8Array) => encodeG1(mulG1(G, decodeScalar(secret)));
  const secretKey = encodeScalar(at(0));
  return {
    keys: {
      role,
      threshold,
      publicKey: point(secretKey),
      verificationKeys: shares.map((s) => point(s.secret)),
    },
    shares,
    secretKey,
  };
}
