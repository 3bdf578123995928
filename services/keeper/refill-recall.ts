/**
 * POST /recall/refill: after a success the count starts anew. Only who combined the shares has the key that
 * signs this, so a guesser cannot give themself tries.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import { readJson } from '@answerable/kit/read-json';
import { refillRequest } from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import type { Context } from 'hono';
import type { KeeperStore } from './store.ts';

export function refillRecall({ store, clock }: { store: KeeperStore; clock: Clock }) {
  return async (c: Context) => {
    const body = await readJson(c, refillRequest);
    const refillKey = await store.refillKey(body.message.recallId, body.message.version);
    if (refillKey === undefined) throw new Refusal('recall_missing');
    const asked = openSigned(refillKey, messageLabels.recallRefill, body);
    const counted = await store.refill(asked.recallId, asked.version, asked.nonce, dayOf(clock.now()));
    if (!counted) throw new Refusal('token_spent');
    return c.json({ ok: true });
  };
}
