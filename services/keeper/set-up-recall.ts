/**
 * POST /recall/setup: the one evaluation with which a wallet sets new words, before the version is in force
 * (DIVERGENCES D3).
 * There is nothing to guess against yet; and since there is one only, nobody can store up guesses for later:
 * whoever takes it in the wallet's place is noticed, because the wallet then gets none.
 */
import { readJson } from '@answerable/kit/read-json';
import { recallSetupRequest, type recallSetupResponse } from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { RecallKeys } from './keys.ts';
import type { KeeperStore } from './store.ts';

export function setUpRecall({ store, recallKeys }: { store: KeeperStore; recallKeys: RecallKeys }) {
  return async (c: Context) => {
    const body = await readJson(c, recallSetupRequest);
    const setupKey = await store.setupKey(body.message.recallId, body.message.version);
    if (setupKey === undefined) throw new Refusal('recall_missing');
    const asked = openSigned(setupKey, messageLabels.recallSetup, body);
    const taken = await store.takeSetup(asked.recallId, asked.version, asked.blinded);
    if (!taken) throw new Refusal('session_state');
    const reply: z.infer<typeof recallSetupResponse> = recallKeys.evaluate(
      asked.recallId,
      asked.version,
      asked.blinded,
    );
    return c.json(reply);
  };
}
