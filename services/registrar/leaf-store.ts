/**
 * Leaves of records on their way into the log. Whoever can modify these tables can hold receipts back; a leaf
 * that is in the log cannot be changed, and a sealed identity that does not fit its leaf is refused by every
 * guardian.
 */
import { putInOutbox } from '@answerable/kit/log-outbox';
import type { Kysely } from 'kysely';
import type { RegistrarTables } from './schema.ts';

/** Leaves in one batch at most. */
const batchLeavesMax = 4096;

export type LeafRow = RegistrarTables['leaf'];
export type BatchRow = RegistrarTables['batch'];

export type LeafStore = ReturnType<typeof leafStore>;

export function leafStore(db: Kysely<RegistrarTables>) {
  return {
    /**
     * Closes a batch over the leaves that wait, in an order that says nothing of who came first, and hands its
     * root to the log's outbox, in one transaction. `rootOf` takes leaves of 32 bytes as base64url. The
     * batch has the outbox's key for its id. Undefined when nothing waits.
     */
    closeBatch(rootOf: (leaves: string[]) => string): Promise<BatchRow | undefined> {
      return db.transaction().execute(async (trx) => {
        const rows = await trx
          .selectFrom('leaf')
          .select('leaf')
          .where('batch_id', 'is', null)
          .orderBy('leaf')
          .limit(batchLeavesMax)
          .forUpdate()
          .execute();
        if (rows.length === 0) return undefined;
        const leaves = rows.map((row) => row.leaf);
        const entry = { v: 1, kind: 'record-root', root: rootOf(leaves), leaves: leaves.length } as const;
        const id = await putInOutbox<RegistrarTables>(trx, entry);
        const batch = { id, root: entry.root, leaves: entry.leaves };
        await trx.insertInto('batch').values(batch).execute();
        for (const [index, leaf] of leaves.entries())
          await trx
            .updateTable('leaf')
            .set({ batch_id: id, leaf_index: index })
            .where('leaf', '=', leaf)
            .execute();
        return { ...batch, entry_index: null, entry_proof: null };
      });
    },

    /** Batches whose place in the log is not known yet, oldest first or not: each is complete by itself. */
    openBatches(): Promise<BatchRow[]> {
      return db.selectFrom('batch').selectAll().where('entry_index', 'is', null).execute();
    },

    leavesOf(batchId: string): Promise<LeafRow[]> {
      return db
        .selectFrom('leaf')
        .selectAll()
        .where('batch_id', '=', batchId)
        .orderBy('leaf_index')
        .execute();
    },

    /** ε of the record key that a leaf belongs to. */
    async entropyOf(recordPoint: string): Promise<string> {
      const row = await db
        .selectFrom('record_key')
        .select('entropy')
        .where('record_point', '=', recordPoint)
        .executeTakeFirstOrThrow();
      return row.entropy;
    },

    /** The batch stands in the log: its proof, and every record's item for its bucket. */
    async placeBatch(
      batchId: string,
      place: { index: number; proof: string },
      items: readonly { leaf: string; item: string }[],
    ): Promise<void> {
      await db.transaction().execute(async (trx) => {
        for (const { leaf, item } of items)
          await trx.updateTable('leaf').set({ item }).where('leaf', '=', leaf).execute();
        await trx
          .updateTable('batch')
          .set({ entry_index: place.index, entry_proof: place.proof })
          .where('id', '=', batchId)
          .execute();
      });
    },

    /** The current leaf of a record and its batch, once there is one. */
    async currentLeaf(
      recordPoint: string,
    ): Promise<{ leaf: LeafRow; batch: BatchRow | undefined } | undefined> {
      const leaf = await db
        .selectFrom('leaf')
        .selectAll()
        .where('record_point', '=', recordPoint)
        .where('current', '=', true)
        .executeTakeFirst();
      if (!leaf) return undefined;
      if (leaf.batch_id === null) return { leaf, batch: undefined };
      const batch = await db
        .selectFrom('batch')
        .selectAll()
        .where('id', '=', leaf.batch_id)
        .executeTakeFirstOrThrow();
      return { leaf, batch };
    },

    async countItems(): Promise<number> {
      const row = await db
        .selectFrom('leaf')
        .select((column) => column.fn.countAll<number>().as('count'))
        .where('item', 'is not', null)
        .executeTakeFirstOrThrow();
      return row.count;
    },

    /** Every item of the bucket that begins with `digits` (hex); all of them for none. */
    async itemsOf(digits: string): Promise<string[]> {
      const rows = await db
        .selectFrom('leaf')
        .select('item')
        .where('item', 'is not', null)
        .where('bucket', 'like', `${digits}%`)
        .orderBy('item')
        .execute();
      return rows.map((row) => row.item!);
    },
  };
}
