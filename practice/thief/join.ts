/**
 * Joins rows that share a rare value: the oldest trick there is. Whatever two stores have in common and few
 * others have, ties the two together. Returns the knots: sets of rows that hang together.
 */
import { read, windows } from './read.ts';

export interface Knot<T> {
  members: T[];
}

export interface Piece<T> {
  is: T;
  /** Store and table: a value in most rows of one table is a constant, not a trace. */
  place: string;
  value: unknown;
}

/** A value in more places than this says little; a person here has at most a few dozen rows. */
const placesMax = 120;
const constantShare = 0.6;
const constantRowsMin = 5;

export function knots<T>(pieces: readonly Piece<T>[], known: ReadonlySet<string>): Knot<T>[] {
  const parent = pieces.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root]!;
    parent[index] = root;
    return root;
  };
  const rowsOf = new Map<string, number>();
  for (const piece of pieces) rowsOf.set(piece.place, (rowsOf.get(piece.place) ?? 0) + 1);
  for (const holders of sharedValues(pieces, known).values()) {
    if (isConstant(holders, pieces, rowsOf)) continue;
    for (const holder of holders) parent[find(holder)] = find(holders[0]!);
  }
  const byRoot = new Map<number, T[]>();
  pieces.forEach((piece, index) => {
    const root = find(index);
    byRoot.set(root, [...(byRoot.get(root) ?? []), piece.is]);
  });
  return [...byRoot.values()].map((members) => ({ members }));
}

function sharedValues<T>(pieces: readonly Piece<T>[], known: ReadonlySet<string>): Map<string, number[]> {
  const holders = new Map<string, number[]>();
  pieces.forEach((piece, index) => {
    const seen = new Set<string>();
    for (const atom of read(piece.value).atoms) for (const window of windows(atom)) seen.add(window);
    for (const text of read(piece.value).texts) if (isTelling(text)) seen.add(`text:${text.toLowerCase()}`);
    for (const value of seen) {
      if (known.has(value)) continue;
      const list = holders.get(value);
      if (list) list.push(index);
      else holders.set(value, [index]);
    }
  });
  for (const [value, list] of holders) if (list.length < 2 || list.length > placesMax) holders.delete(value);
  return holders;
}

// Account names and addresses tie rows together; single common words do not.
function isTelling(text: string): boolean {
  return text.length >= 12 && text.length <= 80 && !/\s/.test(text);
}

function isConstant<T>(holders: number[], pieces: readonly Piece<T>[], rowsOf: Map<string, number>): boolean {
  const perPlace = new Map<string, number>();
  for (const holder of holders) {
    const { place } = pieces[holder]!;
    perPlace.set(place, (perPlace.get(place) ?? 0) + 1);
  }
  for (const [place, count] of perPlace) {
    const rows = rowsOf.get(place)!;
    if (rows >= constantRowsMin && count / rows > constantShare) return true;
  }
  return false;
}
