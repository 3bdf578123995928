/**
 * What was begun after a death. Whoever can modify these tables can slow a thread, or hide that somebody did (the
 * records in the ledger show it), put cases forward in a queue, or read what a family wrote; and can decide
 * nothing about anybody.
 */
import type { Clock } from '@answerable/kit/clock';
import { type Kysely, type Selectable, sql } from 'kysely';
import { appendRecord } from '../ledger.ts';
import { type NewEffect, putEffects } from '../outbox.ts';
import type { DeskTables } from '../schema.ts';
import type { Trx } from '../store.ts';
import { foldTerm } from './fold-words.ts';

const listMax = 100;
const termsMax = 500;
export const vigilChain = 'vigils';

export type Vigil = Selectable<DeskTables['vigil']>;
export type VigilStore = ReturnType<typeof createVigilStore>;

/** Whether it is running now: one whose hour has come is over, whoever has looked or not. */
export const isRunning = ({ state, until }: Pick<Vigil, 'state' | 'until'>, at: string): boolean =>
  state === 'running' && (until === null || at < until);

export function createVigilStore(db: Kysely<DeskTables>, clock: Clock) {
  const now = () => clock.now().toISOString();
  return {
    db,
    now,
    list: (): Promise<Vigil[]> =>
      db.selectFrom('vigil').selectAll().orderBy('asked_at', 'desc').limit(listMax).execute(),

    find: (vigil: string): Promise<Vigil | undefined> =>
      db.selectFrom('vigil').selectAll().where('vigil', '=', vigil).executeTakeFirst(),

    running: async (trx: Kysely<DeskTables> = db): Promise<Vigil[]> => {
      const at = now();
      const rows = await trx.selectFrom('vigil').selectAll().where('state', '=', 'running').execute();
      return rows.filter((one) => isRunning(one, at));
    },

    /** Those whose hour has come and that nobody has ended yet. */
    due: (): Promise<Vigil[]> =>
      db.selectFrom('vigil').selectAll().where('state', '=', 'running').where('until', '<=', now()).execute(),

    /** One after the other: two who begin the same thing at once begin it once. */
    change: <T>(work: (trx: Trx) => Promise<T>): Promise<T> =>
      db.transaction().execute(async (trx) => {
        await sql`select pg_advisory_xact_lock(hashtextextended('vigils', 0))`.execute(trx);
        return work(trx);
      }),

    terms: async (): Promise<{ term: string; words: string }[]> =>
      db.selectFrom('method_term').select(['term', 'words']).orderBy('term').limit(termsMax).execute(),

    /** False if nothing of it is left to look for. */
    async addTerm(who: string, words: string): Promise<boolean> {
      const term = foldTerm(words);
      if (term === undefined) return false;
      await db
        .insertInto('method_term')
        .values({ term, words, added_by: who, added_at: now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await db.deleteFrom('vigil_look').execute();
      return true;
    },

    async removeTerm(term: string): Promise<void> {
      await db.deleteFrom('method_term').where('term', '=', term).execute();
    },

    request: (caseId: string) =>
      db.selectFrom('after_death_request').selectAll().where('case_id', '=', caseId).executeTakeFirst(),

    async requestsSince(at: string): Promise<number> {
      const row = await db
        .selectFrom('after_death_request')
        .select((is) => is.fn.countAll<number>().as('count'))
        .where('at', '>', at)
        .executeTakeFirstOrThrow();
      return row.count;
    },
  };
}

/** A change with its record and what it sets off, in one transaction. */
export async function recordVigil(
  trx: Trx,
  at: string,
  who: string,
  said: { kind: string; vigil: string; what: string; until: string | null },
  effects: readonly NewEffect[],
): Promise<void> {
  await appendRecord(trx, vigilChain, { at, who, body: said });
  await putEffects(trx, effects, at);
}
