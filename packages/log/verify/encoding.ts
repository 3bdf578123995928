// Base64 as RFC 4648 §4 means it, one encoding per value, and strict UTF-8. Runs in browsers: no Buffer.
// Must never accept two texts for one value: signatures and proofs are compared as text elsewhere.
import { MalformedLogData } from './errors.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Decodes canonical base64; refuses white space, missing padding and non-zero trailing bits. */
export function fromBase64(field: string, text: string): Uint8Array {
  if (!BASE64.test(text)) throw new MalformedLogData(field, 'base64');
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  if (toBase64(bytes) !== text) throw new MalformedLogData(field, 'canonical base64');
  return bytes;
}

/** Base64 of exactly `length` bytes. */
export function fromBase64Exact(field: string, text: string, length: number): Uint8Array {
  const bytes = fromBase64(field, text);
  if (bytes.length !== length) throw new MalformedLogData(field, `base64 of ${length} bytes`);
  return bytes;
}

export const utf8 = (text: string): Uint8Array => encoder.encode(text);

export function fromUtf8(field: string, bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new MalformedLogData(field, 'UTF-8');
  }
}

/** Decimal without leading zeroes, at most 2^53 − 1 (a log of one entry a microsecond lives 285 years). */
export function fromDecimal(field: string, text: string): number {
  const value = Number(text);
  if (!/^(?:0|[1-9][0-9]*)$/.test(text) || !Number.isSafeInteger(value))
    throw new MalformedLogData(field, 'decimal without leading zeroes, at most 2^53 - 1');
  return value;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
