// The duplex sponge of draft-irtf-cfrg-fiat-shamir over SHAKE128, and session identifiers.
// Squeezed octets are the next octets of SHAKE128(session id ‖ zeros to the rate ‖ everything absorbed): they
// never go back into the state. Must never be given a session id that the other party chose.

import { shake128 } from '@noble/hashes/sha3.js';
import { concat, utf8 } from '../bytes.ts';
import { assert } from '../errors.ts';

/** Octets of a session id, and of the sponge's rate. */
export const SESSION_ID_BYTES = 32;
const RATE_BYTES = 168;
const SESSION_ID_LABEL = utf8('irtf-cfrg-fiat-shamir/session-id');

export type Sponge = {
  /** Absorbing nothing changes nothing; absorbing anything restarts the output. */
  absorb(octets: Uint8Array): void;
  squeeze(length: number): Uint8Array;
};

/** DS.Init of draft-irtf-cfrg-fiat-shamir, "XOF duplex sponge". */
export function initSponge(sessionId: Uint8Array): Sponge {
  assert(sessionId.length === SESSION_ID_BYTES, 'a session id has 32 octets');
  const state = shake128.create().update(concat(sessionId, new Uint8Array(RATE_BYTES - SESSION_ID_BYTES)));
  let reader: ReturnType<typeof shake128.create> | undefined;
  return {
    absorb(octets) {
      if (octets.length === 0) return;
      reader = undefined;
      state.update(octets);
    },
    squeeze(length) {
      reader ??= state.clone();
      return length === 0 ? new Uint8Array(0) : reader.xof(length);
    },
  };
}

/** DeriveSessionID: 32 octets that stand for an application's tag. */
export function deriveSessionId(tag: Uint8Array): Uint8Array {
  const sponge = initSponge(SESSION_ID_LABEL);
  sponge.absorb(tag);
  return sponge.squeeze(SESSION_ID_BYTES);
}
