/** The credential out of what is kept. */
import { fromBase64url } from '@answerable/core/bytes';
import { type Credential, decodeCredential } from '@answerable/core/presentation/credential';
import { Refusal } from '@answerable/protocol/refusal';
import type { Holding, WalletState } from './state.ts';

export const credentialOf = ({ credential }: Holding): Credential =>
  decodeCredential(fromBase64url(credential));

/** Refuses `person_unknown`: join first. */
export function requireHolding({ holding }: WalletState): Holding {
  if (!holding) throw new Refusal('person_unknown');
  return holding;
}
