// The second half of the ceremony (spec/ceremony.md, rounds 3 and 4): shares go out sealed, what does not hold is
// complained of in public, and everyone signs one outcome. A complaint shows the complainer's ephemeral key, and
// with it every share dealt to them: that session is over, and its key is never used.

import { concat, equalBytes, i2osp } from '../bytes.ts';
import {
  addScalar,
  decodeScalarOrZero,
  encodeG1,
  encodeScalar,
  equalG1,
  msmG1,
  mulG1,
  SCALAR_BYTES,
  type Scalar,
} from '../curve.ts';
import { assert, Malformed, ProofFailed } from '../errors.ts';
import { openFrom, SEALING_OVERHEAD_BYTES, sealingKeyOf, sealTo } from '../escrow/envelope.ts';
import { frame, reader } from '../frame.ts';
import { label } from '../label.ts';
import { G } from '../sigma/bases.ts';
import type { KeyShare, PublicKeySet } from './key.ts';
import { CeremonyFault, readAll, readMessage, type Session, sessionId, signMessage } from './message.ts';
import { type Kept, keysFrom, type Public, powers, valueAt } from './rounds.ts';

const HASH_BYTES = 32;
const SEALED_SHARE_BYTES = SCALAR_BYTES + SEALING_OVERHEAD_BYTES;

/** Round 3: one sealed share for each of the others, by index. Never logged, never shown to a third. */
export function deal(kept: Kept, seen: Public): { to: number; message: Uint8Array }[] {
  const { session, index } = kept;
  const sid = sessionId(session);
  return session.participants.flatMap((_, i) => {
    const to = i + 1;
    if (to === index) return [];
    const share = encodeScalar(valueAt(kept, to));
    const sealed = sealTo(seen.ephemeralKeys[i]!, dealLabel(sid, index, to), share);
    const body = concat(i2osp(to, 1), seen.transcript, sealed);
    return [{ to, message: signMessage(sid, 'deal', index, body, kept.signingSecret) }];
  });
}

/** Public, for everyone to re-check: the accused's own message, and the key that opens it. */
export type Complaint = {
  readonly accuser: number;
  readonly accused: number;
  readonly deal: Uint8Array;
  readonly ephemeralSecret: Uint8Array;
};

export type Outcome =
  | {
      readonly ok: true;
      readonly keys: PublicKeySet;
      readonly share: KeyShare;
      readonly transcript: Uint8Array;
      /** Round 4: signed, for everyone. */
      readonly confirmation: Uint8Array;
    }
  | {
      readonly ok: false;
      readonly complaints: readonly Complaint[];
      readonly disagreeing: readonly number[];
    };

/**
 * Adds up what arrived. A share that does not hold is complained of; a participant who saw another transcript
 * is named as disagreeing (compare messages with them: `equivocator` finds who said two things).
 */
export function finish(kept: Kept, seen: Public, deals: readonly Uint8Array[]): Outcome {
  const { session, index } = kept;
  const byDealer = new Map(deals.map((message) => [message[1] ?? 0, message]));
  const others = session.participants.map((_, i) => i + 1).filter((i) => i !== index);
  const absent = others.filter((i) => !byDealer.has(i));
  if (absent.length > 0) throw new CeremonyFault('deal', absent, 'said nothing');
  let sum = valueAt(kept, index);
  const complaints: Complaint[] = [];
  const disagreeing: number[] = [];
  for (const dealer of others) {
    const message = byDealer.get(dealer)!;
    const body = readDeal(session, dealer, message);
    if (body.to !== index) throw new Malformed('deal message', 'a deal to this participant');
    if (!equalBytes(body.transcript, seen.transcript)) {
      disagreeing.push(dealer);
      continue;
    }
    const share = openShare(session, seen, dealer, index, body.sealed, kept.ephemeral.secretKey);
    if (share === undefined) {
      complaints.push({
        accuser: index,
        accused: dealer,
        deal: message,
        ephemeralSecret: kept.ephemeral.secretKey,
      });
    } else sum = addScalar(sum, share);
  }
  if (complaints.length > 0 || disagreeing.length > 0) return { ok: false, complaints, disagreeing };
  const keys = keysFrom(session, seen);
  assert(
    equalBytes(encodeG1(mulG1(G, sum)), keys.verificationKeys[index - 1]!),
    'a share of good shares is good',
  );
  const share = { role: session.role, index, secret: encodeScalar(sum) };
  const body = confirmationBody(seen.transcript, keys);
  const confirmation = signMessage(sessionId(session), 'confirm', index, body, kept.signingSecret);
  return { ok: true, keys, share, transcript: seen.transcript, confirmation };
}

/** Who cheated: the accused, if what they dealt does not hold; otherwise the accuser. Anyone can check. */
export function judge(session: Session, seen: Public, complaint: Complaint): number {
  const { accuser, accused, deal: message, ephemeralSecret } = complaint;
  const ownKey = seen.ephemeralKeys[accuser - 1];
  try {
    const { to, transcript, sealed } = readDeal(session, accused, message);
    const own = to === accuser && ownKey !== undefined && equalBytes(sealingKeyOf(ephemeralSecret), ownKey);
    if (!own || !equalBytes(transcript, seen.transcript)) return accuser;
    return openShare(session, seen, accused, accuser, sealed, ephemeralSecret) === undefined
      ? accused
      : accuser;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return accuser;
  }
}

/** The key set as everyone signed it. Throws CeremonyFault naming who signed something else, or nothing. */
export function checkConfirmations(
  session: Session,
  seen: Public,
  confirmations: readonly Uint8Array[],
): PublicKeySet {
  const keys = keysFrom(session, seen);
  const expected = confirmationBody(seen.transcript, keys);
  const wrong = readAll(session, 'confirm', confirmations).flatMap((body, i) =>
    equalBytes(body, expected) ? [] : [i + 1],
  );
  if (wrong.length > 0) throw new CeremonyFault('confirm', wrong, 'signed another outcome');
  return keys;
}

function readDeal(session: Session, dealer: number, message: Uint8Array) {
  const body = readMessage(session, 'deal', dealer, message);
  const read = reader(body, 'deal message', 'a receiver, a transcript and a sealed share');
  const parts = {
    to: read.uint(1),
    transcript: read.take(HASH_BYTES),
    sealed: read.take(SEALED_SHARE_BYTES),
  };
  read.end();
  return parts;
}

/** f_dealer(to), if it opens and lies on the polynomial that the dealer committed to. */
function openShare(
  session: Session,
  seen: Public,
  dealer: number,
  to: number,
  sealed: Uint8Array,
  secret: Uint8Array,
) {
  let share: Scalar;
  try {
    share = decodeScalarOrZero(openFrom(secret, dealLabel(sessionId(session), dealer, to), sealed));
  } catch (error) {
    if (error instanceof Malformed || error instanceof ProofFailed) return undefined;
    throw error;
  }
  const row = seen.commitments[dealer - 1]!;
  return equalG1(mulG1(G, share), msmG1(row, powers(to, row.length))) ? share : undefined;
}

function dealLabel(sid: Uint8Array, from: number, to: number): Uint8Array {
  return frame(label('ceremonyDeal'), sid, i2osp(from, 1), i2osp(to, 1));
}

function confirmationBody(transcript: Uint8Array, keys: PublicKeySet): Uint8Array {
  return concat(transcript, keys.publicKey, ...keys.verificationKeys);
}
