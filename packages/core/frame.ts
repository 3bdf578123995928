// Unambiguous joining of octet strings, and reading fixed layouts back (spec/encoding.md). Everything of ours
// that is hashed or signed is framed: eight octets of length before each part, so that no two lists of parts
// have one encoding.

import { concat, i2osp, os2ip } from './bytes.ts';
import { assert, Malformed } from './errors.ts';

/** Octets of a part's length in a frame. */
const LENGTH_BYTES = 8;

/** I2OSP(length, 8) ‖ part, for each part in turn. */
export function frame(...parts: readonly Uint8Array[]): Uint8Array {
  return concat(...parts.flatMap((part) => [i2osp(part.length, LENGTH_BYTES), part]));
}

export type Reader = {
  /** The next `length` octets, copied. */
  take(length: number): Uint8Array;
  /** A big-endian integer of `length` octets, at most six. */
  uint(length: number): number;
  /** The next octet is a length; that many octets after it. */
  short(): Uint8Array;
  rest(): Uint8Array;
  /** Refuses anything left over. */
  end(): void;
};

/** Reads a layout. Every method throws Malformed(field, shape) when the octets are not of it. */
export function reader(octets: Uint8Array, field: string, shape: string): Reader {
  let at = 0;
  const malformed = () => new Malformed(field, shape);
  const take = (length: number) => {
    if (octets.length - at < length) throw malformed();
    at += length;
    return octets.slice(at - length, at);
  };
  const uint = (length: number) => {
    assert(length <= 6, 'a read integer stays exact');
    return Number(os2ip(take(length)));
  };
  return {
    take,
    uint,
    short: () => take(uint(1)),
    rest: () => take(octets.length - at),
    end: () => {
      if (at !== octets.length) throw malformed();
    },
  };
}
