// Account secrets, statements about R, buckets: spec/presentation.md "Account secrets" and spec/issuance.md
// "Statements about R", for the second implementation.

import { ed25519 } from '@noble/curves/ed25519.js';
import { api } from './credential.ts';
import {
  decodePoint,
  encodePoint,
  encodeScalar,
  G_rec,
  H,
  H2C,
  HKDF,
  mul,
  type Point,
  r,
  randomBytes,
  randomScalar,
  SHA256,
  seal,
  sum,
  unseal,
} from './group.ts';
import { label } from './label.ts';
import { frame, hexOf, I2OSP, join, must } from './octets.ts';
import { equation, proofTag, prove, type Relation, verify } from './sigma.ts';

const empty = new Uint8Array(0);

export function deriveAccount(x: bigint, scope: Uint8Array, slot: number) {
  must(Number.isInteger(slot) && slot >= 1 && slot <= 8, 'slot');
  const derive = (purpose: string) =>
    HKDF(encodeScalar(x), label('kdfAccount'), frame(purpose, scope, I2OSP(slot, 1)), 32);
  const noticeKey = derive('notice-key');
  return {
    accountKey: ed25519.getPublicKey(derive('account-key')),
    noticeKey,
    noticeHandle: SHA256(frame(label('hashNotice'), noticeKey)),
    handle: derive('handle'),
  };
}

const knowsRecord = (R: Point): Relation => ({ elements: [G_rec, R], equations: [equation(2, [0, 1])] });

export const proveRecord = (x: bigint, binding: Uint8Array): Uint8Array =>
  prove(knowsRecord(mul(G_rec, x)), [x], proofTag('proofRecord', binding));

export const verifyRecord = (R: Uint8Array, binding: Uint8Array, proof: Uint8Array): void =>
  verify(knowsRecord(decodePoint(R)), 1, proofTag('proofRecord', binding), proof);

export const notMine = (OP: Point, P: Point, R: Point, N: Point, V: Point): Relation => ({
  elements: [G_rec, H, OP, P, R, N, V],
  equations: [
    {
      image: [[6, 1n]],
      terms: [
        [0, 3, 1n],
        [1, 4, r - 1n],
      ],
    },
    equation(7, [0, 1], [2, 2]),
    equation(7, [1, 5], [2, 2]),
  ],
});

export function proveNotMine(x: bigint, scope: Uint8Array, pseudonym: Uint8Array, binding: Uint8Array) {
  const [OP, P, R] = [H2C(scope, api), decodePoint(pseudonym), mul(G_rec, x)];
  const [beta, delta] = [randomScalar(), randomScalar()];
  const alpha = beta * x;
  const N = sum([alpha, OP], [-beta, P]);
  const V = sum([alpha, G_rec], [delta, H]);
  const proof = prove(notMine(OP, P, R, N, V), [alpha, beta, delta], proofTag('proofNotMine', binding));
  return join(encodePoint(N), encodePoint(V), proof);
}

export function verifyNotMine(
  R: Uint8Array,
  scope: Uint8Array,
  pseudonym: Uint8Array,
  binding: Uint8Array,
  octets: Uint8Array,
): void {
  must(octets.length === 224, 'length');
  const [N, V] = [octets.slice(0, 48), octets.slice(48, 96)].map(decodePoint) as [Point, Point];
  const relation = notMine(H2C(scope, api), decodePoint(pseudonym), decodePoint(R), N, V);
  verify(relation, 3, proofTag('proofNotMine', binding), octets.slice(96));
}

export const recordBucket = (R: Uint8Array, digits: number): string =>
  hexOf(SHA256(frame(label('hashBucket'), R))).slice(0, digits);

export function sealBucketItem(R: Uint8Array, item: Uint8Array): Uint8Array {
  const nonce = randomBytes(12);
  return join(nonce, seal(HKDF(R, label('kdfBucket'), empty, 32), nonce, item));
}

export const openBucketItem = (R: Uint8Array, sealed: Uint8Array): Uint8Array =>
  unseal(HKDF(R, label('kdfBucket'), empty, 32), sealed.slice(0, 12), sealed.slice(12));
