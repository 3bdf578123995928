// Controls: with the strict decoding of points and scalars taken out of the second implementation, these attacks
// succeed. So their vectors are refused for what their names say, and for nothing else.

import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { isAccepted, second, type Vector, verdictOf } from './verdicts.ts';

vi.mock('./second/group.ts', async (original) => {
  const group = await original<typeof import('./second/group.ts')>();
  const octets = await import('./second/octets.ts');
  const p =
    0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn;
  const lax = (encoded: Uint8Array) => {
    if (encoded[0] === 0xc0) return group.O;
    const [flags, x] = [encoded[0]! & 0xe0, octets.numberOf(encoded) % (1n << 381n)];
    const reduced = octets.I2OSP(x % p, 48);
    return group.decodePoint(octets.join(Uint8Array.of(reduced[0]! | flags), reduced.slice(1)));
  };
  const anyScalar = (encoded: Uint8Array) => group.mod(octets.numberOf(encoded));
  // e(O, ·) = e(O, ·): the library would refuse to say so.
  const pairingsEqual: typeof group.pairingsEqual = (P1, Q1, P2, Q2) =>
    (P1.is0() && P2.is0()) || group.pairingsEqual(P1, Q1, P2, Q2);
  return { ...group, decodePoint: lax, decodeScalar: anyScalar, decodeNonZero: anyScalar, pairingsEqual };
});

test.each([
  'presentation/invalid/identity-escrow-point',
  'presentation/invalid/forged-by-identity-signature',
  'presentation/invalid/non-canonical-point',
  'presentation/invalid/non-canonical-scalar',
  'presentation/invalid/non-canonical-challenge',
  'escrow/invalid/share-challenge-non-canonical',
  'escrow/invalid/share-response-non-canonical',
  'issuance/invalid/commitment-challenge-non-canonical',
  'issuance/invalid/enrolment-proof-challenge-non-canonical',
  'sealed-identity/invalid/kem-proof-non-canonical',
  'tag/invalid/blind-non-canonical',
])('%s succeeds where decoding is lax', (path) => {
  const text = readFileSync(new URL(`../../vectors/${path}.json`, import.meta.url), 'utf8');
  expect(isAccepted(verdictOf(second, JSON.parse(text) as Vector))).toBe(true);
});
