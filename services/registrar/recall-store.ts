/**
 * What words open, by record. Whoever can modify these columns can take somebody's way back away; a blob that was
 * exchanged opens nothing, and its record key is signed with a key that only the words give.
 */
import { type Kysely, sql } from 'kysely';
import type { RegistrarTables } from './schema.ts';

export function recallQueries(db: Kysely<RegistrarTables>) {
  return {
    async subjectsOf(recordId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('evidence_account')
        .select('subject')
        .where('record_id', '=', recordId)
        .execute();
      return rows.map((row) => row.subject);
    },

    /** The next version of a record's recall key. */
    async openRecall(recordId: string): Promise<{ recallId: string; version: number }> {
      const row = await db
        .updateTable('record')
        .set({ recall_opened: sql<number>`recall_opened + 1` })
        .where('id', '=', recordId)
        .returning(['recall_id', 'recall_opened'])
        .executeTakeFirstOrThrow();
      return { recallId: row.recall_id, version: row.recall_opened };
    },

    /** Keeps what the words open. False unless this version was opened and no newer one is kept. */
    async storeRecall(
      recordId: string,
      kept: { version: number; blob: string; refillKey: string; setupSignature: string },
    ): Promise<boolean> {
      const done = await db
        .updateTable('record')
        .set({
          recall_version: kept.version,
          recall_blob: kept.blob,
          refill_key: kept.refillKey,
          setup_signature: kept.setupSignature,
          refill_told: false,
        })
        .where('id', '=', recordId)
        .where('recall_opened', '>=', kept.version)
        .where('recall_version', '<=', kept.version)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },

    /** Exchanges what the same words open, sealed anew; nothing changes at the keepers. False for other words. */
    async replaceRecall(
      recordId: string,
      kept: { version: number; blob: string; refillKey: string },
    ): Promise<boolean> {
      const done = await db
        .updateTable('record')
        .set({ recall_blob: kept.blob })
        .where('id', '=', recordId)
        .where('recall_version', '=', kept.version)
        .where('refill_key', '=', kept.refillKey)
        .where('recall_blob', 'is not', null)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },

    /** Versions that some keeper may not know to be in force yet. */
    untoldRecalls(): Promise<RegistrarTables['record'][]> {
      return db.selectFrom('record').selectAll().where('refill_told', '=', false).limit(100).execute();
    },

    async markTold(recordId: string, version: number): Promise<void> {
      await db
        .updateTable('record')
        .set({ refill_told: true })
        .where('id', '=', recordId)
        .where('recall_version', '=', version)
        .execute();
    },
  };
}
