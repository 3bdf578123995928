/**
 * Where macros are kept: each a chain of the ledger, whose records are its versions. Trust: see ledger.ts.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import type { Clock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import { type Kysely, sql } from 'kysely';
import type { MacroUsed } from '../casework/decision.ts';
import { appendRecord, type LedgerRecord, readRecords } from '../ledger.ts';
import type { DeskTables } from '../schema.ts';
import type { Macro, MacroWords } from './macro.ts';

const idBytes = 16;
const macrosMax = 300;
const prefix = 'macro/';

interface Body {
  words: MacroWords;
  retired: boolean;
}

export type Macros = ReturnType<typeof createMacros>;

export function createMacros(db: Kysely<DeskTables>, clock: Clock) {
  const change = (macro: string, who: string, body: Body) =>
    db
      .transaction()
      .execute((trx) => appendRecord(trx, prefix + macro, { at: clock.now().toISOString(), who, body }));

  const versions = async (macro: string): Promise<Macro[]> =>
    (await readRecords(db, prefix + macro)).map((record) => macroOf(macro, record));

  const newest = async (macro: string): Promise<Macro> => {
    const found = (await versions(macro)).at(-1);
    if (!found) throw new Refusal('not_found');
    return found;
  };

  return {
    versions,

    /** As they are now, by title. */
    async all(): Promise<Macro[]> {
      const { rows } = await sql<LedgerRecord & { chain: string }>`
        select distinct on (chain) chain, seq, previous, hash, at, who, body from ledger
        where chain >= ${prefix} and chain < ${'macro0'}
        order by chain, seq desc limit ${macrosMax}`.execute(db);
      return rows
        .map((row) => macroOf(row.chain.slice(prefix.length), row))
        .sort((one, other) => one.words.title.localeCompare(other.words.title));
    },

    async add(who: string, words: MacroWords): Promise<string> {
      const macro = toBase64url(randomBytes(idBytes));
      await change(macro, who, { words, retired: false });
      return macro;
    },

    /** Throws Refusal `not_found`. */
    async edit(macro: string, who: string, words: MacroWords): Promise<void> {
      await newest(macro);
      await change(macro, who, { words, retired: false });
    },

    /** It stays readable where it was used. Throws Refusal `not_found`. */
    async retire(macro: string, who: string): Promise<void> {
      const { words } = await newest(macro);
      await change(macro, who, { words, retired: true });
    },

    /** That version; undefined if there is none. */
    find: async ({ macro, version }: MacroUsed): Promise<Macro | undefined> =>
      (await versions(macro)).find((one) => one.version === version),
  };
}

function macroOf(macro: string, { seq, who, at, body }: LedgerRecord): Macro {
  const { words, retired } = body as Body;
  return { macro, version: seq, words, retired, by: who, at };
}
