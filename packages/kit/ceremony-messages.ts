/**
 * The ceremony on the wire (PROTOCOL §2): octets of core/ceremony as base64url, carried between participants by
 * a coordinator who can read all of it and alter none of it. POST /ceremony/<step>, in this order.
 */

import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import type { Complaint } from '@answerable/core/ceremony/deals';
import type { Session } from '@answerable/core/ceremony/message';
import { ceremonyOutcome } from '@answerable/protocol/party-identity';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

const messageBytesMax = 2000;
const participantsMax = 16;

const message = wire.bytesUpTo(messageBytesMax);
const messages = z.array(message).max(participantsMax);

export const ceremonySession = z.strictObject({
  role: z.enum(['opening', 'tag']),
  network: wire.name,
  threshold: z.int().min(2).max(participantsMax),
  /** Participant i (1..n) is participants[i - 1]. */
  participants: z
    .array(z.strictObject({ name: wire.name, signingKey: wire.verifyingKey }))
    .min(3)
    .max(participantsMax),
  nonce: wire.bytes(32),
});
export type CeremonySession = z.infer<typeof ceremonySession>;

export const commitRequest = z.strictObject({ session: ceremonySession });
export const commitResponse = z.strictObject({ message });

export const revealRequest = z.strictObject({ commits: messages });
export const revealResponse = z.strictObject({ message });

export const dealRequest = z.strictObject({ reveals: messages });
/** Each is sealed to its receiver. */
export const dealResponse = z.strictObject({
  deals: z.array(z.strictObject({ to: z.int().min(1).max(participantsMax), message })).max(participantsMax),
});

export const complaint = z.strictObject({
  accuser: z.int(),
  accused: z.int(),
  deal: message,
  ephemeralSecret: wire.bytes(32),
});
/** The deals that are for this participant. */
export const finishRequest = z.strictObject({ deals: messages });
export const finishResponse = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), confirmation: message, transcript: wire.hash }),
  z.strictObject({
    ok: z.literal(false),
    complaints: z.array(complaint).max(participantsMax),
    disagreeing: z.array(z.int()).max(participantsMax),
  }),
]);

export const confirmRequest = z.strictObject({ confirmations: messages });
export const confirmResponse = ceremonyOutcome;

/** GET /ceremony/transcript, once it is over: everything public, for anybody to check. */
export const ceremonyTranscript = z.strictObject({
  session: ceremonySession,
  commits: messages,
  reveals: messages,
  confirmations: messages,
});
export type CeremonyTranscript = z.infer<typeof ceremonyTranscript>;

export const octetsOf = (texts: readonly string[]): Uint8Array[] =>
  texts.map((text) => fromBase64url(text, 'message'));

export function decodeSession({ participants, nonce, ...rest }: CeremonySession): Session {
  return {
    ...rest,
    nonce: fromBase64url(nonce, 'nonce'),
    participants: participants.map(({ name, signingKey }) => ({
      name,
      signingKey: fromBase64url(signingKey, 'signingKey'),
    })),
  };
}

export const encodeComplaint = (c: Complaint): z.infer<typeof complaint> => ({
  ...c,
  deal: toBase64url(c.deal),
  ephemeralSecret: toBase64url(c.ephemeralSecret),
});

export const decodeComplaint = (c: z.infer<typeof complaint>): Complaint => ({
  ...c,
  deal: fromBase64url(c.deal, 'deal'),
  ephemeralSecret: fromBase64url(c.ephemeralSecret, 'ephemeralSecret'),
});
