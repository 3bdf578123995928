/**
 * The assisted route: a referee of an organisation vouches for somebody (PROTOCOL §3.1). The person's wallet shows
 * a short code, the referee types it at the registrar's console and signs with a passkey. What is signed binds one
 * session at one registrar, and at a recall one record; keepers check it themselves, as they check an id token.
 * A registrar could list a referee of its own: it then has the same few counted tries as anybody, and the number
 * of referees stands in each keeper's totals.
 */
import { z } from 'zod';
import { hashOf } from '../canonical.ts';
import { messageLabels } from '../labels.ts';
import { signed } from '../signed.ts';
import * as wire from '../wire.ts';
import { enrolmentPurpose } from './purpose.ts';

/** Read out, heard and typed by people: no vowels, and nothing that looks like something else. */
export const codeAlphabet = 'CDFGHJKMNPQRTVWXY34679';
const codeLetters = 8;
const codePattern = new RegExp(`^[${codeAlphabet}]{${codeLetters}}$`);

/** A new code from random octets, at least 4 for each letter. */
export function codeFrom(octets: Uint8Array): string {
  const view = new DataView(octets.buffer, octets.byteOffset, codeLetters * 4);
  const letters = Array.from(
    { length: codeLetters },
    (_, at) => view.getUint32(at * 4) % codeAlphabet.length,
  );
  const text = letters.map((at) => codeAlphabet[at]).join('');
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}
/** The code as it was meant, however it was typed; refused if it cannot be one. */
export const typedCode = z
  .string()
  .max(40)
  .transform((text) => text.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(codePattern))
  .transform((text) => `${text.slice(0, 4)}-${text.slice(4)}`);

/** What a referee signs; the hash of it is the challenge of the passkey. */
export const refereeWord = z.strictObject({
  purpose: enrolmentPurpose,
  sessionKey: wire.verifyingKey,
  /** S0 of `join` and `reset`. */
  secretPoint: wire.point.nullable(),
  registrar: wire.name,
  policySerial: z.int().min(1),
  /** Of the record that somebody comes back to. */
  recallId: wire.id.nullable(),
  organisation: wire.id,
  at: wire.instant,
});
export type RefereeWord = z.infer<typeof refereeWord>;
export const refereeChallenge = (word: RefereeWord): string => hashOf(messageLabels.refereeWord, word);

const credential = wire.bytesUpTo(1023);

/** The word as a wallet carries it to keepers; what is missing here stands in its own request. */
export const refereeAssertion = z.strictObject({
  organisation: wire.id,
  /** Known to the registrar until somebody comes back: makes the subject say nothing to who reads lists. */
  listing: wire.hash,
  at: wire.instant,
  credential,
  clientDataJSON: wire.bytesUpTo(2000),
  authenticatorData: wire.bytesUpTo(1000),
  signature: wire.bytesUpTo(600),
});
export type RefereeAssertion = z.infer<typeof refereeAssertion>;

/** An organisation that may vouch for one record, as keepers list it: like an evidence account, a hash. */
export const refereeSubject = (organisation: string, listing: string): string =>
  hashOf(messageLabels.refereeSubject, { organisation, listing });

/**
 * registrar → keeper, POST /referees: how the passkey of a referee stands. `change` counts up, so that an old
 * message brings nothing back; one that was removed stays removed.
 */
export const refereeKeyRequest = signed(
  z.strictObject({
    credential,
    organisation: wire.id,
    /** COSE */
    publicKey: wire.bytesUpTo(1000),
    standing: z.enum(['active', 'paused', 'removed']),
    change: z.int().min(1).max(1_000_000),
  }),
);
export type RefereeKeyMessage = z.infer<typeof refereeKeyRequest>['message'];
