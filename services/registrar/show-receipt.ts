/**
 * POST /enrolment/receipt: where the record's leaf stands, with both proofs (PROTOCOL §3.4). `not_ready` until
 * the batch is in the log and a quorum of witnesses has seen it.
 */
import type { Clock } from '@answerable/kit/clock';
import { readJson } from '@answerable/kit/read-json';
import { receiptRequest } from '@answerable/protocol/enrolment/session';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { LeafStore } from './leaf-store.ts';
import { receiptsOf } from './receipt.ts';
import { openCall } from './session-call.ts';
import type { RegistrarStore } from './store.ts';

interface Needs {
  store: RegistrarStore;
  leaves: LeafStore;
  clock: Clock;
}

export function showReceipt(needs: Needs) {
  return async (c: Context) => {
    const asked = await readJson(c, receiptRequest);
    const { session } = await openCall(asked, ['recorded', 'returned'], needs);
    const key = await needs.store.currentKey(session.record_id!);
    const current = key && (await needs.leaves.currentLeaf(key.record_point));
    if (!current?.batch || current.batch.entry_index === null) throw new Refusal('not_ready');
    const place = { index: current.batch.entry_index, proof: current.batch.entry_proof! };
    const all = await needs.leaves.leavesOf(current.batch.id);
    const receipt = receiptsOf(
      all.map(({ leaf }) => leaf),
      place,
    );
    return c.json(receipt(current.leaf.leaf_index!));
  };
}
