// What a credential says of a person: eight signed messages, always these, in this order, with values from a
// closed vocabulary (spec/issuance.md, "Schema"). The nym secret follows them and is nobody's to disclose.
// An odd value is refused by wallets: it could mark one person.

import { concat, i2osp, utf8 } from '../bytes.ts';
import { Malformed } from '../errors.ts';
import { frame } from '../frame.ts';
import { label } from '../label.ts';

export const SCHEMA_ID = 'answerable-person-1';
/** Octets of a lineage, drawn once per record and constant over resets. */
export const LINEAGE_BYTES = 32;
/** Most octets of a name, in UTF-8 and NFC. */
export const NAME_BYTES_MAX = 120;
/** Epochs are counted in 48 bits. */
export const EPOCH_MAX = 2 ** 48 - 1;
const EPOCH_BYTES = 8;

/** Index in the signature = place in this list. */
export const FIELDS = [
  'lineage',
  'over_13',
  'over_16',
  'over_18',
  'residence',
  'assurance',
  'reset_recent',
  'name',
] as const;
export type Field = (typeof FIELDS)[number];
/** Everything but the lineage, which is reserved and stays hidden. */
export type DisclosableField = Exclude<Field, 'lineage'>;
export const DISCLOSABLE: readonly DisclosableField[] = FIELDS.filter((f) => f !== 'lineage');

const yesNo = ['yes', 'no'] as const;
/** The values a field may take. `lineage` is lower-case hex; `name` is free text or empty. */
export const VOCABULARY = {
  over_13: yesNo,
  over_16: yesNo,
  over_18: yesNo,
  /** `gb`: lives in the United Kingdom by the evidence; `unknown`: the evidence does not say. */
  residence: ['gb', 'elsewhere', 'unknown'],
  /** Confidence of the evidence: vouched for by a referee; a provider's medium or high level. */
  assurance: ['referee', 'medium', 'high'],
  reset_recent: yesNo,
} as const;

export type Attributes = Readonly<Record<Field, string>>;
export type Disclosed = Readonly<Partial<Record<DisclosableField, string>>>;

// Controls, invisible signs, what has no meaning of its own or none yet, and what breaks a line.
const notShown = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Refuses a value outside the vocabulary. Throws Malformed naming the field. */
export function checkValue(field: Field, value: string): void {
  if (field === 'lineage') {
    if (!/^[0-9a-f]{64}$/.test(value)) throw new Malformed('lineage', '32 octets in lower-case hex');
  } else if (field === 'name') {
    const plain = value === value.normalize('NFC') && !notShown.test(value);
    if (!plain || value !== value.trim() || utf8(value, 'name').length > NAME_BYTES_MAX) {
      throw new Malformed('name', `NFC text without controls, at most ${NAME_BYTES_MAX} octets`);
    }
  } else if (!(VOCABULARY[field] as readonly string[]).includes(value)) {
    throw new Malformed(field, `one of ${VOCABULARY[field].join(', ')}`);
  }
}

/** Reads untrusted attributes: exactly the eight fields, each in its vocabulary. Throws Malformed. */
export function checkAttributes(attributes: Readonly<Record<string, unknown>>): Attributes {
  if (Object.keys(attributes).length !== FIELDS.length) throw new Malformed('attributes', 'the eight fields');
  for (const field of FIELDS) {
    const value = Object.hasOwn(attributes, field) ? attributes[field] : undefined;
    if (typeof value !== 'string') throw new Malformed(field, 'text');
    checkValue(field, value);
  }
  return attributes as Attributes;
}

/** The message a value is signed as: field ‖ ':' ‖ value, in UTF-8. */
export function encodeMessage(field: Field, value: string): Uint8Array {
  return concat(utf8(`${field}:`), utf8(value, field));
}

/** Well-formed UTF-8 only. Throws Malformed naming the field. */
export function decodeText(field: Field, octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    throw new Malformed(field, 'UTF-8');
  }
}

export function encodeMessages(attributes: Attributes): Uint8Array[] {
  checkAttributes(attributes);
  return FIELDS.map((field) => encodeMessage(field, attributes[field]));
}

/**
 * What a policy asks for, in schema order. Throws Malformed for a field twice, an unknown one, or `lineage`;
 * the nym secret has no name and so cannot be asked for.
 */
export function checkDisclosure(fields: readonly string[]): readonly DisclosableField[] {
  const asked = new Set(fields);
  if (asked.size !== fields.length || fields.some((f) => !(DISCLOSABLE as readonly string[]).includes(f))) {
    throw new Malformed('disclosure', `distinct fields among ${DISCLOSABLE.join(', ')}`);
  }
  return DISCLOSABLE.filter((field) => asked.has(field));
}

export function indexOfField(field: Field): number {
  return FIELDS.indexOf(field);
}

/** The credential's header, computed by both sides: schema and epoch, the same for everyone. */
export function credentialHeader(epoch: number): Uint8Array {
  return frame(label('credentialHeader'), utf8(SCHEMA_ID), encodeEpoch(epoch));
}

export function encodeEpoch(epoch: number): Uint8Array {
  if (!Number.isInteger(epoch) || epoch < 0 || epoch > EPOCH_MAX) throw new Malformed('epoch', 'a count');
  return i2osp(epoch, EPOCH_BYTES);
}
