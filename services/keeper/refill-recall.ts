/**
 * POST /recall/refill: after a success the tries in all start anew; those of the day stay spent. Only who combined
 * the shares has the key that signs this, and says to which keeper, so a guesser cannot give themself tries.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import { readJson } from '@answerable/kit/read-json';
import { refillRequest } from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import type { Context } from 'hono';
import type { KeeperConfig } from './config.ts';
import type { KeeperStore } from './store.ts';

interface Needs {
  config: Pick<KeeperConfig, 'name'>;
  store: KeeperStore;
  clock: Clock;
}

export function refillRecall({ config, store, clock }: Needs) {
  return async (c: Context) => {
    const body = await readJson(c, refillRequest);
    const refillKey = await store.refillKey(body.message.recallId, body.message.version);
    if (refillKey === undefined) throw new Refusal('recall_missing');
    const asked = openSigned(refillKey, messageLabels.recallRefill, body);
    if (asked.keeper !== config.name) throw new Refusal('signature_refused');
    const counted = await store.refill(asked.recallId, asked.version, asked.nonce, dayOf(clock.now()));
    if (!counted) throw new Refusal('token_spent');
    return c.json({ ok: true });
  };
}
