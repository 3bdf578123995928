/**
 * The devices that hold this person's secret (PROTOCOL §3.8). Each draws a key of its own and registers it; what
 * it is called only the person's devices can read. Removing one stops its renewals and has its wallet wipe
 * itself, once it hears of it: it cannot take back the secret that was there.
 */
import { fromBase64url, toBase64url, utf8 } from '@answerable/core/bytes';
import type { Credential } from '@answerable/core/presentation/credential';
import { NOTE_BYTES_MAX, openOwnNote, sealOwnNote } from '@answerable/core/presentation/own-seal';
import { verifyRecord } from '@answerable/core/presentation/record';
import { randomBytes } from '@answerable/core/rng';
import { recordCallBinding } from '@answerable/protocol/enrolment/binding';
import type { DeviceRenewal, LookInResponse, ViewResponse } from '@answerable/protocol/enrolment/record-life';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import { z } from 'zod';
import { credentialOf, requireHolding } from './holding.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { callRecord } from './record-call.ts';
import type { Holding, WalletState } from './state.ts';

const keyBytes = 32;
const labelPurpose = 'device';
const labelDefault = 'A device';
const accepted = z.object({ ok: z.literal(true) });

export interface ListedDevice {
  device: string;
  /** Undefined for one that nobody with this secret named: somebody else wrote it there. */
  label: string | undefined;
  /** Day on which it was registered. */
  day: string;
  /** The one this runs on. */
  here: boolean;
}

/** Registers this device if it is not; with a label, names it anew. */
export async function registerDevice(parts: WalletParts, label?: string): Promise<void> {
  const before = requireHolding(await stateOf(parts));
  if (before.device?.registered && label === undefined) return;
  // Kept first: a lost answer is asked for again with the same key.
  const device = {
    key: before.device?.key ?? toBase64url(randomBytes(keyBytes)),
    label: shortened(label ?? before.device?.label ?? parts.deviceLabel ?? labelDefault),
    registered: false,
  };
  await keep(parts, device);
  const own = verifyingKeyOf(fromBase64url(device.key));
  const message = { recordPoint: before.recordPoint, device: own };
  const { signature } = signMessage(fromBase64url(device.key), messageLabels.devicePossession, message);
  const call = {
    act: 'add-device' as const,
    device: own,
    sealedLabel: toBase64url(sealOwnNote(credentialOf(before), labelPurpose, utf8(device.label))),
    possession: signature,
  };
  await callRecord(parts, '/devices', call, accepted);
  await keep(parts, { ...device, registered: true });
}

/** After joining or coming back: registers this device; if that does not work now, the next errand does it. */
export function registered(parts: WalletParts) {
  return async <T>(result: T): Promise<T> => {
    const { holding } = await stateOf(parts);
    if (holding) await registerDevice(parts).catch(onlyRefusals);
    return result;
  };
}

export async function removeDevice(parts: WalletParts, device: string): Promise<void> {
  await callRecord(parts, '/devices/removal', removalCall(device), accepted);
}

/** What a renewal says of the device it comes from; undefined before it is registered. */
export function deviceRenewal({ device }: Holding, nonce: string): DeviceRenewal | undefined {
  if (!device?.registered) return undefined;
  const key = fromBase64url(device.key);
  return signMessage(key, messageLabels.deviceRenewal, { device: verifyingKeyOf(key), nonce });
}

export function listed(
  credential: Credential,
  { device: own }: Holding,
  devices: ViewResponse['devices'],
): ListedDevice[] {
  const here = own && verifyingKeyOf(fromBase64url(own.key));
  return devices.map(({ device, sealedLabel, day }) => ({
    device,
    day,
    label: labelIn(credential, sealedLabel),
    here: device === here,
  }));
}

/** Whether who knows this record's secret removed this device. A registrar's word alone is not enough. */
export function isRemoved(
  { policy }: WalletParts,
  { recordPoint, device }: Holding,
  removal: LookInResponse['removal'],
): boolean {
  if (!removal || !device) return false;
  const call = removalCall(verifyingKeyOf(fromBase64url(device.key)));
  try {
    const binding = recordCallBinding(policy.registrar.name, removal.nonce, call);
    verifyRecord(fromBase64url(recordPoint), binding, fromBase64url(removal.proof));
    return true;
  } catch {
    return false;
  }
}

const removalCall = (device: string) => ({ act: 'remove-device' as const, device });

function labelIn(credential: Credential, sealed: string): string | undefined {
  try {
    return new TextDecoder().decode(openOwnNote(credential, labelPurpose, fromBase64url(sealed)));
  } catch {
    return undefined;
  }
}

function onlyRefusals(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

async function keep(parts: WalletParts, device: NonNullable<Holding['device']>): Promise<void> {
  const state: WalletState = await stateOf(parts);
  const holding = requireHolding(state);
  await parts.store.save({ ...state, holding: { ...holding, device } });
}

function shortened(label: string): string {
  let text = label.replace(/\s+/g, ' ').trim() || labelDefault;
  while (utf8(text).length > NOTE_BYTES_MAX) text = [...text].slice(0, -1).join('');
  return text;
}
