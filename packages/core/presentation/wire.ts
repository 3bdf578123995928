// A presentation as octets (spec/presentation.md, "Layout"):
//
//   version 1 ‖ for each field asked, in schema order: length 1 ‖ value
//   ‖ P 48 ‖ E0 48 ‖ E1 48 ‖ ρ̂ 32 ‖ BBS proof
//
// It names no field, no index and no key: those are the question's. One octet string per presentation: points
// and scalars are canonical, nothing may follow.

import { concat, utf8 } from '../bytes.ts';
import {
  decodeG1,
  decodeScalar,
  encodeG1,
  encodeScalar,
  type G1,
  G1_BYTES,
  SCALAR_BYTES,
  type Scalar,
} from '../curve.ts';
import { Malformed } from '../errors.ts';
import { decodeEscrow, ESCROW_BYTES, type Escrow, encodeEscrow } from '../escrow/ciphertext.ts';
import { reader } from '../frame.ts';
import { decodeNymProof, type NymProof } from '../nym/proof.ts';
import { SHAPE } from './credential.ts';
import { checkValue, type DisclosableField, type Disclosed, decodeText } from './schema.ts';

const VERSION = 1;
/** Most octets of a presentation: every field disclosed, with the longest name. */
export const PRESENTATION_BYTES_MAX = 1100;

export type Parts = {
  readonly disclosed: Disclosed;
  readonly pseudonym: G1;
  readonly escrow: Escrow;
  readonly rhoResponse: Scalar;
  readonly proof: NymProof;
};

export function encodePresentation(
  fields: readonly DisclosableField[],
  parts: Omit<Parts, 'proof'> & { readonly proof: Uint8Array },
): Uint8Array {
  const values = fields.map((field) => utf8(parts.disclosed[field]!, field));
  return concat(
    Uint8Array.of(VERSION),
    ...values.flatMap((value) => [Uint8Array.of(value.length), value]),
    encodeG1(parts.pseudonym),
    encodeEscrow(parts.escrow),
    encodeScalar(parts.rhoResponse),
    parts.proof,
  );
}

/** Reads a presentation of exactly `fields`. Throws Malformed. */
export function decodePresentation(octets: Uint8Array, fields: readonly DisclosableField[]): Parts {
  const shape = 'a presentation of version 1';
  if (octets.length > PRESENTATION_BYTES_MAX) throw new Malformed('presentation', shape);
  const read = reader(octets, 'presentation', shape);
  if (read.uint(1) !== VERSION) throw new Malformed('presentation', shape);
  const values = fields.map((field) => [field, decodeValue(field, read.short())] as const);
  return {
    disclosed: Object.fromEntries(values),
    pseudonym: decodeG1(read.take(G1_BYTES), 'pseudonym'),
    escrow: decodeEscrow(read.take(ESCROW_BYTES)),
    rhoResponse: decodeScalar(read.take(SCALAR_BYTES), 'presentation response'),
    proof: decodeNymProof(read.rest(), SHAPE, fields.length),
  };
}

function decodeValue(field: DisclosableField, octets: Uint8Array): string {
  const value = decodeText(field, octets);
  checkValue(field, value);
  return value;
}
