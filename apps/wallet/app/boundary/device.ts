/**
 * This browser as the engine needs it: policy pinned, state sealed, one change at a time over all tabs. What
 * is fetched once is kept for the life of the worker.
 */

import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { type ReadRequest, readRequest } from '../../engine/read-request.ts';
import type { WalletState } from '../../engine/state.ts';
import { createWallet, type Wallet } from '../../engine/wallet.ts';
import { indexedShelf } from './indexed-shelf.ts';
import { Refused } from './rpc.ts';
import { type SealedStore, type Shelf, sealedStore } from './store.ts';
import { acceptPolicy, type Pinned } from './trust.ts';

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
  /** Throws Refused `not_ready`, `policy_refused` or `unavailable`; then it can be asked again. */
  ready(): Promise<Ready>;
  /** Runs `act` while no other tab changes anything. */
  alone<T>(act: () => Promise<T>): Promise<T>;
  waiting(): Promise<Waiting | undefined>;
  keepWaiting(waiting: Waiting | undefined): Promise<void>;
  forget(): Promise<void>;
}

export function openDevice(profile: string): Device {
  let opened: Promise<{ ready: Ready; store: SealedStore }> | undefined;
  const open = () => {
    opened ??= prepare(profile).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    ready: async () => (await open()).ready,
    alone: (act) => navigator.locks.request(`wallet-${profile}`, act) as ReturnType<typeof act>,
    async waiting() {
      const kept = await (await open()).store.read<Waiting>(names.waiting);
      return kept && Date.parse(kept.expires) > Date.now() ? kept : undefined;
    },
    async keepWaiting(waiting) {
      const { store } = await open();
      await (waiting ? store.write(names.waiting, waiting) : store.remove(names.waiting));
    },
    async forget() {
      await sealedStore(shelfOf(profile, 'practice')).wipe();
      await sealedStore(shelfOf(ownProfile, 'production')).wipe();
      opened = undefined;
    },
  };
}

async function prepare(profile: string): Promise<{ ready: Ready; store: SealedStore }> {
  const { mode } = (await fetched('/settings.json')) as { mode: Ready['mode'] };
  const store = sealedStore(shelfOf(profile, mode));
  const pinned = await store.read<Pinned>(names.policy);
  const accepted = acceptPolicy(pinned, await fetched('/policy.json'));
  if (accepted !== pinned) await store.write(names.policy, accepted);
  const { policy, hash } = accepted;
  const parts = {
    policy,
    policyHash: hash,
    fetch: fetch.bind(globalThis),
    clock: { now: () => new Date() },
    store: {
      load: () => store.read<WalletState>(names.state),
      save: (state: WalletState) => store.write(names.state, state),
    },
    origin: location.origin,
  };
  const read = (text: string) => {
    const { gateway, request } = readRequest(parts, text);
    return { gateway, request: request.request };
  };
  return { store, ready: { wallet: createWallet(parts), policy, mode, read } };
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
