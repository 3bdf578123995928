// The codecs of draft-irtf-cfrg-fiat-shamir: strings, integers, prime-field elements. Reading is the strict
// inverse of writing and returns what is left unread. Integers are little-endian, except for fields whose own
// standard is big-endian (BLS12-381: `serializeFieldBigEndian`).

import { concat, i2osp, os2ip } from '../bytes.ts';
import { assert, Malformed } from '../errors.ts';

/** Octets squeezed beyond a field's width, so that reduction is unbiased to 2^-128. */
export const EXTRA_BYTES = 16;
const LENGTH_BYTES = 4;

/** Ns: octets of an integer below `modulus`. */
function fieldBytes(modulus: bigint): number {
  return Math.ceil((modulus - 1n).toString(2).length / 8);
}

export function littleEndian(value: number | bigint, length: number): Uint8Array {
  return i2osp(value, length).reverse();
}

function fromLittleEndian(octets: Uint8Array): bigint {
  return os2ip(octets.slice().reverse());
}

/** SerializeVarLenString: four little-endian octets of length, then the string. */
export function serializeString(octets: Uint8Array): Uint8Array {
  return concat(littleEndian(octets.length, LENGTH_BYTES), octets);
}

/** DeserializeVarLenString. Throws Malformed. */
export function deserializeString(octets: Uint8Array): [value: Uint8Array, rest: Uint8Array] {
  const malformed = new Malformed('string', 'four octets of length and that many octets');
  if (octets.length < LENGTH_BYTES) throw malformed;
  const length = Number(fromLittleEndian(octets.subarray(0, LENGTH_BYTES)));
  if (octets.length - LENGTH_BYTES < length) throw malformed;
  return [octets.slice(LENGTH_BYTES, LENGTH_BYTES + length), octets.slice(LENGTH_BYTES + length)];
}

/** SerializeUint. */
export function serializeUint(value: bigint, modulus: bigint): Uint8Array {
  assert(value >= 0n && value < modulus, 'a serialized integer is reduced');
  return littleEndian(value, fieldBytes(modulus));
}

/** DeserializeUint: refuses short input and values that are not reduced. Throws Malformed. */
export function deserializeUint(octets: Uint8Array, modulus: bigint): [value: bigint, rest: Uint8Array] {
  const length = fieldBytes(modulus);
  const malformed = new Malformed('integer', `${length} octets of a reduced little-endian integer`);
  if (octets.length < length) throw malformed;
  const value = fromLittleEndian(octets.subarray(0, length));
  if (value >= modulus) throw malformed;
  return [value, octets.slice(length)];
}

/** SerializeField, little-endian coordinates. */
export function serializeField(coordinates: readonly bigint[], modulus: bigint): Uint8Array {
  return concat(...coordinates.map((coordinate) => serializeUint(coordinate, modulus)));
}

/** SerializeField where the field's standard is big-endian. */
export function serializeFieldBigEndian(coordinates: readonly bigint[], modulus: bigint): Uint8Array {
  return concat(...coordinates.map((coordinate) => serializeUint(coordinate, modulus).reverse()));
}

/** DeserializeField of `degree` little-endian coordinates. Throws Malformed. */
export function deserializeField(
  octets: Uint8Array,
  modulus: bigint,
  degree: number,
): [coordinates: bigint[], rest: Uint8Array] {
  const coordinates: bigint[] = [];
  let rest = octets;
  for (let i = 0; i < degree; i++) {
    const [coordinate, after] = deserializeUint(rest, modulus);
    coordinates.push(coordinate);
    rest = after;
  }
  return [coordinates, rest];
}

/** DecodeUint: Ns + 16 squeezed octets, little-endian, reduced. */
export function decodeUint(octets: Uint8Array, modulus: bigint): bigint {
  assert(octets.length === fieldBytes(modulus) + EXTRA_BYTES, 'DecodeUint takes Ns + 16 octets');
  return fromLittleEndian(octets) % modulus;
}
