/** What the engine is given: who is trusted, how to reach them, what time it is, where to keep its state. */
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { AnswerNote } from './answer-note.ts';
import type { WalletState, WalletStore } from './state.ts';

export interface WalletParts {
  /** Verified by the caller against the pinned genesis. */
  policy: TrustPolicy;
  /** trustPolicyHash(policy). */
  policyHash: string;
  fetch: typeof globalThis.fetch;
  clock: { now(): Date };
  store: WalletStore;
  /** Told of every answer before it leaves, where somebody wants a history kept (PROTOCOL §8: nowhere by default). */
  noteAnswer?: (note: AnswerNote) => Promise<void>;
  /** Our own origin, as the trust policy lists it: where people come back to. */
  origin: string;
  /** What this device is called, unless its person says otherwise; only their devices can read it. */
  deviceLabel?: string;
  /** Milliseconds between two looks for a receipt; default 500. */
  pollMs?: number;
}

/** The state as it is, or the empty one. */
export async function stateOf({ store }: Pick<WalletParts, 'store'>): Promise<WalletState> {
  return (await store.load()) ?? { v: 1 };
}
