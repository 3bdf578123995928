/**
 * Words back into the secret (PROTOCOL §3.6): t of n keepers answer, each counting the try; the shares are
 * combined here and the result is checked against R here. Then the record welcomes the person back, and the
 * keepers count anew.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { ProofFailed } from '@answerable/core/errors';
import { encodeCredential } from '@answerable/core/presentation/credential';
import { type Recalled as Opened, openRecall, resealRecall } from '@answerable/core/recall/recall';
import type { RecallEnvelope } from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal, type RefusalCode } from '@answerable/protocol/refusal';
import { openSigned, signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import { z } from 'zod';
import { type Asked, askKeepers, type KeeperFault, type Left, reachedByMany } from './ask-keepers.ts';
import { countAnew } from './count-anew.ts';
import { Distrust, orDistrust } from './distrust.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { encodeEnvelope, readEnvelope } from './recall-envelope.ts';
import { issueFor } from './renew-credential.ts';
import { callInSession, requireSession } from './session.ts';
import { wordsFrom } from './set-words.ts';
import type { OpenSession } from './state.ts';

const accepted = z.object({ ok: z.literal(true) });

export interface Recalled {
  /** Tries that t keepers counted since the last success, besides this one; and how many were made here. */
  triesBefore: number;
  triesHere: number;
  /** Keepers that did not answer well, as far as was known when t had. */
  faults: KeeperFault[];
  /** The same, when the last keeper has spoken or its time is over, and all who will have counted anew. */
  everyFault: Promise<KeeperFault[]>;
}

/** A refusal `words_wrong` that also says how many tries are left, as t keepers count. */
export class WordsWrong extends Refusal {
  readonly triesLeft: number;
  readonly triesLeftToday: number;
  constructor({ triesLeft, triesLeftToday }: Left) {
    super('words_wrong');
    this.triesLeft = triesLeft;
    this.triesLeftToday = triesLeftToday;
  }
}

/** A refusal `unavailable` that names every keeper that would have been needed. */
export class KeepersMissing extends Refusal {
  readonly faults: readonly KeeperFault[];
  constructor(faults: readonly KeeperFault[]) {
    super('unavailable', faults.map(({ keeper }) => keeper).join(', '));
    this.faults = faults;
  }
}

type OpenedWell = Extract<Opened, { ok: true }>;

export async function recall(parts: WalletParts, typed: string | readonly string[]): Promise<Recalled> {
  const words = wordsFrom(typed);
  const state = await stateOf(parts);
  const session = requireSession(state);
  if (!session.recall) throw new Refusal('recall_missing');
  const { recallId, version } = session.recall;
  const { envelope, inside } = readEnvelope(parts, session.recall);
  const asked = await askKeepers(parts, session, words, inside.slots);
  const triesHere = state.triesHere ?? 0;
  await parts.store.save({ ...(await stateOf(parts)), triesHere: triesHere + 1 });
  const opened = open(parts, fromBase64url(envelope.sealed), asked);

  // The words are right: what is left is that this is our record, and that the registrar says so too.
  const recordPoint = recordPointOf(parts, session.recall, envelope, opened);
  const { secret } = opened;
  const { credential, leaf } = await issueFor(parts, { secret, recordPoint }, { session: session.id });
  const { triesHere: _made, ...before } = await stateOf(parts);
  await parts.store.save({
    ...before,
    session: { ...session, proven: true },
    holding: {
      credential: toBase64url(encodeCredential(credential)),
      recordPoint,
      ...(leaf === undefined ? {} : { leaf }),
      recall: { seed: toBase64url(opened.recallSecret), version, recallId },
    },
  });
  const counted = await countAnew(parts, session.recall, opened.refillSecretKey, asked);
  if (envelope.v === 1) await sealAnew(parts, session, envelope, { ...opened, recordPoint });
  const { tags, limits } = parts.policy;
  const tries = asked.left.map(({ triesLeft }) => limits.recallBudget - triesLeft - 1);
  return {
    triesBefore: Math.max(0, reachedByMany(tries, tags.threshold)),
    triesHere,
    faults: asked.faults,
    everyFault: counted.ended.then(() => asked.everyFault),
  };
}

function open({ policy }: WalletParts, sealed: Uint8Array, asked: Asked): OpenedWell {
  const { threshold } = policy.tags;
  if (asked.answers.length < threshold) throw tooFew(policy.tags, asked);
  try {
    const opened = openRecall(sealed, threshold, asked.answers);
    if (opened.ok) return opened;
  } catch (error) {
    if (!(error instanceof ProofFailed)) throw new Distrust(policy.registrar.name, 'record');
    throw new WordsWrong({
      triesLeft: reachedByMany(
        asked.left.map(({ triesLeft }) => triesLeft),
        threshold,
      ),
      triesLeftToday: reachedByMany(
        asked.left.map(({ triesLeftToday }) => triesLeftToday),
        threshold,
      ),
    });
  }
  throw new KeepersMissing(asked.faults);
}

/** Why fewer than t answered well: what so many refused that one of them is honest, or who is missing. */
function tooFew(
  { threshold, keepers }: { threshold: number; keepers: readonly unknown[] },
  asked: Asked,
): Error {
  const blocking = keepers.length - threshold + 1;
  if (asked.refusals.length >= blocking) return new Refusal(mostFrequent(asked.refusals));
  const liar = asked.faults.find(({ fault }) => fault === 'wrong');
  return liar ? new Distrust(liar.keeper, 'share') : new KeepersMissing(asked.faults);
}

function mostFrequent(codes: readonly RefusalCode[]): RefusalCode {
  const times = (code: RefusalCode) => codes.filter((other) => other === code).length;
  return codes.toSorted((a, b) => times(b) - times(a))[0]!;
}

/** R, as only S gives it: sealed beside s, or signed with the refill key in an envelope of before. */
function recordPointOf(
  { policy }: WalletParts,
  { recallId, version }: { recallId: string; version: number },
  envelope: RecallEnvelope,
  { recordKey, refillSecretKey }: OpenedWell,
): string {
  const { name } = policy.registrar;
  if (envelope.v === 2) {
    if (!recordKey) throw new Distrust(name, 'record');
    return toBase64url(recordKey);
  }
  const refillKey = verifyingKeyOf(refillSecretKey);
  const record = orDistrust(name, 'record', () =>
    openSigned(refillKey, messageLabels.recallCase, envelope.record),
  );
  if (record.recallId !== recallId || record.version !== version) throw new Distrust(name, 'record');
  return record.recordPoint;
}

/** An envelope of before shows R to whoever signs in as this person: exchanged as soon as it was opened. */
async function sealAnew(
  parts: WalletParts,
  session: OpenSession,
  { sealed }: RecallEnvelope,
  own: OpenedWell & { recordPoint: string },
): Promise<void> {
  const { recallSecret, secret, refillSecretKey } = own;
  const recordKey = fromBase64url(own.recordPoint);
  const { recallId, version } = session.recall!;
  const anew = resealRecall(fromBase64url(sealed), { recallSecret, secret, recordKey });
  const inForce = { recallId, version, refillKey: verifyingKeyOf(refillSecretKey) };
  const setupKey = fromBase64url(session.key);
  const { signature: setupSignature } = signMessage(setupKey, messageLabels.recallInForce, inForce);
  const body = { ...inForce, blob: encodeEnvelope({ v: 2, sealed: toBase64url(anew) }), setupSignature };
  const call = { path: '/recall/blob', call: 'recall-store', body };
  // If it cannot be exchanged now, the next return does it.
  await callInSession(parts, session, call, accepted).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}
