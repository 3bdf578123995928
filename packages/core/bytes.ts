// Octet strings: joining, comparing, and the four spellings (hex, base64url, base32, big-endian integers).
// Assumes nothing of the platform beyond TextEncoder. Must never accept two spellings of one octet string.

import { assert, Malformed } from './errors.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const QUINTET_LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const SEXTET_OF = new Map([...ALPHABET].map((letter, sextet) => [letter, sextet]));
const encoder = new TextEncoder();

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Compares without stopping early; only the lengths may show in the time taken. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** Reads lower-case hex of even length. Throws Malformed. */
export function fromHex(hex: string, field = 'hex'): Uint8Array {
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex)) {
    throw new Malformed(field, 'lower-case hex of even length');
  }
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** RFC 4648 section 5, without padding. */
export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += ALPHABET[(held >> bits) & 63];
    }
  }
  return bits > 0 ? text + ALPHABET[(held << (6 - bits)) & 63] : text;
}

/** Reads unpadded base64url; refuses other alphabets, impossible lengths and non-zero spare bits. Throws Malformed. */
export function fromBase64url(text: string, field = 'base64url'): Uint8Array {
  const bad = () => new Malformed(field, 'canonical base64url without padding');
  if (text.length % 4 === 1) throw bad();
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const sextet = SEXTET_OF.get(letter);
    if (sextet === undefined) throw bad();
    held = ((held << 6) | sextet) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 0xff;
    }
  }
  if ((held & ((1 << bits) - 1)) !== 0) throw bad();
  return bytes;
}

/** RFC 4648 section 6, lower case, without padding. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += QUINTET_LETTERS[(held >> bits) & 31];
    }
  }
  return bits > 0 ? text + QUINTET_LETTERS[(held << (5 - bits)) & 31] : text;
}

/** UTF-8 of well-formed text. A lone surrogate would be replaced silently, so it is refused. */
export function utf8(text: string, field = 'text'): Uint8Array {
  if (/\p{Surrogate}/u.test(text)) throw new Malformed(field, 'well-formed Unicode');
  return encoder.encode(text);
}

/** I2OSP of RFC 8017 section 4.1: big-endian, exactly `length` octets. */
export function i2osp(value: number | bigint, length: number): Uint8Array {
  assert(typeof value === 'bigint' || Number.isSafeInteger(value), 'i2osp takes an integer');
  const bytes = new Uint8Array(length);
  let rest = BigInt(value);
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  assert(rest === 0n, 'i2osp value fits its length and is not negative');
  return bytes;
}

/** OS2IP of RFC 8017 section 4.2. */
export function os2ip(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}
