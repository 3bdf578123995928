/**
 * Puts the leaves of new records into the log, batch by batch, and keeps each batch's proof (PROTOCOL §3.4).
 * Every step is recorded before the next, so the start-up path and the ordinary path are one: close a batch,
 * deliver its root, wait until a quorum has seen it, keep proof and items.
 */
import { fromBase64url, toBase64url, utf8 } from '@answerable/core/bytes';
import { sealBucketItem } from '@answerable/core/presentation/record';
import type { LogReader } from '@answerable/log/verify/log-reader';
import type { RecordItem } from '@answerable/protocol/disclosure/opening';
import type { BatchRow, LeafRow, LeafStore } from './leaf-store.ts';
import { batchRoot, receiptsOf } from './receipt.ts';

export interface LogRecords {
  leaves: LeafStore;
  /** Sends what waits in the outbox. */
  deliver(): Promise<unknown>;
  /** Where the entry with this key stands, once it is known. */
  placeOf(key: string): Promise<number | undefined>;
  reader(): LogReader;
}

/** One round. Throws `unavailable` or LogUnverified; the next round takes up what is left. */
export async function logRecords({ leaves, deliver, placeOf, reader }: LogRecords): Promise<void> {
  await leaves.closeBatch(batchRoot);
  await deliver();
  for (const batch of await leaves.openBatches()) {
    const index = await placeOf(batch.id);
    if (index !== undefined) await placeBatch(leaves, batch, index, reader());
  }
}

type WholeLeaf = LeafRow & Record<'record_point' | 'sealed' | 'tag' | 'salt', string>;

// What was erased before it got here keeps its place in the batch, and has no item.
const isWhole = (row: LeafRow): row is WholeLeaf => row.record_point !== null && row.sealed !== null;

async function placeBatch(leaves: LeafStore, batch: BatchRow, index: number, reader: LogReader) {
  // Proven for ourselves first: a receipt that a wallet would refuse is worth nothing.
  const { proof } = await reader.included(index);
  const place = { index, proof: new TextDecoder().decode(proof) };
  const rows = await leaves.leavesOf(batch.id);
  const receipt = receiptsOf(
    rows.map(({ leaf }) => leaf),
    place,
  );
  const items = await Promise.all(
    rows.filter(isWhole).map(async (row) => {
      const item: RecordItem = {
        v: 1,
        entropy: await leaves.entropyOf(row.record_point),
        identity: { sealed: row.sealed, tag: row.tag, salt: row.salt },
        receipt: receipt(row.leaf_index!),
      };
      const sealed = sealBucketItem(fromBase64url(row.record_point), utf8(JSON.stringify(item)));
      return { leaf: row.leaf, item: toBase64url(sealed) };
    }),
  );
  await leaves.placeBatch(batch.id, place, items);
}
