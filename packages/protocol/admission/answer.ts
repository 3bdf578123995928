/**
 * wallet → gateway, POST /interaction/:request/answer: a new account (a presentation), a sign-in to one that
 * exists (a signature with the account key), or a sign-in that presents again, once per epoch (both). PROTOCOL
 * §3.8, §4.2–4.3.
 */
import { z } from 'zod';
import * as wire from '../wire.ts';

export const presentationBytesMax = 4_000;

export const newAccount = z.strictObject({
  kind: z.literal('new-account'),
  request: wire.bytesUpTo(48),
  /** Which of the person's k accounts here: 1..k. */
  slot: z.int().min(1).max(8),
  epoch: wire.count,
  checkpoint: wire.checkpointSeen,
  accountKey: wire.verifyingKey,
  /** ν = H(κ). */
  noticeHandle: wire.hash,
  presentation: wire.bytesUpTo(presentationBytesMax),
  /** ed25519 by the account key over {request hash, H(presentation)} under `accountProof`. */
  accountProof: wire.signature,
  /** The name to be seen under; the platform may ask for another. */
  handle: z.string().regex(/^[a-z0-9_]{3,30}$/),
});
export type NewAccount = z.infer<typeof newAccount>;

export const signIn = z.strictObject({
  kind: z.literal('sign-in'),
  request: wire.bytesUpTo(48),
  accountKey: wire.verifyingKey,
  /** ed25519 by the account key over {request hash} under `signIn`. */
  signature: wire.signature,
});
export type SignIn = z.infer<typeof signIn>;

/** An account that exists, shown once more to be the same person's, under the policy of now (spec/presenting-again.md). */
export const presentAgain = z.strictObject({
  kind: z.literal('present-again'),
  request: wire.bytesUpTo(48),
  epoch: wire.count,
  checkpoint: wire.checkpointSeen,
  accountKey: wire.verifyingKey,
  noticeHandle: wire.hash,
  presentation: wire.bytesUpTo(presentationBytesMax),
  /** As in a new account. */
  accountProof: wire.signature,
  /** As in a sign-in. */
  signature: wire.signature,
});
export type PresentAgain = z.infer<typeof presentAgain>;

export const admissionAnswer = z.discriminatedUnion('kind', [newAccount, signIn, presentAgain]);
export type AdmissionAnswer = z.infer<typeof admissionAnswer>;

/** Where the browser goes on to: the gateway's own OpenID resume address. */
export const answerAccepted = z.strictObject({ resume: z.url().max(2000) });

/** A refusal `barred` or `suspended` at admission points the wallet at its inbox: POST /account/calls. */
