/**
 * Changing how a wallet is opened. A way of the person's own is asked for again before every change, so that
 * whoever picks up an open wallet adds nothing to it. The first way of one's own ends opening by itself, under a
 * fresh data key; there is always a way left.
 */

import { readWords } from '@answerable/core/recall/words';
import { wrapDataKey } from '@answerable/core/vault/wrap';
import { lockMinutesChoices } from './lock-minutes.ts';
import { Refused } from './rpc.ts';
import type { Opened, Vault } from './vault.ts';
import type { LockChoice } from './vault-actions.ts';
import { deviceWay, type Proof, passkeyWay, passphraseWay, type Way } from './vault-record.ts';

const namesName = 'names';
const passkeysMax = 10;
const nameCharsMax = 40;
const secretBytes = 32;

/** What a person called a passkey, and the day it was added. */
export type WayNames = Record<string, { name: string; day: string }>;

export const wayNames = async (vault: Vault): Promise<WayNames> =>
  (await vault.read<WayNames>(namesName)) ?? {};

export interface NewPasskey {
  id: string;
  salt: Uint8Array;
  /** What the passkey answered to the salt. */
  secret: Uint8Array;
  name: string;
  day: string;
}

export async function addPasskey(vault: Vault, proof: Proof | undefined, made: NewPasskey): Promise<void> {
  if (made.secret.length !== secretBytes) throw new Refused('passkey_without_key');
  const opened = await vault.open(proof);
  const kept = ownWays(opened).filter(({ id }) => id !== made.id);
  if (kept.filter(({ kind }) => kind === 'passkey').length >= passkeysMax) throw new Refused('internal');
  await change(vault, opened, kept, (dataKey) => passkeyWay(made, dataKey));
  const name = { name: made.name.slice(0, nameCharsMax), day: made.day };
  await vault.write(namesName, { ...(await wayNames(vault)), [made.id]: name });
}

/** A first passphrase, or another one. */
export async function setPassphrase(
  vault: Vault,
  proof: Proof | undefined,
  passphrase: string,
): Promise<void> {
  // What opens a device can be guessed at by whoever copies it; the four words cannot, and shall not begin to be.
  if (readWords(passphrase).ok) throw new Refused('passphrase_words');
  const opened = await vault.open(proof);
  const kept = ownWays(opened).filter(({ kind }) => kind !== 'passphrase');
  await change(vault, opened, kept, (dataKey) => passphraseWay(passphrase, dataKey));
}

/** Refuses `last_way` for the only one: opening by itself has to be chosen. */
export async function removeWay(vault: Vault, proof: Proof | undefined, id: string): Promise<void> {
  const opened = await vault.open(proof);
  const kept = ownWays(opened).filter((way) => way.id !== id);
  if (kept.length === 0) throw new Refused('last_way');
  await change(vault, opened, kept);
  const { [id]: _gone, ...names } = await wayNames(vault);
  await vault.write(namesName, names);
}

/** From here on the wallet opens by itself on this device. */
export async function openByItself(vault: Vault, proof: Proof | undefined): Promise<void> {
  const opened = await vault.open(proof);
  await vault.replace(opened, { freshKey: true, ways: async (dataKey) => [await deviceWay(dataKey)] });
  await vault.write(namesName, {});
}

const ownWays = ({ record }: Opened): Way[] => record.ways.filter(({ kind }) => kind !== 'device');

/**
 * A fresh data key where every way that stays is at hand: then an old copy of the storage and a way that is gone
 * open nothing of later. Where another passkey stays, only its holder could wrap a fresh one.
 */
async function change(
  vault: Vault,
  opened: Opened,
  kept: readonly Way[],
  add?: (dataKey: Uint8Array) => Way | Promise<Way>,
): Promise<void> {
  const freshKey = kept.every(({ id }) => id === opened.way.id);
  const again = (way: Way, dataKey: Uint8Array): Way => ({
    ...way,
    wrap: Uint8Array.from(wrapDataKey(opened.key, way, dataKey)),
  });
  const ways = async (dataKey: Uint8Array) => [
    ...kept.map((way) => (freshKey ? again(way, dataKey) : way)),
    ...(add ? [await add(dataKey)] : []),
  ];
  await vault.replace(opened, { freshKey, ways });
}

export async function setLock(vault: Vault, { afterMinutes, whenHidden }: LockChoice): Promise<void> {
  const known = lockMinutesChoices.find((minutes) => minutes === afterMinutes);
  if (!known) throw new Refused('internal');
  await vault.choose({ afterMinutes: known, whenHidden: whenHidden === true });
}
