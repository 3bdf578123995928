/** Finds people of the thief's list in stolen text: the whole name in either order, whatever stands around it. */
import type { ListedPerson } from './names.ts';

export interface NameFinder {
  /** Names of the list that stand in `text`. */
  in(text: string): string[];
}

export function nameFinder(list: readonly ListedPerson[]): NameFinder {
  const byWords = new Map<string, string>();
  for (const { name } of list) {
    const words = wordsOf(name);
    byWords.set(words.join(' '), name);
    byWords.set([...words].reverse().join(' '), name);
  }
  return {
    in(text) {
      const words = wordsOf(text);
      const found = new Set<string>();
      for (let length = 2; length <= 4; length++)
        for (let at = 0; at + length <= words.length; at++) {
          const name = byWords.get(words.slice(at, at + length).join(' '));
          if (name) found.add(name);
        }
      return [...found];
    },
  };
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  );
}
