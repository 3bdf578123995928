/**
 * Joins rows that share a value nobody else has: the oldest trick there is. From each person's own rows he goes
 * on to every row that holds a value of theirs, and from there again; a value that several people of one place
 * have leads nowhere and is left. (Tied together at once, the constants of a protocol would make one knot of
 * everybody, and a link within it would be overlooked.)
 */
import { read, textMark, windows } from './read.ts';

export interface Piece<T> {
  is: T;
  value: unknown;
}

/** Somebody at one place, a forum's account or a record: where the thief begins. */
export interface Start {
  place: string;
  /** Indexes of their own rows. */
  pieces: readonly number[];
}

/** A value in more rows than this says little; a person here has at most a few dozen. */
const holdersMax = 120;
const roundsMax = 12;

/** What hangs together with each start, as indexes of pieces. `known`: values that are public anyway. */
export function reach<T>(
  pieces: readonly Piece<T>[],
  starts: readonly Start[],
  known: ReadonlySet<string>,
): Set<number>[] {
  const holders = sharedValues(pieces, known);
  const valuesOf: string[][] = pieces.map(() => []);
  for (const [value, list] of holders) for (const index of list) valuesOf[index]!.push(value);

  const reached = starts.map(({ pieces: own }) => new Set(own));
  let fresh = starts.map(({ pieces: own }) => [...own]);
  const owners = new Map<string, Map<string, number>>();
  for (let round = 0; round < roundsMax && fresh.some((list) => list.length > 0); round++) {
    fresh.forEach((list, who) => {
      for (const index of list)
        for (const value of valuesOf[index]!) own(owners, value, starts[who]!.place, who);
    });
    fresh = fresh.map((list, who) => {
      const next = new Set<number>();
      for (const index of list)
        for (const value of valuesOf[index]!)
          if (isOfOne(owners.get(value)!))
            for (const holder of holders.get(value)!) if (!reached[who]!.has(holder)) next.add(holder);
      for (const index of next) reached[who]!.add(index);
      return [...next];
    });
  }
  return reached;
}

const many = -1;

/** One of each place at most: then it says who. */
const isOfOne = (byPlace: Map<string, number>): boolean => !new Set(byPlace.values()).has(many);

function own(owners: Map<string, Map<string, number>>, value: string, place: string, who: number): void {
  const byPlace = owners.get(value) ?? new Map<string, number>();
  const before = byPlace.get(place);
  owners.set(value, byPlace.set(place, before === undefined || before === who ? who : many));
}

function sharedValues<T>(pieces: readonly Piece<T>[], known: ReadonlySet<string>): Map<string, number[]> {
  const holders = new Map<string, number[]>();
  pieces.forEach((piece, index) => {
    const seen = new Set<string>();
    const { atoms, texts } = read(piece.value);
    for (const atom of atoms) for (const window of windows(atom)) seen.add(window);
    for (const text of texts) if (isTelling(text)) seen.add(textMark(text));
    for (const value of seen) {
      if (known.has(value)) continue;
      const list = holders.get(value);
      if (list) list.push(index);
      else holders.set(value, [index]);
    }
  });
  for (const [value, list] of holders) if (list.length < 2 || list.length > holdersMax) holders.delete(value);
  return holders;
}

// Account names and addresses tie rows together; single common words do not.
function isTelling(text: string): boolean {
  return text.length >= 12 && text.length <= 80 && !/\s/.test(text);
}
