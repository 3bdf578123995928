// Tags for the second implementation: spec/tag.md.

import { checkShare, combine, evaluate, type Keys, type Share } from './evaluation.ts';
import {
  decodeNonZero,
  decodePoint,
  encodePoint,
  encodeScalar,
  H2C,
  inverse,
  mul,
  randomScalar,
  SHA256,
} from './group.ts';
import { label } from './label.ts';
import { frame, I2OSP } from './octets.ts';

export const identifierOf = (kind: string, ...parts: readonly string[]): Uint8Array => frame(kind, ...parts);

const pointOf = (identifier: Uint8Array) => H2C(identifier, label('hashTag'));
const bound = (binding: Uint8Array) => ({ name: 'proofTagEvaluation', binding });

export function blindIdentifier(identifier: Uint8Array): { b: Uint8Array; B: Uint8Array } {
  const b = randomScalar();
  return { b: encodeScalar(b), B: encodePoint(mul(pointOf(identifier), b)) };
}

export const evaluateTag = (index: number, k: bigint, B: Uint8Array, binding: Uint8Array): Share =>
  evaluate(index, k, decodePoint(B), bound(binding));

export function checkEvaluation(
  keys: Keys,
  from: number,
  B: Uint8Array,
  binding: Uint8Array,
  share: Share,
): void {
  checkShare(keys, from, decodePoint(B), bound(binding), share);
}

export function combineTag(
  keys: Keys,
  { b, B }: { b: Uint8Array; B: Uint8Array },
  binding: Uint8Array,
  shares: readonly { readonly from: number; readonly share: Share }[],
): { tag: Uint8Array | undefined; bad: readonly number[] } {
  const { point, bad } = combine(keys, decodePoint(B), bound(binding), shares);
  return { tag: point && encodePoint(mul(point, inverse(decodeNonZero(b)))), bad };
}

/** What the whole key would make of an identifier. */
export const tagWith = (k: bigint, identifier: Uint8Array): Uint8Array =>
  encodePoint(mul(pointOf(identifier), k));

export const tagCommitment = (tag: Uint8Array, keyVersion: number): Uint8Array =>
  SHA256(frame(label('hashTagVersion'), tag, I2OSP(keyVersion, 4)));
