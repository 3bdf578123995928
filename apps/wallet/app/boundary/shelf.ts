/**
 * Somewhere to put things by name: IndexedDB in a browser (indexed-shelf.ts); here one in memory, for tests and
 * for a visit that leaves nothing behind.
 * Whoever can change a shelf can lose what is on it, or bring back an older one of it, and cannot read it.
 */

/** The name under which the vault says how it is opened. */
export const vaultName = 'vault';

export interface Change {
  put?: Record<string, unknown>;
  remove?: readonly string[];
  /** Looked at in the same moment: if it says no of what is under `vault`, nothing is changed. */
  given?: (vault: unknown) => boolean;
}

export interface Shelf {
  /** What is under each name, all of one moment. */
  read(...names: string[]): Promise<unknown[]>;
  /** All of it or nothing. False: `given` said no. */
  change(change: Change): Promise<boolean>;
  names(): Promise<string[]>;
  /** Everything, and the place itself. */
  clear(): Promise<void>;
}

export function memoryShelf(kept = new Map<string, unknown>()): Shelf {
  return {
    read: async (...names) => names.map((name) => kept.get(name)),
    async change({ put = {}, remove = [], given }) {
      if (given && !given(kept.get(vaultName))) return false;
      for (const name of remove) kept.delete(name);
      for (const [name, value] of Object.entries(put)) kept.set(name, value);
      return true;
    },
    names: async () => [...kept.keys()],
    clear: async () => kept.clear(),
  };
}
