/**
 * The life of a record after enrolment (PROTOCOL §3.8): to look in, to see all of it, to end it, and the devices
 * that hold its secret. Every call carries a proof of the secret over the call itself and a fresh nonce (POST
 * /issuance/challenge): who holds only the evidence login, the mail or the phone number can make none.
 */
import { z } from 'zod';
import { signed } from '../signed.ts';
import * as wire from '../wire.ts';
import { enrolmentPurpose } from './purpose.ts';
import { attributeValues, recordReceipt, sealedIdentity } from './session.ts';

/** Devices that one record may have at a time. */
export const devicesMax = 20;
/** Days after the wait in which an end must be said a second time; then it lapses. */
export const endConfirmDays = 30;

/** A call by who knows the secret of `recordPoint`; `proof` is bound to `recordCallBinding`. */
export const recordCall = <C extends z.ZodType>(call: C) =>
  z.strictObject({ recordPoint: wire.point, nonce: wire.id, call, proof: wire.bytes(64) });
export interface RecordCall<C> {
  recordPoint: string;
  nonce: string;
  call: C;
  proof: string;
}

/** An end that was asked for: `confirmable` from the day the wait is over until the day it `lapses`. */
export const pendingEnd = z.strictObject({ asked: wire.day, confirmable: wire.day, lapses: wire.day });
export type PendingEnd = z.infer<typeof pendingEnd>;

export const recordStanding = z.enum(['live', 'suspended', 'ended']);
const reason = z.enum(['death', 'fraud', 'own-wish']);

/**
 * POST /record/look-in: is all well? Asked by each device at a random time every few days, so that nobody can end
 * or reset a record, or remove a device, unseen.
 */
export const lookInRequest = recordCall(
  z.strictObject({ act: z.literal('look-in'), device: wire.verifyingKey.optional() }),
);
export const lookInResponse = z.strictObject({
  standing: recordStanding,
  reason: reason.nullable(),
  end: pendingEnd.nullable(),
  /** Day on which a reset was asked for, and on which its wait is over: until then any device can stop it. */
  resetAsked: wire.day.nullable(),
  resetEnds: wire.day.nullable(),
  /** The words in force, by the name under which keepers count tries at them. */
  words: z.strictObject({ recallId: wire.id, version: z.int().min(1) }).nullable(),
  /** Of the device that asks: another device of the person removed it, and this is the proof. */
  removal: z.strictObject({ nonce: wire.id, proof: wire.bytes(64) }).nullable(),
});
export type LookInResponse = z.infer<typeof lookInResponse>;

/** POST /record/view: everything that the registrar holds about this record. */
export const viewRequest = recordCall(z.strictObject({ act: z.literal('view') }));
export const viewResponse = z.strictObject({
  enrolled: wire.day,
  /** ε; with R it is in the call. */
  entropy: wire.scalar,
  /** Flags and bands, the lineage too. */
  attributes: attributeValues,
  standing: recordStanding,
  reason: reason.nullable(),
  /** Day of the last change of standing. */
  since: wire.day.nullable(),
  end: pendingEnd.nullable(),
  resets: z.strictObject({ count: wire.count, last: wire.day.nullable(), asked: wire.day.nullable() }),
  /** Whether the four words were set, and how often. */
  words: z.strictObject({ set: z.boolean(), version: wire.count }),
  /** How many hashes are kept by which this person is found again. */
  identifiers: z.strictObject({ accounts: wire.count, strong: wire.count, weak: wire.count }),
  /** Ways in which the person showed who they are, by day. */
  routes: z.array(z.strictObject({ purpose: enrolmentPurpose, route: wire.name, day: wire.day })).max(1000),
  devices: z
    .array(z.strictObject({ device: wire.verifyingKey, sealedLabel: wire.bytes(124), day: wire.day }))
    .max(devicesMax),
  /** The identity sealed under the guardians' key, and its leaf in the log; null once it is erased. */
  sealed: z
    .strictObject({ identity: sealedIdentity, leaf: wire.hash, receipt: recordReceipt.nullable() })
    .nullable(),
  keeps: z.strictObject({
    endWaitDays: wire.count,
    /** After an end: how long the sealed identity is kept, and everything by which the person is found again. */
    retentionDays: wire.count,
    tagsKeptDays: wire.count,
    /** The same as days, once the record is ended. */
    identityUntil: wire.day.nullable(),
    recordUntil: wire.day.nullable(),
  }),
});
export type ViewResponse = z.infer<typeof viewResponse>;

/**
 * POST /record/end: `ask` begins the wait, `confirm` ends the record after it, `veto` by any device stops it.
 * Said twice with days between, so that a moment with an open wallet is not enough.
 */
export const endRequest = recordCall(
  z.strictObject({ act: z.literal('end'), step: z.enum(['ask', 'confirm', 'veto']) }),
);
export const endResponse = z.strictObject({ standing: recordStanding, end: pendingEnd.nullable() });
export type EndResponse = z.infer<typeof endResponse>;
export type EndStep = z.infer<typeof endRequest>['call']['step'];

/** What a device key signs to show that it is there: `devicePossession`. */
export const devicePossession = z.strictObject({ recordPoint: wire.point, device: wire.verifyingKey });

/** POST /devices: a device registers itself, or its label anew. The label is sealed under a key from x. */
export const addDeviceRequest = recordCall(
  z.strictObject({
    act: z.literal('add-device'),
    device: wire.verifyingKey,
    sealedLabel: wire.bytes(124),
    possession: wire.signature,
  }),
);

/** POST /devices/removal: no more renewals there; its wallet wipes itself when it hears of it. */
export const removeDeviceRequest = recordCall(
  z.strictObject({ act: z.literal('remove-device'), device: wire.verifyingKey }),
);

/** In a renewal: which device asks, signed by its key under `deviceRenewal`. */
export const deviceRenewal = signed(z.strictObject({ device: wire.verifyingKey, nonce: wire.id }));
export type DeviceRenewal = z.infer<typeof deviceRenewal>;
