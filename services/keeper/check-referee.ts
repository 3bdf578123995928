/**
 * Whether a referee says, freshly and to this session's key, who comes back to which record (PROTOCOL §3.6, §10).
 * The keeper checks the passkey's answer itself, so that no registrar can speak in a referee's place: the origin
 * is the registrar's of the trust policy, the challenge is made here from what was asked, the device asked for a
 * finger, a face or a PIN, and the word is at most ten minutes old. When it was given is the registrar's word;
 * signed for this session and record, a later day gains it nothing.
 */
import type { Clock } from '@answerable/kit/clock';
import { dayOf } from '@answerable/kit/clock';
import { type PasskeyUsed, passkeyRules } from '@answerable/kit/passkey';
import {
  type RefereeAssertion,
  refereeChallenge,
  refereeSubject,
} from '@answerable/protocol/enrolment/referee-word';
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { CheckedToken } from './check-id-token.ts';
import type { RefereeStore } from './referee-store.ts';

const wordAgeMsMax = 600_000;
const clockSkewMsMax = 30_000;

export type CheckReferee = (
  assertion: RefereeAssertion,
  asked: { sessionKey: string; recallId: string },
  policy: TrustPolicy,
) => Promise<CheckedToken>;

/** Refuses `evidence_refused`. */
export function refereeCheck(clock: Clock, referees: RefereeStore): CheckReferee {
  return async (assertion, { sessionKey, recallId }, policy) => {
    const { organisation, listing, at, credential } = assertion;
    const ageMs = clock.now().getTime() - Date.parse(at);
    if (!policy.referees || ageMs > wordAgeMsMax || ageMs < -clockSkewMsMax)
      throw new Refusal('evidence_refused');
    const key = await referees.active(credential);
    if (key?.organisation !== organisation) throw new Refusal('evidence_refused');

    const { registrar, serial: policySerial } = policy;
    const word = { purpose: 'return' as const, secretPoint: null, sessionKey, recallId, organisation, at };
    const token = refereeChallenge({ ...word, registrar: registrar.name, policySerial });
    const rules = passkeyRules({ origin: registrar.origin, title: registrar.title });
    const kept = { credential, publicKey: key.public_key, counter: 0 };
    const counter = await rules
      .checkUsed(answerIn(assertion), kept, (challenge) => challenge === token)
      .catch(() => {
        throw new Refusal('evidence_refused');
      });
    if (!(await referees.isCounterNew(credential, counter, token, dayOf(clock.now()))))
      throw new Refusal('evidence_refused');
    return { subject: refereeSubject(organisation, listing), token };
  };
}

function answerIn({
  credential,
  clientDataJSON,
  authenticatorData,
  signature,
}: RefereeAssertion): PasskeyUsed {
  return {
    id: credential,
    rawId: credential,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON, authenticatorData, signature },
  };
}
