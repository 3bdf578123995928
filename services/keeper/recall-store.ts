/**
 * Keys of recall and their counted tries. Whoever can modify these tables can hand out tries that were spent, or
 * refuse people their way back; and cannot learn a name, a secret or words.
 */
import { inTransaction } from '@answerable/kit/database';
import { type Kysely, sql, type Transaction } from 'kysely';
import { count } from './count.ts';
import type { KeeperTables } from './schema.ts';

/** Tries that were taken. */
export interface Budget {
  tries: number;
  triesToday: number;
}

export function recallQueries(db: Kysely<KeeperTables>) {
  return {
    /**
     * Opens a version for the holder of `setupKey`, once, and adds subjects to the record's list. False if a
     * newer version is in force, or this one is not open and no setup key comes with it.
     */
    openRecallKey(
      recallId: string,
      version: number,
      asked: { subjects: readonly string[]; setupKey: string | undefined },
      day: string,
    ) {
      const { subjects, setupKey } = asked;
      return inTransaction(db, async (trx) => {
        const newest = await newestInForce(trx, recallId);
        if (newest !== undefined && version < newest) return false;
        const counts = { tries: 0, tries_today: 0, today: day };
        const nothingYet = { setup_element: null, refill_key: null };
        if (setupKey !== undefined)
          await trx
            .insertInto('recall_key')
            .values({ recall_id: recallId, version, setup_key: setupKey, ...nothingYet, ...counts })
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        const kept = await trx
          .selectFrom('recall_key')
          .select('setup_key')
          .where('recall_id', '=', recallId)
          .where('version', '=', version)
          .executeTakeFirst();
        if (!kept || (setupKey !== undefined && kept.setup_key !== setupKey)) return false;
        await trx
          .insertInto('recall_subject')
          .values(subjects.map((subject) => ({ recall_id: recallId, subject })))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return true;
      });
    },

    async setupKey(recallId: string, version: number): Promise<string | undefined> {
      const row = await db
        .selectFrom('recall_key')
        .select('setup_key')
        .where('recall_id', '=', recallId)
        .where('version', '=', version)
        .executeTakeFirst();
      return row?.setup_key ?? undefined;
    },

    /** Takes the one evaluation of a version that is not in force; true again for the very same element. */
    async takeSetup(recallId: string, version: number, element: string): Promise<boolean> {
      const taken = await db
        .updateTable('recall_key')
        .set({ setup_element: element })
        .where('recall_id', '=', recallId)
        .where('version', '=', version)
        .where('refill_key', 'is', null)
        .where((row) => row.or([row('setup_element', 'is', null), row('setup_element', '=', element)]))
        .executeTakeFirst();
      return taken.numUpdatedRows === 1n;
    },

    /** Puts a version in force by giving it its refill key, once; the same key again is fine. */
    setRefillKey(recallId: string, version: number, refillKey: string, day: string) {
      return inTransaction(db, async (trx) => {
        const newest = await newestInForce(trx, recallId);
        if (newest !== undefined && version < newest) return false;
        await trx
          .updateTable('recall_key')
          .set({ refill_key: refillKey, since: day })
          .where('recall_id', '=', recallId)
          .where('version', '=', version)
          .where('refill_key', 'is', null)
          .execute();
        const kept = await trx
          .selectFrom('recall_key')
          .select('refill_key')
          .where('recall_id', '=', recallId)
          .where('version', '=', version)
          .executeTakeFirst();
        return kept?.refill_key === refillKey;
      });
    },

    /**
     * Spends the token and takes one try, in one transaction, before anything is evaluated. `limits` decides
     * on the counts as they are before this try; what it refuses leaves token and counts as they were.
     */
    takeTry(
      asked: { recallId: string; version: number; subject: string; token: string; day: string },
      limits: (budget: Budget) => void,
    ): Promise<Budget | 'token-spent' | 'not-listed' | 'not-in-force'> {
      return inTransaction(db, async (trx) => {
        const row = await trx
          .selectFrom('recall_key')
          .selectAll()
          .where('recall_id', '=', asked.recallId)
          .where('version', '=', asked.version)
          .forUpdate()
          .executeTakeFirst();
        if (!row?.refill_key || (await newestInForce(trx, asked.recallId)) !== asked.version)
          return 'not-in-force';
        if (!(await isListed(trx, asked.recallId, asked.subject))) return 'not-listed';
        const spent = await trx
          .insertInto('spent_token')
          .values({ token: asked.token, day: asked.day })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (spent.numInsertedOrUpdatedRows === 0n) return 'token-spent';
        const triesToday = row.today === asked.day ? row.tries_today : 0;
        limits({ tries: row.tries, triesToday });
        const budget = { tries: row.tries + 1, triesToday: triesToday + 1 };
        await trx
          .updateTable('recall_key')
          .set({ tries: budget.tries, tries_today: budget.triesToday, today: asked.day })
          .where('recall_id', '=', asked.recallId)
          .where('version', '=', asked.version)
          .execute();
        await remember(trx, asked.recallId, 'tries', asked.day);
        await count(trx, asked.day, 'recall-evaluations', 1);
        return budget;
      });
    },

    async refillKey(recallId: string, version: number): Promise<string | undefined> {
      const row = await db
        .selectFrom('recall_key')
        .select('refill_key')
        .where('recall_id', '=', recallId)
        .where('version', '=', version)
        .executeTakeFirst();
      return row?.refill_key ?? undefined;
    },

    /** Counts the tries in all anew from zero, and leaves today's. False if this nonce was used before. */
    refill(recallId: string, version: number, nonce: string, day: string) {
      return inTransaction(db, async (trx) => {
        const spent = await trx
          .insertInto('spent_refill')
          .values({ nonce, day })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (spent.numInsertedOrUpdatedRows === 0n) return false;
        await trx
          .updateTable('recall_key')
          .set({ tries: 0, since: day })
          .where('recall_id', '=', recallId)
          .where('version', '=', version)
          .execute();
        await remember(trx, recallId, 'returns', day);
        await count(trx, day, 'recall-refills', 1);
        return true;
      });
    },

    /** What the version in force counts, and what was counted ever. Undefined if none is in force. */
    async triesSeen(recallId: string, today: string) {
      const row = await db
        .selectFrom('recall_key')
        .selectAll()
        .where('recall_id', '=', recallId)
        .where('refill_key', 'is not', null)
        .orderBy('version', 'desc')
        .executeTakeFirst();
      if (!row) return undefined;
      const history = await db
        .selectFrom('recall_history')
        .selectAll()
        .where('recall_id', '=', recallId)
        .executeTakeFirst();
      const budget: Budget = { tries: row.tries, triesToday: row.today === today ? row.tries_today : 0 };
      return { refillKey: row.refill_key!, since: row.since, budget, history };
    },
  };
}

/** Adds one to what is remembered of a record for good: by day, so that its person can be told. */
async function remember(
  trx: Transaction<KeeperTables>,
  recallId: string,
  what: 'tries' | 'returns',
  day: string,
): Promise<void> {
  const last = what === 'tries' ? sql`last_try` : sql`last_return`;
  const column = sql.ref(what);
  await sql`insert into recall_history (recall_id, ${column}, ${last}) values (${recallId}, 1, ${day})
    on conflict (recall_id) do update set ${column} = recall_history.${column} + 1, ${last} = excluded.${last}`.execute(
    trx,
  );
}

async function newestInForce(trx: Transaction<KeeperTables>, recallId: string): Promise<number | undefined> {
  const row = await trx
    .selectFrom('recall_key')
    .select((column) => column.fn.max('version').as('version'))
    .where('recall_id', '=', recallId)
    .where('refill_key', 'is not', null)
    .executeTakeFirst();
  return row?.version ?? undefined;
}

async function isListed(trx: Transaction<KeeperTables>, recallId: string, subject: string): Promise<boolean> {
  const row = await trx
    .selectFrom('recall_subject')
    .select('subject')
    .where('recall_id', '=', recallId)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row !== undefined;
}
