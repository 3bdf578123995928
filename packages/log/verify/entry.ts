// A log entry as bytes: canonical JSON (RFC 8785) followed by spaces up to the next KiB, at most four. Every
// entry that matters fits the first step, so all entries are 1,024 bytes and nobody counts kinds by length; a
// longer one stands out, and its author must want that. The padding is JSON white space: the bytes parse as
// they are. One value has one encoding; every other is refused. Entries hold commitments, never personal data.
import canonicalize from 'canonicalize';
import { fromUtf8, utf8 } from './encoding.ts';
import { MalformedLogData } from './errors.ts';

export const ENTRY_STEP_BYTES = 1024;
export const ENTRY_BYTES_MAX = 4096;
const DEPTH_MAX = 6;
const SPACE = 0x20;

export type EntryValue = string | number | boolean | null | readonly EntryValue[] | EntryObject;
export interface EntryObject {
  readonly [key: string]: EntryValue;
}

/** What every entry has; the rest is the kind's own (packages/protocol says which kinds exist). */
export interface LogEntry extends EntryObject {
  readonly v: 1;
  readonly kind: string;
}

/** Pads the canonical JSON of `entry` to its size class. */
export function encodeEntry(entry: LogEntry): Uint8Array {
  checkShape(entry);
  const json = utf8(canonicalJson(entry));
  const size = Math.ceil(json.length / ENTRY_STEP_BYTES) * ENTRY_STEP_BYTES;
  if (size > ENTRY_BYTES_MAX) throw new MalformedLogData('entry', `at most ${ENTRY_BYTES_MAX} bytes`);
  const bytes = new Uint8Array(size).fill(SPACE);
  bytes.set(json);
  return bytes;
}

/** The inverse of `encodeEntry`; refuses anything it would not have written. */
export function decodeEntry(bytes: Uint8Array): LogEntry {
  const { length } = bytes;
  if (length === 0 || length > ENTRY_BYTES_MAX || length % ENTRY_STEP_BYTES !== 0)
    throw new MalformedLogData('entry', `1 to 4 steps of ${ENTRY_STEP_BYTES} bytes`);
  const end = bytes.findLastIndex((byte) => byte !== SPACE) + 1;
  if (end <= length - ENTRY_STEP_BYTES) throw new MalformedLogData('entry', 'padding within the last step');
  const text = fromUtf8('entry', bytes.subarray(0, end));
  const entry = parseJson(text);
  checkShape(entry);
  if (canonicalJson(entry) !== text) throw new MalformedLogData('entry', 'canonical JSON');
  return entry;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedLogData('entry', 'JSON');
  }
}

function canonicalJson(entry: LogEntry): string {
  try {
    return canonicalize(entry)!;
  } catch {
    throw new MalformedLogData('entry', 'Unicode without lone surrogates');
  }
}

function checkShape(entry: unknown): asserts entry is LogEntry {
  checkValue(entry, 1);
  if (!isObject(entry)) throw new MalformedLogData('entry', 'an object');
  if (entry.v !== 1) throw new MalformedLogData('entry v', '1');
  if (typeof entry.kind !== 'string' || !/^[a-z][a-z0-9-]{0,63}$/.test(entry.kind))
    throw new MalformedLogData('entry kind', 'lower case, digits and hyphens, at most 64');
}

function checkValue(value: unknown, depth: number): void {
  if (depth > DEPTH_MAX) throw new MalformedLogData('entry', `at most ${DEPTH_MAX} levels`);
  // Whole numbers only: every reader in every language writes them alike.
  if (typeof value === 'number' && (!Number.isSafeInteger(value) || Object.is(value, -0)))
    throw new MalformedLogData('entry number', 'a whole number of at most 2^53 - 1');
  if (Array.isArray(value)) for (const item of value) checkValue(item, depth + 1);
  else if (isObject(value)) for (const item of Object.values(value)) checkValue(item, depth + 1);
  else if (!['string', 'number', 'boolean'].includes(typeof value) && value !== null)
    throw new MalformedLogData('entry', 'JSON values');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
