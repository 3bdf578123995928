/** Words are found however they are written, and others are not. Neutral words stand in for those that a desk keeps. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTerm, speaksOf } from './fold-words.ts';

const terms = new Set(['apple tree', 'Zebra', 'glass-house'].flatMap((one) => foldTerm(one) ?? []));

describe('is found', () => {
  it.each([
    ['as it is', 'I saw a zebra today'],
    ['in capitals', 'ZEBRA'],
    ['with letters said twice', 'zzzebbraaa'],
    ['with digits for letters', 'z3br4'],
    ['with signs for letters', 'zebr@'],
    ['with signs between', 'z.e.b.r.a'],
    ['with stars and spaces between', 'z * e * b * r * a'],
    ['letter by letter', 'look: z e b r a'],
    ['with marks on letters', 'zébrå'],
    ['with things of no width between', 'ze\u200Bb\u2060ra'],
    ['with the writing direction turned', '\u202Ezebra'],
    ['with Cyrillic letters', 'zеbrа'],
    ['in full width', 'ｚｅｂｒａ'],
    ['of two words, written as one', 'appletree'],
    ['of two words, with a hyphen', 'apple-tree'],
    ['of one word, taken apart', 'glass house'],
  ])('a word %s', (_how, text) => expect(speaksOf(text, terms)).toBe(true));
});

describe('is not found', () => {
  it.each([
    ['in an empty text', ''],
    ['inside another word', 'zebrafish'],
    ['when only part of it is there', 'an apple and a pear'],
    ['in other words', 'The weather is fine in the greenhouse.'],
  ])('%s', (_how, text) => expect(speaksOf(text, terms)).toBe(false));
  it('where there are no words to look for', () => expect(speaksOf('zebra', new Set())).toBe(false));
});

it.each(['', ' ', 'a', 'ab', '!!', '\u200B'])('nothing to look for: %j', (term) =>
  expect(foldTerm(term)).toBeUndefined(),
);

it('looks at anything without falling over, and finds a word in any company', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      speaksOf(text, terms);
      expect(speaksOf(`${text} . zebra`, terms) || /\p{L}$/u.test(text.trim())).toBe(true);
    }),
  );
});
