/**
 * POST /recall/keys and /recall/blob: new words. The registrar opens a version at the keepers, keeps what the
 * words open, and only then puts the version in force; so a wallet that stops half-way leaves the old words
 * as they were. Only in a session whose record is this person's: just made, or proved by its secret.
 */
import type { Clock } from '@answerable/kit/clock';
import { readJson } from '@answerable/kit/read-json';
import {
  recallOpenRequest,
  type recallOpenResponse,
  recallStoreRequest,
} from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import type { Context } from 'hono';
import type { z } from 'zod';
import { openCall } from './session-call.ts';
import type { RegistrarStore } from './store.ts';
import type { TellKeepers } from './tell-keepers.ts';

interface Needs {
  store: RegistrarStore;
  clock: Clock;
  tellKeepers: TellKeepers;
}

export function openRecall(needs: Needs) {
  return async (c: Context) => {
    const asked = await readJson(c, recallOpenRequest);
    const { session } = await openCall(asked, ['recorded', 'returned'], needs);
    const recordId = session.record_id!;
    const { recallId, version } = await needs.store.openRecall(recordId);
    const subjects = await needs.store.subjectsOf(recordId);
    const keepers = await needs.tellKeepers.open(recallId, version, {
      subjects,
      setupKey: session.wallet_key,
    });
    const reply: z.infer<typeof recallOpenResponse> = { recallId, version, keepers };
    return c.json(reply);
  };
}

export function storeRecall(needs: Needs) {
  return async (c: Context) => {
    const asked = await readJson(c, recallStoreRequest);
    const { session, body } = await openCall(asked, ['recorded', 'returned'], needs);
    const record = await needs.store.record(session.record_id!);
    if (record?.recall_id !== body.recallId) throw new Refusal('recall_missing');
    const { recallId, version, refillKey, setupSignature: signature } = body;
    const message = { recallId, version, refillKey };
    openSigned(session.wallet_key, messageLabels.recallInForce, { message, signature });
    if (await needs.store.replaceRecall(record.id, body)) return c.json({ ok: true });
    const kept = await needs.store.storeRecall(record.id, body);
    if (!kept) throw new Refusal('session_state');

    // From here on these words count; keepers that cannot be told now are told later (keep-told.ts).
    const told = await needs.tellKeepers.inForce(body);
    if (told) await needs.store.markTold(record.id, body.version);
    return c.json({ ok: true });
  };
}
