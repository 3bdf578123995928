// What an audit asks of the entries beyond their hashes. A rule is told of every entry in order and may speak
// then or at the end; packages that know the kinds plug their own in. Two rules need no such knowledge: the
// log grows by whole batches, and one serial is given once.
import type { LogEntry } from '../verify/entry.ts';

export interface Objection {
  readonly entry: number;
  readonly says: string;
}

/** One run of a rule over one log. */
export interface RuleRun {
  see(entry: LogEntry, index: number): Iterable<Objection>;
  finish(size: number): Iterable<Objection>;
}

export interface Rule {
  readonly name: string;
  start(): RuleRun;
}

/** Every checkpoint ends a batch of `entriesPerBatch`: growth that depends on events would show here. */
export const growsByBatches = (entriesPerBatch: number): Rule => ({
  name: 'grows by batches',
  start: () => ({
    see: () => [],
    *finish(size) {
      if (size % entriesPerBatch !== 0)
        yield { entry: size - 1, says: `The log ends inside a batch of ${entriesPerBatch}.` };
    },
  }),
});

/** Among entries of `kind`, the values of `fields` together occur once (two policies with one serial). */
export const onlyOnce = (kind: string, fields: readonly string[]): Rule => ({
  name: `one ${kind} per ${fields.join(', ')}`,
  start() {
    const seen = new Map<string, number>();
    return {
      *see(entry, index) {
        if (entry.kind !== kind) return;
        const key = JSON.stringify(fields.map((field) => entry[field] ?? null));
        const earlier = seen.get(key);
        if (earlier === undefined) seen.set(key, index);
        else
          yield {
            entry: index,
            says: `A second ${kind} for the same ${fields.join(', ')} as entry ${earlier}.`,
          };
      },
      finish: () => [],
    };
  },
});

/**
 * Entries of `kind` point back, by the indices in `fields` (a number or a list), at `target` entries that came
 * before them, each at another one; a list holds at least `atLeast`. So a notice has its filing and approvals.
 */
export const pointsBack = (
  kind: string,
  fields: readonly string[],
  { target, atLeast = 1 }: { readonly target: string; readonly atLeast?: number },
): Rule => ({
  name: `${kind} points back`,
  start() {
    const kinds = new Map<number, string>();
    return {
      *see(entry, index) {
        kinds.set(index, entry.kind);
        if (entry.kind !== kind) return;
        const lists = fields.map((field) => indicesOf(entry[field]));
        const all = lists.flat();
        if (lists.some((list, i) => list.length < (Array.isArray(entry[fields[i]!]) ? atLeast : 1)))
          yield { entry: index, says: `This ${kind} lacks an entry it must point at.` };
        if (new Set(all).size !== all.length)
          yield { entry: index, says: `This ${kind} points at one entry twice.` };
        if (all.some((at) => at >= index || kinds.get(at) !== target))
          yield { entry: index, says: `This ${kind} points at something that is no earlier ${target}.` };
      },
      finish: () => [],
    };
  },
});

/** A row of counts that must not depend on what is counted: who gives them, under which names, for which days. */
export interface CountSeries {
  readonly parties: readonly string[];
  readonly names: readonly string[];
  /** The day that a count must be of, given any day in its period. */
  readonly endOf: (day: string) => string;
}

/** Counts of `kind` by these parties name everything they might, and leave no period out. */
export const countsWithoutGap = (kind: string, { parties, names, endOf }: CountSeries): Rule => ({
  name: `${kind} without a gap`,
  start() {
    const last = new Map<string, string>();
    return {
      *see(entry, index) {
        const { party, day, counts } = entry;
        if (entry.kind !== kind || typeof party !== 'string' || !parties.includes(party)) return;
        if (typeof day !== 'string' || day !== endOf(day))
          return yield { entry: index, says: `This ${kind} is of a day on which no period ends.` };
        const given = Object.keys(Object(counts));
        if (given.length !== names.length || !names.every((name) => given.includes(name)))
          yield { entry: index, says: `This ${kind} does not name everything that is counted.` };
        const before = last.get(party);
        if (before !== undefined && day !== endOf(dayAfter(before)))
          yield { entry: index, says: `This ${kind} does not follow the one of ${before}.` };
        last.set(party, day);
      },
      finish: () => [],
    };
  },
});

const msPerDay = 86_400_000;
const dayAfter = (day: string): string =>
  new Date(Date.parse(day) + msPerDay).toISOString().slice(0, 'YYYY-MM-DD'.length);

function indicesOf(value: unknown): number[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is number => typeof item === 'number');
}
