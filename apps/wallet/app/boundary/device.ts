/**
 * This browser as the engine needs it: policy pinned, state sealed, one change at a time over all tabs. What
 * is fetched once is kept for the life of the worker. A visitor, on a computer that is not theirs, has everything
 * in the memory of this worker and nothing anywhere else.
 */

import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { type ReadRequest, readRequest } from '../../engine/read-request.ts';
import type { WalletState, WalletStore } from '../../engine/state.ts';
import { createWallet, type Wallet } from '../../engine/wallet.ts';
import { deviceName } from './device-name.ts';
import { keepDrawer, noteAnswer } from './history.ts';
import { indexedShelf } from './indexed-shelf.ts';
import { Refused } from './rpc.ts';
import { memoryShelf, type Shelf } from './shelf.ts';
import { acceptPolicy, type Pinned } from './trust.ts';
import { openVault, type Vault } from './vault.ts';

const ownProfile = 'own';
const names = { state: 'state', policy: 'policy', waiting: 'waiting' };

/** A request that waits for its answer. */
export interface Waiting {
  title: string;
  request: string;
  expires: string;
}

export interface Ready {
  wallet: Wallet;
  policy: TrustPolicy;
  mode: 'production' | 'practice';
  read(request: string): { gateway: ReadRequest['gateway']; request: string };
}

export interface Device {
  /** Throws Refused `not_ready`, `policy_refused`, `locked` or `unavailable`; then it can be asked again. */
  ready(): Promise<Ready>;
  vault(): Promise<Vault>;
  /** Runs `act` while no other tab changes anything. */
  alone<T>(act: () => Promise<T>): Promise<T>;
  waiting(): Promise<Waiting | undefined>;
  keepWaiting(waiting: Waiting | undefined): Promise<void>;
  forget(): Promise<void>;
  visiting(): boolean;
  /** Forgets what is here and keeps everything in memory from now on. */
  beVisitor(): Promise<void>;
}

interface Place {
  mode: Ready['mode'];
  vault: Vault;
}

export function openDevice(profile: string): Device {
  let placed: Promise<Place> | undefined;
  let opened: Promise<Ready> | undefined;
  let visiting = false;
  /** Whose saves still count: who forgets this device is not to find again what was under way. */
  let era = 0;
  const saving = new Set<Promise<void>>();
  const keeperOf = (vault: Vault) => {
    const mine = era;
    return async (state: WalletState) => {
      if (era !== mine) return;
      const saved = vault.write(names.state, state);
      saving.add(saved);
      await saved.finally(() => saving.delete(saved));
    };
  };
  const place = () => {
    placed ??= findPlace(profile).catch((error: unknown) => {
      placed = undefined;
      throw error;
    });
    return placed;
  };
  const ready = () => {
    opened ??= place()
      .then((found) => prepare(found, keeperOf(found.vault)))
      .catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
    return opened;
  };
  const vault = async () => (await place()).vault;
  const device: Device = {
    ready,
    vault,
    alone: (act) => navigator.locks.request(`wallet-${profile}`, act) as ReturnType<typeof act>,
    async waiting() {
      const kept = await (await vault()).read<Waiting>(names.waiting);
      return kept && Date.parse(kept.expires) > Date.now() ? kept : undefined;
    },
    async keepWaiting(waiting) {
      await (waiting ? (await vault()).write(names.waiting, waiting) : (await vault()).remove(names.waiting));
    },
    async forget() {
      era += 1;
      await Promise.allSettled(saving);
      if (visiting) await (await vault()).wipe();
      else {
        await shelfOf(profile, 'practice').clear();
        await shelfOf(ownProfile, 'production').clear();
      }
      placed = visiting ? placed : undefined;
      opened = undefined;
    },
    visiting: () => visiting,
    async beVisitor() {
      const { mode } = await place();
      await device.forget();
      visiting = true;
      placed = Promise.resolve({ mode, vault: openVault(memoryShelf()) });
    },
  };
  return device;
}

async function findPlace(profile: string): Promise<Place> {
  const { mode } = (await fetched('/settings.json')) as { mode: Ready['mode'] };
  return { mode, vault: openVault(shelfOf(profile, mode)) };
}

async function prepare({ mode, vault }: Place, save: WalletStore['save']): Promise<Ready> {
  const pinned = await vault.read<Pinned>(names.policy);
  const accepted = acceptPolicy(pinned, await fetched('/policy.json'));
  if (accepted !== pinned) await vault.write(names.policy, accepted);
  await keepDrawer(vault);
  const { policy, hash } = accepted;
  const parts = {
    policy,
    policyHash: hash,
    fetch: fetch.bind(globalThis),
    clock: { now: () => new Date() },
    store: {
      load: () => vault.read<WalletState>(names.state),
      save,
    },
    noteAnswer: (note: Parameters<typeof noteAnswer>[1]) => noteAnswer(vault, note),
    origin: location.origin,
    deviceLabel: deviceName(navigator.userAgent),
  };
  const read = (text: string) => {
    const { gateway, request } = readRequest(parts, text);
    return { gateway, request: request.request };
  };
  return { wallet: createWallet(parts), policy, mode, read };
}

// Only in practice are there several people at one browser.
const shelfOf = (profile: string, mode: Ready['mode']): Shelf =>
  indexedShelf(mode === 'practice' ? profile : ownProfile);

async function fetched(path: string): Promise<unknown> {
  const response = await fetch(path, { cache: 'no-store' }).catch(() => {
    throw new Refused('unavailable');
  });
  if (response.status === 503) throw new Refused('not_ready');
  if (!response.ok) throw new Refused('unavailable');
  return response.json();
}
