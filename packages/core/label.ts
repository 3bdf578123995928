// The one table of our own domain labels. Rules, all tested in label.test.ts: dated (`answerable/v1/…`), no
// label is a prefix of another, and none is a prefix of (or prefixed by) a string derived from a BBS api_id.
// A label that has been used is never given a second meaning; a changed meaning is a new label.

import { utf8 } from './bytes.ts';

export const LABELS = {
  generatorRecord: 'answerable/v1/generator/record',
  generatorHiding: 'answerable/v1/generator/hiding',
} as const;

export type LabelName = keyof typeof LABELS;

const OCTETS = new Map<string, Uint8Array>(Object.entries(LABELS).map(([name, text]) => [name, utf8(text)]));

/** The label's octets, as used for a DST or as the head of a hashed string. Do not write into them. */
export function label(name: LabelName): Uint8Array {
  return OCTETS.get(name)!;
}
