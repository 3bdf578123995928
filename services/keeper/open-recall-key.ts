/**
 * POST /recall/keys and /recall/refill-keys, by the registrar of the policy: a record's key and who may ask
 * for it; then, once the wallet has stored what its words open, the key that counts anew after a success.
 * That key is the wallet's word, under the version's setup key, and the registrar only its messenger
 * (DIVERGENCES D7). A version is in force from its refill key on, and every older one is refused from then on.
 * A registrar can add itself to a list, and then has the same few counted tries as anybody.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import {
  recallKeyRequest,
  type recallKeyResponse,
  refillKeyRequest,
} from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { RecallKeys } from './keys.ts';
import type { KeeperStore } from './store.ts';

interface Needs {
  policies: PolicySource;
  store: KeeperStore;
  clock: Clock;
  recallKeys: RecallKeys;
}

export function openRecallKey({ policies, store, clock, recallKeys }: Needs) {
  return async (c: Context) => {
    const body = await readJson(c, recallKeyRequest);
    const { registrar } = policies.current();
    const asked = openSigned(registrar.signingKey, messageLabels.recallKey, body);
    const { recallId, version, subjects, setupKey } = asked;
    const day = dayOf(clock.now());
    const open = await store.openRecallKey(recallId, version, { subjects, setupKey }, day);
    if (!open) throw new Refusal('session_state');
    const reply: z.infer<typeof recallKeyResponse> = {
      publicKey: recallKeys.publicKey(recallId, version),
    };
    return c.json(reply);
  };
}

export function setRefillKey({ policies, store, clock }: Omit<Needs, 'recallKeys'>) {
  return async (c: Context) => {
    const body = await readJson(c, refillKeyRequest);
    const { registrar } = policies.current();
    const asked = openSigned(registrar.signingKey, messageLabels.recallKey, body);
    const { setupSignature: signature, ...message } = asked;
    const setupKey = await store.setupKey(asked.recallId, asked.version);
    if (setupKey === undefined) throw new Refusal('session_state');
    const inForce = openSigned(setupKey, messageLabels.recallInForce, { message, signature });
    const { recallId, version, refillKey } = inForce;
    const set = await store.setRefillKey(recallId, version, refillKey, dayOf(clock.now()));
    if (!set) throw new Refusal('session_state');
    return c.json({ ok: true });
  };
}
