/**
 * POST /devices: a device of the person registers itself, or names itself anew. What it is called is sealed
 * under the person's own secret. More than knowing the secret is not asked: whoever has it is, to us, the person;
 * the list is there so that a device that nobody knows is seen.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { addDeviceRequest } from '@answerable/protocol/enrolment/record-life';
import { messageLabels } from '@answerable/protocol/labels';
import { openSigned } from '@answerable/protocol/signed';
import type { Context } from 'hono';
import type { Challenges } from './challenge.ts';
import { openRecordCall } from './record-call.ts';
import type { RegistrarStore } from './store.ts';

interface Needs {
  policies: PolicySource;
  store: RegistrarStore;
  challenges: Challenges;
  clock: Clock;
}

export function addDevice(needs: Needs) {
  return async (c: Context) => {
    const { record, key, call } = await openRecordCall(await readJson(c, addDeviceRequest), needs);
    const { device, sealedLabel, possession: signature } = call;
    const message = { recordPoint: key.record_point, device };
    openSigned(device, messageLabels.devicePossession, { message, signature });
    await needs.store.addDevice({
      device,
      record_id: record.id,
      label: sealedLabel,
      day: dayOf(needs.clock.now()),
    });
    return c.json({ ok: true });
  };
}
