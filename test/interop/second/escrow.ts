// Escrow for the second implementation: spec/escrow.md, "Opening" and "Sealed identity".

import { checkShare, combine, evaluate, type Keys, type Share } from './evaluation.ts';
import {
  decodePoint,
  encodePoint,
  G,
  HKDF,
  mul,
  type Point,
  randomScalar,
  SHA256,
  seal,
  sum,
  unseal,
} from './group.ts';
import { label } from './label.ts';
import { frame, I2OSP, join, must, numberOf, same } from './octets.ts';
import { equation, proofTag, prove, type Relation, verify } from './sigma.ts';

const BLOCK = 1024;
const BLOCKS_MAX = 65;
const nonce = new Uint8Array(12);

export type From = { readonly from: number; readonly share: Share };

// --- Opening

const pointsOf = (escrow: Uint8Array): [Point, Point] => {
  must(escrow.length === 96, 'escrow');
  return [decodePoint(escrow.slice(0, 48)), decodePoint(escrow.slice(48))];
};

const openingBound = (escrow: Uint8Array, binding: Uint8Array) => ({
  name: 'proofOpeningShare',
  binding: frame(escrow, binding),
});

export const releaseShare = (index: number, y: bigint, escrow: Uint8Array, binding: Uint8Array): Share =>
  evaluate(index, y, pointsOf(escrow)[0], openingBound(escrow, binding));

export function checkOpeningShare(
  keys: Keys,
  from: number,
  escrow: Uint8Array,
  binding: Uint8Array,
  share: Share,
): void {
  checkShare(keys, from, pointsOf(escrow)[0], openingBound(escrow, binding), share);
}

/** R, or undefined while shares are missing; and who sent a bad one. */
export function openEscrow(
  keys: Keys,
  escrow: Uint8Array,
  binding: Uint8Array,
  shares: readonly From[],
): { R: Uint8Array | undefined; bad: readonly number[] } {
  const [E0, E1] = pointsOf(escrow);
  const { point, bad } = combine(keys, E0, openingBound(escrow, binding), shares);
  if (point === undefined) return { R: undefined, bad };
  const R = E1.subtract(point);
  must(!R.is0(), 'R identity');
  return { R: encodePoint(R), bad };
}

// --- Sealed identity

const knowsR = (R1: Point): Relation => ({ elements: [R1], equations: [equation(1, [0, 0])] });
const sealTag = (Y: Uint8Array, R: Uint8Array, body: Uint8Array) =>
  proofTag('proofSealedIdentity', frame(Y, R, SHA256(body)));

function keysOf(K: Point, R1: Uint8Array, Y: Uint8Array, R: Uint8Array): [key: Uint8Array, com: Uint8Array] {
  const octets = HKDF(encodePoint(K), label('kdfIdentity'), frame(R1, Y, R), 64);
  return [octets.slice(0, 32), octets.slice(32)];
}

export function sealIdentity(
  Y: Uint8Array,
  R: Uint8Array,
  plain: Uint8Array,
): { sealed: Uint8Array; r: bigint } {
  const r = randomScalar();
  const R1 = encodePoint(mul(G, r));
  const [key, com] = keysOf(mul(decodePoint(Y), r), R1, Y, R);
  const padded = new Uint8Array(Math.ceil((4 + plain.length) / BLOCK) * BLOCK);
  padded.set(join(I2OSP(plain.length, 4), plain));
  const body = join(com, seal(key, nonce, padded));
  const proof = prove(knowsR(mul(G, r)), [r], sealTag(Y, R, body));
  return { sealed: join(R1, proof, body), r };
}

/** R1 of a sealed identity whose proof holds; refuses others. */
export function checkSealedIdentity(Y: Uint8Array, R: Uint8Array, sealed: Uint8Array): Point {
  const body = sealed.slice(112);
  const blocks = (body.length - 48) / BLOCK;
  must(Number.isInteger(blocks) && blocks >= 1 && blocks <= BLOCKS_MAX, 'sealed length');
  decodePoint(Y);
  decodePoint(R);
  const R1 = decodePoint(sealed.slice(0, 48));
  verify(knowsR(R1), 1, sealTag(Y, R, body), sealed.slice(48, 112));
  return R1;
}

/** The plain text for whoever has K. */
export function openWithKey(K: Point, Y: Uint8Array, R: Uint8Array, sealed: Uint8Array): Uint8Array {
  checkSealedIdentity(Y, R, sealed);
  const [key, com] = keysOf(K, sealed.slice(0, 48), Y, R);
  must(same(com, sealed.slice(112, 144)), 'com');
  const padded = unseal(key, nonce, sealed.slice(144));
  const length = Number(numberOf(padded.slice(0, 4)));
  must(
    length <= padded.length - 4 && padded.length === Math.ceil((4 + length) / BLOCK) * BLOCK,
    'padding length',
  );
  must(
    padded.slice(4 + length).every((octet) => octet === 0),
    'padding',
  );
  return padded.slice(4, 4 + length);
}

const identityBound = (R: Uint8Array, sealed: Uint8Array, binding: Uint8Array) => ({
  name: 'proofIdentityShare',
  binding: frame(R, SHA256(sealed), binding),
});

export function releaseIdentityShare(
  index: number,
  y: bigint,
  { Y, R, sealed }: { Y: Uint8Array; R: Uint8Array; sealed: Uint8Array },
  binding: Uint8Array,
): Share {
  return evaluate(index, y, checkSealedIdentity(Y, R, sealed), identityBound(R, sealed, binding));
}

export function openIdentity(
  keys: Keys,
  { Y, R, sealed }: { Y: Uint8Array; R: Uint8Array; sealed: Uint8Array },
  binding: Uint8Array,
  shares: readonly From[],
): { plain: Uint8Array | undefined; bad: readonly number[] } {
  const R1 = checkSealedIdentity(Y, R, sealed);
  const { point, bad } = combine(keys, R1, identityBound(R, sealed, binding), shares);
  return { plain: point && openWithKey(point, Y, R, sealed), bad };
}

export const identityLeaf = (
  tag: Uint8Array,
  salt: Uint8Array,
  R: Uint8Array,
  epsilon: Uint8Array,
  sealed: Uint8Array,
): Uint8Array => SHA256(frame(label('hashLeaf'), tag, salt, R, epsilon, SHA256(sealed)));

/** y·E0 taken off E1: what whoever has the whole key would see. */
export const decryptWith = (y: bigint, escrow: Uint8Array): Uint8Array => {
  const [E0, E1] = pointsOf(escrow);
  return encodePoint(sum([1n, E1], [-y, E0]));
};
