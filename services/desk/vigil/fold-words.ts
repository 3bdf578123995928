/**
 * Whether a text speaks of something on a list, also where it was written so as not to be found: other letters
 * that look alike, digits for letters, signs between, letters said twice. It only gives a queue its order, so it
 * would rather find too much. Must never: decide anything, or keep a word of anybody's.
 */

/** Of one text; more is not looked at. */
const charsMax = 20_000;
const termCharsMin = 3;
const singleRunMin = 3;

const alike: Record<string, string> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g' },
  ...{ '@': 'a', $: 's', '!': 'i', '|': 'i', '€': 'e', '£': 'l' },
  // Cyrillic and Greek letters that look like Latin ones
  ...{ а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x' },
  ...{
    і: 'i',
    ј: 'j',
    ѕ: 's',
    α: 'a',
    β: 'b',
    ε: 'e',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
  },
  ...{ ı: 'i', ł: 'l', ø: 'o', đ: 'd', ß: 's' },
};

/** Words as they are compared; single letters in a row are one word. */
export function foldWords(text: string): string[] {
  const plain = text
    .slice(0, charsMax)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[^\p{L}\s]/gu, (sign) => alike[sign] ?? ' ')
    .replace(/\p{L}/gu, (letter) => alike[letter] ?? letter)
    .replace(/(\p{L})\1+/gu, '$1');
  const words: string[] = [];
  let singles: string[] = [];
  const flush = () => {
    if (singles.length >= singleRunMin) words.push(singles.join('').replace(/(\p{L})\1+/gu, '$1'));
    else words.push(...singles);
    singles = [];
  };
  for (const word of plain.split(/\s+/).filter(Boolean)) {
    if ([...word].length === 1) singles.push(word);
    else {
      flush();
      words.push(word);
    }
  }
  flush();
  return words;
}

/** A term as it is kept and compared; undefined if too little of it is left to be told from other words. */
export function foldTerm(term: string): string | undefined {
  const folded = foldWords(term)
    .join('')
    .replace(/(\p{L})\1+/gu, '$1');
  return folded.length < termCharsMin ? undefined : folded;
}

/** Whether any of `terms` (folded) stands in the text, as whole words, joined or taken apart. */
export function speaksOf(text: string, terms: ReadonlySet<string>): boolean {
  const longest = Math.max(0, ...[...terms].map((one) => one.length));
  const words = foldWords(text);
  for (let from = 0; from < words.length; from++) {
    let joined = '';
    for (let to = from; to < words.length && joined.length < longest; to++) {
      // The last letter of one word and the first of the next may be the same one, written once in the term.
      joined = (joined + words[to]).replace(/(\p{L})\1+/gu, '$1');
      if (terms.has(joined)) return true;
    }
  }
  return false;
}
