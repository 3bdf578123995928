/**
 * A sign-in that presents again (PROTOCOL §3.8): verified just as an admission, for an account that exists: same
 * person, same account key, same notice handle. Slot, handle, `sub` and the grounds on which the account can be
 * opened stay those of its admission.
 * Must never: make an account, or say which part of a proof failed.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { dayOf } from '@answerable/kit/clock';
import { verifySignature } from '@answerable/kit/keys';
import { signInBytes } from '@answerable/protocol/admission/account-proof';
import type { PresentAgain } from '@answerable/protocol/admission/answer';
import { admissionRequestHash, type SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import { Refusal } from '@answerable/protocol/refusal';
import type { GatewayParts } from '../parts.ts';
import { refusalOf, standingOf } from '../policy.ts';
import { verifyNewAccount } from '../verify-new-account.ts';

/** Returns the account's `sub`. */
export async function presentAgain(
  answer: PresentAgain,
  signed: SignedAdmissionRequest,
  parts: GatewayParts,
): Promise<string> {
  const { store, presenting, clock, events } = parts;
  const { message: request, signature: requestSignature } = signed;
  const requestHash = admissionRequestHash(request);
  const key = fromBase64url(answer.accountKey, 'accountKey');
  if (!verifySignature(fromBase64url(answer.signature, 'signature'), signInBytes(requestHash), key))
    throw new Refusal('signature_refused');
  const account = await store.accountByKey(answer.accountKey);
  if (account?.platform !== request.scope.platform) throw new Refusal('account_unknown');
  if (account.closed_day !== null) throw new Refusal('account_closed');
  const decide = (sanctions: Parameters<typeof standingOf>[0]) =>
    refusalOf(standingOf(sanctions, clock.now().toISOString(), account.sub).standing);
  const refusal = decide(await store.sanctionsOf(account));
  if (refusal) throw new Refusal(refusal);
  if (answer.noticeHandle !== account.admission.answer.noticeHandle)
    throw new Refusal('presentation_refused');
  const { kind: _, signature: _signIn, ...facts } = answer;
  const { slot, handle } = account;
  const { pseudonym, claims, now } = await verifyNewAccount(
    { kind: 'new-account', ...facts, slot, handle },
    signed,
    parts,
  );
  const record = { v: 1 as const, request, requestSignature, answer, day: dayOf(now) };
  await presenting.keep(account, { pseudonym, claims, record, requestHash, now }, decide);
  events.signedIn();
  return account.sub;
}
