// What a presentation answers. Verifier and wallet each put it together from what they know (request, trust
// policy, log, account), and the proof holds only if both got the same (spec/presentation.md, "Question").
// Nothing in it is read from the presentation.

import { i2osp } from '../bytes.ts';
import { decodeG1, encodeG1, type G1 } from '../curve.ts';
import { Malformed } from '../errors.ts';
import { frame } from '../frame.ts';
import { label } from '../label.ts';
import { G, G_REC } from '../sigma/bases.ts';
import { type DisclosableField, encodeEpoch } from './schema.ts';

const HASH_BYTES = 32;
const ACCOUNT_KEY_BYTES = 32;
const CHECKPOINT_SIZE_BYTES = 8;
/** Most octets of a scope. */
export const SCOPE_BYTES_MAX = 1024;

/** What is bound to the proof beside the person: see PROTOCOL section 4.2. Hashes and keys have 32 octets. */
export type AdmissionLabel = {
  readonly requestHash: Uint8Array;
  readonly policyHash: Uint8Array;
  readonly epoch: number;
  /** The log as the wallet verified it. */
  readonly checkpoint: { readonly size: number; readonly root: Uint8Array };
  /** ed25519; the holder proves possession beside the presentation. */
  readonly accountKey: Uint8Array;
  /** ν = H(κ). */
  readonly noticeHandle: Uint8Array;
};

export type Question = {
  /** The registrar's BBS key, 96 octets: the only point of G2 anywhere. */
  readonly issuerKey: Uint8Array;
  /** Y, 48 octets. */
  readonly openingKey: Uint8Array;
  /** context_id of the pseudonym: an encoding of the scope. */
  readonly scope: Uint8Array;
  /** By policy, never by the prover. */
  readonly disclose: readonly DisclosableField[];
  readonly label: AdmissionLabel;
};

/** The octets of label and Y. Throws Malformed. */
function encodeLabel(admission: AdmissionLabel, openingKey: Uint8Array): Uint8Array {
  const { requestHash, policyHash, epoch, checkpoint, accountKey, noticeHandle } = admission;
  return frame(
    label('presentationLabel'),
    sized(requestHash, HASH_BYTES, 'request hash'),
    openingKey,
    sized(policyHash, HASH_BYTES, 'policy hash'),
    encodeEpoch(epoch),
    i2osp(count(checkpoint.size), CHECKPOINT_SIZE_BYTES),
    sized(checkpoint.root, HASH_BYTES, 'checkpoint root'),
    sized(accountKey, ACCOUNT_KEY_BYTES, 'account key'),
    sized(noticeHandle, HASH_BYTES, 'notice handle'),
  );
}

/**
 * The presentation header: label, then every base, image and first message of the escrow, one by one, so that
 * the one challenge of the BBS proof covers them all.
 */
export function presentationHeader(question: Question, Y: G1, E0: G1, E1: G1, T0: G1, T1: G1): Uint8Array {
  const points = [G, Y, G_REC, E0, E1, T0, T1].map(encodeG1);
  return frame(label('presentationHeader'), encodeLabel(question.label, question.openingKey), ...points);
}

/** Refuses an opening key that is not a point, or is the identity. Throws Malformed. */
export function decodeOpeningKey(openingKey: Uint8Array): G1 {
  return decodeG1(openingKey, 'opening key');
}

export function checkScope(scope: Uint8Array): Uint8Array {
  if (scope.length === 0 || scope.length > SCOPE_BYTES_MAX) {
    throw new Malformed('scope', `1 to ${SCOPE_BYTES_MAX} octets`);
  }
  return scope;
}

function sized(octets: Uint8Array, length: number, field: string): Uint8Array {
  if (octets.length !== length) throw new Malformed(field, `${length} octets`);
  return octets;
}

function count(n: number): number {
  if (!Number.isSafeInteger(n) || n < 0) throw new Malformed('checkpoint size', 'a count');
  return n;
}
