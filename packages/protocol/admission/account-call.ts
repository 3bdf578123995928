/**
 * wallet → gateway, POST /account/calls: what the holder of an account can do without any platform session,
 * also when barred: read standing, reasons and messages, appeal, answer in a hearing, answer an offer of help, say
 * who may reach them, close the account.
 * Signed by the account key; `at` and `nonce` stop replays.
 */
import { z } from 'zod';
import { signed } from '../signed.ts';
import * as wire from '../wire.ts';
import { reachCalls } from './reach.ts';

export const accountCall = signed(
  z.strictObject({
    gateway: wire.name,
    accountKey: wire.verifyingKey,
    nonce: wire.id,
    at: wire.instant,
    call: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('inbox') }),
      z.strictObject({
        kind: z.literal('appeal'),
        caseId: wire.id,
        track: z.enum(['normal', 'journalism', 'intimate-image']),
        grounds: wire.text(4000),
      }),
      z.strictObject({ kind: z.literal('hearing'), caseId: wire.id, reply: wire.text(4000) }),
      z.strictObject({
        kind: z.literal('wish'),
        caseId: wire.id,
        wish: z.enum(['leave-alone', 'get-in-touch']),
      }),
      z.strictObject({ kind: z.literal('close') }),
      /** more for an appeal that is waiting */
      z.strictObject({ kind: z.literal('evidence'), caseId: wire.id, words: wire.text(4000) }),
      /** everything that is kept about the account */
      z.strictObject({ kind: z.literal('export') }),
      /** whether this account's platform is told the name in the credential, from the next sign-in on */
      z.strictObject({ kind: z.literal('named'), tell: z.boolean() }),
      ...reachCalls,
    ]),
  }),
);
export type AccountCall = z.infer<typeof accountCall>;

/** What is left of a signed call when who is to verify it knows the rest: the key, the gateway, and what was said. */
export const callSeal = z.strictObject({ nonce: wire.id, at: wire.instant, signature: wire.signature });
export type CallSeal = z.infer<typeof callSeal>;

export const inboxItem = z.strictObject({
  kind: z.enum(['statement', 'appeal-outcome', 'hearing', 'help', 'notice']),
  caseId: wire.id,
  day: wire.day,
  title: wire.text(200),
  body: wire.text(6000),
  appealUntil: wire.day.optional(),
});
export type InboxItem = z.infer<typeof inboxItem>;

export const inboxResponse = z.strictObject({
  standing: z.enum(['good', 'warned', 'restricted', 'suspended', 'barred', 'closed']),
  until: wire.day.nullable(),
  items: z.array(inboxItem).max(200),
  /** The next sign-in presents again; `agreed`: hash of the platform policy that the last presentation was under. */
  presentAgain: z.strictObject({ agreed: wire.hash }).optional(),
});
export type InboxResponse = z.infer<typeof inboxResponse>;
export const callAccepted = z.strictObject({ ok: z.literal(true) });
