/**
 * One spelling of a name. Weak identifiers decide nothing alone: who shares one is looked at by people. So they
 * are made to meet rather than to miss: case, accents, spaces, hyphens, the order of the two parts, further
 * given names, titles, Mac and Mc, and the two ways to write ä, ö, ø, å without their signs all fall together.
 * Its limits: a name in another script than before, or romanised another way, does not meet itself.
 */
import type { Evidence } from './evidence.ts';

/** Letters that no decomposition takes apart. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'SS',
  ẞ: 'SS',
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  Ð: 'D',
  Þ: 'TH',
  Ħ: 'H',
  Ŋ: 'N',
  Ŧ: 'T',
  İ: 'I',
  ı: 'I',
  ĸ: 'K',
  ʼn: 'N',
};
// Above Latin, Greek and Cyrillic letters, and Arabic and Hebrew vowels, which are written or not. The signs of
// other scripts are letters of theirs and stay.
const accents = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;
const titles = new Set(
  'MR MRS MS MISS MX MASTER DR PROF PROFESSOR SIR DAME LADY LORD REV REVEREND FR SR'.split(' '),
);

/** Both parts, in an order of their own. */
export function nameIdentifier({ given, family }: Evidence['names'][number]): [string, string] {
  const [first = '', ...others] = wordsOf(given);
  const spoken = titles.has(first) && others.length > 0 ? others[0]! : first;
  const [one, other] = [loose(spoken), loose(wordsOf(family).join(''))].sort();
  return [one!, other!];
}

/** Words in capitals without accents; apostrophes and dots join, everything else that is no letter parts. */
function wordsOf(name: string): string[] {
  return [...name.normalize('NFC')]
    .map((letter) => plainLetters[letter] ?? plainLetters[letter.toUpperCase()] ?? letter)
    .join('')
    .normalize('NFKD')
    .replace(accents, '')
    .toUpperCase()
    .replace(/['’‘ʼʻ`´.·]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '');
}

/** MacDonald and McDonald; Müller, Mueller and Muller; Sørensen, Soerensen and Sorensen. */
function loose(word: string): string {
  return word
    .replace(/^MAC(?=\p{L}{3})/u, 'MC')
    .replaceAll('AE', 'A')
    .replaceAll('OE', 'O')
    .replaceAll('UE', 'U')
    .replaceAll('AA', 'A');
}
