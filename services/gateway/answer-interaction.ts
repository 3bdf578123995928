/**
 * POST /interaction/:request/answer: takes an account in, or signs one in (PROTOCOL §4.2–4.3); a later
 * sign-in is a signature, not a presentation (DIVERGENCES D2).
 * decode → verify → decide and record in one transaction → act: the interaction goes on → reply.
 * Must never: act before the record; journal who it was.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { dayOf } from '@answerable/kit/clock';
import { verifySignature } from '@answerable/kit/keys';
import { problemOf } from '@answerable/kit/problem';
import { readJson } from '@answerable/kit/read-json';
import { signInBytes } from '@answerable/protocol/admission/account-proof';
import {
  admissionAnswer,
  type answerAccepted,
  type NewAccount,
  type PresentAgain,
  type SignIn,
} from '@answerable/protocol/admission/answer';
import { admissionRequestHash, type SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { z } from 'zod';
import { attach } from './claims/claim-store.ts';
import { type Asking, findAsking, requireOwnPage } from './interaction.ts';
import { type GatewayParts, platformOf } from './parts.ts';
import { refusalOf, refusalOfSlot, standingOf } from './policy.ts';
import { isDue } from './presenting/due.ts';
import { presentAgain } from './presenting/present-again.ts';
import { verifyNewAccount } from './verify-new-account.ts';

const answerBytesMax = 16 * 1024;

export function answerInteraction(parts: GatewayParts) {
  const { store, clock, config, events, doors } = parts;
  return async (c: Context) => {
    requireOwnPage(c, config.origin);
    const answer = await readJson(c, admissionAnswer, answerBytesMax);
    const asking = await findAsking(c, parts);
    if (answer.request !== asking.id) throw new Refusal('malformed', 'request');
    const kept = await store.request(asking.id);
    if (!kept) throw new Refusal('request_unknown');
    if (kept.expires_at <= clock.now()) throw new Refusal('nonce_expired');
    const reply: z.infer<typeof answerAccepted> = { resume: '' };
    try {
      const presented = <T>(verify: () => Promise<T>) => doors.present(c, isProofFailed, verify);
      const sub = kept.spent
        ? await recordedBefore(answer, asking, parts)
        : answer.kind === 'new-account'
          ? await presented(() => admit(answer, kept.signed, parts))
          : answer.kind === 'present-again'
            ? await presented(() => presentAgain(answer, kept.signed, parts))
            : await signIn(answer, kept.signed, parts);
      // From here on the account stands recorded; a crash now is repaired by sending the same answer again.
      reply.resume = await asking.goOn(sub);
    } catch (error) {
      events.refused(problemOf(error).code);
      throw error;
    }
    return c.json(reply);
  };
}

/** A proof that fails is what costs; every other no is said before it, or to somebody whose proof held. */
const isProofFailed = (error: unknown): boolean =>
  ['presentation_refused', 'malformed'].includes(problemOf(error).code);

async function admit(
  answer: NewAccount,
  signed: SignedAdmissionRequest,
  parts: GatewayParts,
): Promise<string> {
  const { store, events, config, platformPolicies } = parts;
  const admission = await verifyNewAccount(answer, signed, parts);
  // The policy that the person was shown and agreed to, which is the one in the request.
  const { accountsMax } = signed.message.platformPolicy;
  const { platform } = signed.message.scope;
  platformOf(config, { name: platform });
  const { claim } = (await platformPolicies.inForce(platform)).policy;
  await store.admit(
    admission,
    (sanctions, slots) =>
      refusalOf(standingOf(sanctions, admission.now.toISOString()).standing) ??
      refusalOfSlot(answer.slot, { slots, accountsMax }),
    (trx) =>
      attach(trx, {
        platform,
        request: answer.request,
        claims: signed.message.claims,
        handle: answer.handle,
        sub: admission.sub,
        day: admission.record.day,
        until: claim?.until,
      }),
  );
  events.admitted();
  return admission.sub;
}

async function signIn(answer: SignIn, signed: SignedAdmissionRequest, parts: GatewayParts): Promise<string> {
  const { store, clock, events } = parts;
  const requestHash = admissionRequestHash(signed.message);
  const key = fromBase64url(answer.accountKey, 'accountKey');
  if (!verifySignature(fromBase64url(answer.signature, 'signature'), signInBytes(requestHash), key))
    throw new Refusal('signature_refused');
  const known = await store.standingByKey(answer.accountKey);
  if (known?.account.platform !== signed.message.scope.platform) throw new Refusal('account_unknown');
  const { account, epoch, sanctions } = known;
  if (account.closed_day !== null) throw new Refusal('account_closed');
  const now = clock.now();
  const held = standingOf(sanctions, now.toISOString(), account.sub);
  const refusal = refusalOf(held.standing);
  if (refusal) throw new Refusal(refusal);
  if (await isDue({ sub: account.sub, epoch }, parts)) throw new Refusal('present_again');
  await store.signIn(
    account.sub,
    answer.request,
    { day: dayOf(now), requestHash, signature: answer.signature },
    now,
  );
  events.signedIn();
  return account.sub;
}

/**
 * The nonce is spent. If this very answer spent it and the process ended before the interaction went on, it
 * goes on now; in every other case the answer is a repetition.
 */
async function recordedBefore(
  answer: NewAccount | SignIn | PresentAgain,
  asking: Asking,
  { store, presenting }: GatewayParts,
): Promise<string> {
  const account = await store.accountByKey(answer.accountKey);
  const recorded =
    answer.kind === 'present-again' ? await presenting.last(account?.sub ?? '') : account?.admission;
  const same =
    account !== undefined &&
    answer.kind !== 'sign-in' &&
    recorded?.answer.request === answer.request &&
    recorded.answer.presentation === answer.presentation;
  if (!same || asking.answered) throw new Refusal('nonce_spent');
  return account.sub;
}
