/** What the authority's engine works with. Pure but for `fetch`; keeps nothing itself. */
import { messageLabels } from '@answerable/protocol/labels';
import { guardianOf } from '@answerable/protocol/parties';
import { Refusal } from '@answerable/protocol/refusal';
import { type Signed, signMessage } from '@answerable/protocol/signed';
import type { GuardianParty, TrustPolicy } from '@answerable/protocol/trust-policy';
import type { Fetch } from './call.ts';

export interface AuthorityKeys {
  /** as the trust policy lists it */
  name: string;
  /** ed25519 seed, 32 bytes, secret */
  signingSecret: Uint8Array;
  /** X25519, 32 bytes, secret: what shares are sealed to */
  sealingSecret: Uint8Array;
}

export interface Setting {
  /** verified by the caller */
  policy: TrustPolicy;
  keys: AuthorityKeys;
  fetch?: Fetch | undefined;
}

export function guardianAt({ opening }: TrustPolicy, index: number): string {
  return opening.guardians.find((party) => party.index === index)?.name ?? `guardian ${index}`;
}

/** A request for shares, signed by the authority. */
export const signShareAsk = <M>({ keys }: Setting, message: M): Signed<M> =>
  signMessage(keys.signingSecret, messageLabels.shareAsk, message);

/** What one guardian answered; a no carries its code. */
export type Answered<T> =
  | { guardian: string; ok: true; value: T }
  | { guardian: string; ok: false; code: string };

/** Asks every guardian named, all at once; a refusal of one is an answer, not an end. */
export function askEach<T>(
  policy: TrustPolicy,
  names: readonly string[],
  ask: (guardian: GuardianParty) => Promise<T>,
): Promise<Answered<T>[]> {
  return Promise.all(
    names.map(async (name): Promise<Answered<T>> => {
      try {
        return { guardian: name, ok: true, value: await ask(guardianOf(policy, name)) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { guardian: name, ok: false, code: error.code };
      }
    }),
  );
}
