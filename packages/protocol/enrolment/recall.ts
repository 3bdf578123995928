/**
 * Recall (PROTOCOL §3.6, §10): the words give the secret back through t of n keepers. The registrar keeps the
 * blob, keepers keep a counted key per record, nobody but the wallet ever sees the words or the secret.
 */
import { z } from 'zod';
import { hashOf } from '../canonical.ts';
import { messageLabels } from '../labels.ts';
import { signed } from '../signed.ts';
import * as wire from '../wire.ts';
import { refereeAssertion } from './referee-word.ts';
import { walletCall } from './session.ts';

/** An evidence account as keepers know it: a hash, so that lists say nothing. */
export const recallSubject = (issuer: string, subject: string): string =>
  hashOf(messageLabels.recallSubject, { issuer, subject });

/**
 * registrar → keeper, POST /recall/keys: a record's id and the evidence accounts that may ask for it. With
 * `setupKey` it opens the version for the wallet that holds this key; without, it only adds to the list.
 */
export const recallKeyRequest = signed(
  z.strictObject({
    recallId: wire.id,
    version: z.int().min(1),
    subjects: z.array(wire.hash).min(1).max(20),
    setupKey: wire.verifyingKey.optional(),
  }),
);
/** The keeper's VOPRF public key for (recallId, version); the wallet pins it in the blob. */
export const recallKeyResponse = z.strictObject({ publicKey: wire.element });

/** wallet → registrar, POST /recall/keys: open a (new) version; registrar asks every keeper. */
export const recallOpenRequest = walletCall('recall-open', z.strictObject({}));
export const recallOpenResponse = z.strictObject({
  recallId: wire.id,
  version: z.int().min(1),
  keepers: z.array(z.strictObject({ keeper: wire.name, publicKey: wire.element })),
});

/**
 * wallet → keeper, POST /recall/setup, signed by the version's setup key: the one evaluation with which new
 * words are set, before the version is in force. A keeper gives it once per version (again for the very same
 * element), so that nobody can store up guesses against words that are yet to be chosen.
 */
export const recallSetupRequest = signed(
  z.strictObject({ recallId: wire.id, version: z.int().min(1), blinded: wire.element }),
);
export const recallSetupResponse = z.strictObject({ evaluated: wire.element, proof: wire.bytes(64) });

/**
 * What is stored as `blob`: core's recall blob, in which s and R are sealed (DIVERGENCES D4). `v: 1`, read and no
 * longer made: R stands in clear beside it, signed with the refill key that only S gives.
 */
export const recallEnvelope = z.discriminatedUnion('v', [
  z.strictObject({ v: z.literal(2), sealed: wire.bytesUpTo(2000) }),
  z.strictObject({
    v: z.literal(1),
    sealed: wire.bytesUpTo(2000),
    record: signed(z.strictObject({ recallId: wire.id, version: z.int().min(1), recordPoint: wire.point })),
  }),
]);
export type RecallEnvelope = z.infer<typeof recallEnvelope>;

/**
 * What puts a version in force: its refill key (ed25519, drawn from S), signed by the version's setup key under
 * `recallInForce`. The registrar only carries it: with a refill key of its own it could count tries anew at will.
 */
export const recallInForce = z.strictObject({
  recallId: wire.id,
  version: z.int().min(1),
  refillKey: wire.verifyingKey,
});

/** wallet → registrar, POST /recall/blob: what the words open. `setupSignature`: over `recallInForce`. */
export const recallStoreRequest = walletCall(
  'recall-store',
  z.strictObject({
    recallId: wire.id,
    version: z.int().min(1),
    blob: wire.bytesUpTo(4000),
    refillKey: wire.verifyingKey,
    setupSignature: wire.signature,
  }),
);

const recallEvaluation = {
  recallId: wire.id,
  version: z.int().min(1),
  blinded: wire.element,
  sessionKey: wire.verifyingKey,
};

/**
 * wallet → keeper, POST /recall/evaluation, by an id token or a referee's word (referee-word.ts). The keeper checks the id token itself: issuer and audience of the
 * policy, nonce = H("recall", session key, policy serial), age, used once, subject on the list, budget left.
 */
export const recallEvaluationRequest = signed(
  z.union([
    z.strictObject({ ...recallEvaluation, idToken: z.string().max(8000) }),
    z.strictObject({ ...recallEvaluation, assertion: refereeAssertion }),
  ]),
);
export const recallEvaluationResponse = z.strictObject({
  evaluated: wire.element,
  /** RFC 9497 proof (c, s), 64 bytes. */
  proof: wire.bytes(64),
  triesLeft: wire.count,
  triesLeftToday: wire.count,
});
export type RecallEvaluationResponse = z.infer<typeof recallEvaluationResponse>;

/** registrar → keeper, POST /recall/refill-keys: a version is in force; the wallet that set it up says so. */
export const refillKeyRequest = signed(recallInForce.extend({ setupSignature: wire.signature }));
/**
 * wallet → this keeper, POST /recall/refill, signed by the refill key: the words were right, so the tries in all
 * count anew. Those of the day do not.
 */
export const refillRequest = signed(
  z.strictObject({ keeper: wire.name, recallId: wire.id, version: z.int().min(1), nonce: wire.id }),
);

/**
 * wallet → this keeper, POST /recall/tries, signed by the refill key of the version in force: how often the words
 * were tried, and whether somebody came back with them. So a device that has the secret learns of tries that were
 * not its person's. Changes nothing; `day` is the wallet's today.
 */
export const recallTriesRequest = signed(
  z.strictObject({ keeper: wire.name, recallId: wire.id, day: wire.day }),
);
export const recallTriesResponse = z.strictObject({
  /** Since the last success, or since these words are in force. */
  tries: wire.count,
  since: wire.day.nullable(),
  triesLeft: wire.count,
  triesLeftToday: wire.count,
  /** Of all words that this record ever had. */
  triesEver: wire.count,
  lastTry: wire.day.nullable(),
  returnsEver: wire.count,
  lastReturn: wire.day.nullable(),
});
export type RecallTriesResponse = z.infer<typeof recallTriesResponse>;

/** wallet → registrar, POST /reset/objection: any old device of the person stops a reset. */
export const resetObjection = z.strictObject({
  recordPoint: wire.point,
  nonce: wire.id,
  proof: wire.bytesUpTo(400),
});
