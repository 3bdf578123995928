/**
 * A call inside an enrolment session: signed by the key that the session began with, in a state in which the
 * call makes sense.
 */
import type { Clock } from '@answerable/kit/clock';
import { evidenceNonce } from '@answerable/protocol/enrolment/session';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned, type Signed } from '@answerable/protocol/signed';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { EvidenceShelf, OnShelf } from './evidence-shelf.ts';
import type { RegistrarStore, SessionRow } from './store.ts';

interface Call<B> {
  session: string;
  call: string;
  body: B;
}

/** Body and session of a call. Refuses `session_unknown`, `signature_refused`, `session_state`. */
export async function openCall<B>(
  signedCall: Signed<Call<B>>,
  states: readonly SessionRow['state'][],
  { store, clock }: { store: RegistrarStore; clock: Clock },
): Promise<{ session: SessionRow; body: B }> {
  const session = await store.session(signedCall.message.session, clock.now());
  if (!session) throw new Refusal('session_unknown');
  const { body } = openSigned(session.wallet_key, messageLabels.walletCall, signedCall);
  if (!states.includes(session.state)) throw new Refusal('session_state');
  return { session, body };
}

/** What the evidence provider is to sign in this session (PROTOCOL §3.1). */
export function nonceOf(session: SessionRow, policy: TrustPolicy): string {
  const begun = {
    purpose: session.purpose,
    walletKey: session.wallet_key,
    ...(session.secret_point === null ? {} : { secretPoint: session.secret_point }),
  };
  return evidenceNonce(begun, policy.registrar.name, policy.serial);
}

/** What was shown in this session. Refuses `session_unknown` when it is over or was lost with a restart. */
export function onShelf(session: string, { shelf, clock }: { shelf: EvidenceShelf; clock: Clock }): OnShelf {
  const kept = shelf.get(session, clock.now());
  if (!kept) throw new Refusal('session_unknown');
  return kept;
}

/**
 * The same, once the wallet has brought the code of the browser in which it was shown (DIVERGENCES D6). Refuses
 * `wrong_browser` before: the person who signed in may not be who began.
 */
export function ownOnShelf(session: string, needs: { shelf: EvidenceShelf; clock: Clock }): OnShelf {
  const kept = onShelf(session, needs);
  if (kept.code !== null) throw new Refusal('wrong_browser');
  return kept;
}

/** Counts how somebody who joins got on with their route (figures.ts); who returns is not counted. */
export async function countJoin(
  { purpose, route }: SessionRow,
  outcome: string,
  day: string,
  store: RegistrarStore,
): Promise<void> {
  if (purpose === 'join') await store.countRoute(day, route, outcome);
}
