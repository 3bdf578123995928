/**
 * POST /devices/removal: no renewals to that device any more. The proof is kept for it: it wipes itself when it
 * sees that who knows the secret said so, and not because a registrar does.
 */
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { removeDeviceRequest } from '@answerable/protocol/enrolment/record-life';
import type { Context } from 'hono';
import type { Challenges } from './challenge.ts';
import { openRecordCall } from './record-call.ts';
import type { RegistrarStore } from './store.ts';

interface Needs {
  policies: PolicySource;
  store: RegistrarStore;
  challenges: Challenges;
}

export function removeDevice(needs: Needs) {
  return async (c: Context) => {
    const asked = await readJson(c, removeDeviceRequest);
    const { record, call } = await openRecordCall(asked, needs);
    await needs.store.removeDevice(call.device, record.id, { nonce: asked.nonce, proof: asked.proof });
    return c.json({ ok: true });
  };
}
