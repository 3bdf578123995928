// The four words that give a lost secret back. The wallet draws them; a person never chooses. What is typed is
// forgiven its capitals, spaces and punctuation, and nothing else: a word that is not on the list is pointed at
// before any of the counted tries is spent.

import { utf8 } from '../bytes.ts';
import { assert, Malformed } from '../errors.ts';
import { frame } from '../frame.ts';
import { label } from '../label.ts';
import { randomBytes } from '../rng.ts';
import { WORDS } from './word-list.ts';

export const WORDS_PER_CODE = 4;
/** Longest text that is looked at, in UTF-16 units. */
const TEXT_LENGTH_MAX = 200;
const known = new Set(WORDS);
assert(known.size === 2048, 'there are 2048 distinct words');

/** Four words, uniform and independent: 44 bits. */
export function drawWords(): string[] {
  const octets = randomBytes(2 * WORDS_PER_CODE);
  return Array.from({ length: WORDS_PER_CODE }, (_, i) => {
    const eleven = ((octets[2 * i]! << 8) | octets[2 * i + 1]!) & 0x7ff;
    return WORDS[eleven]!;
  });
}

export type Reading =
  | { readonly ok: true; readonly words: readonly string[] }
  /** `unknown`: positions (from 0) of words not on the list, with words that look like them. */
  | {
      readonly ok: false;
      readonly count: number;
      readonly unknown: readonly { at: number; like: readonly string[] }[];
    };

/** Reads what somebody typed. */
export function readWords(text: string): Reading {
  const plain = text.slice(0, TEXT_LENGTH_MAX).normalize('NFKC').toLowerCase();
  const words = plain.split(/[^\p{L}]+/u).filter((word) => word !== '');
  const unknown = words.flatMap((word, at) => (known.has(word) ? [] : [{ at, like: wordsLike(word) }]));
  if (words.length === WORDS_PER_CODE && unknown.length === 0) return { ok: true, words };
  return { ok: false, count: words.length, unknown };
}

/** The code as it is hashed. Throws Malformed unless it is four words of the list. */
export function encodeWords(words: readonly string[]): Uint8Array {
  if (words.length !== WORDS_PER_CODE || words.some((word) => !known.has(word))) {
    throw new Malformed('words', `${WORDS_PER_CODE} words of the list`);
  }
  return frame(label('recallWords'), ...words.map((word) => utf8(word)));
}

/** Words of the list that are one slip away. */
function wordsLike(word: string): string[] {
  return WORDS.filter((candidate) => isOneSlip(word, candidate));
}

/** One letter changed, missing, added, or exchanged with its neighbour. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (x.length <= 1 && y.length <= 1) return true;
  return x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0];
}
