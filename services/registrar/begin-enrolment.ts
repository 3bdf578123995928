/**
 * POST /enrolment: a session for one sign-in and one wallet key (PROTOCOL §3.1). The nonce that the evidence
 * provider will sign is made from what the wallet sent; the wallet checks it before it goes there.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { decodeG1 } from '@answerable/core/curve';
import { after, type Clock, dayOf } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { type BeginResponse, beginRequest, evidenceNonce } from '@answerable/protocol/enrolment/session';
import { Refusal } from '@answerable/protocol/refusal';
import { refereeRoute } from '@answerable/protocol/trust-policy';
import type { Context } from 'hono';
import type { EvidenceAdapters } from './evidence/adapters.ts';
import { randomId } from './random-id.ts';
import type { RegistrarStore } from './store.ts';
import type { WaitingCodes } from './waiting-codes.ts';

interface Needs {
  policies: PolicySource;
  store: RegistrarStore;
  clock: Clock;
  evidence: EvidenceAdapters;
  sessionSeconds: number;
  codes: WaitingCodes;
}

export function beginEnrolment({ policies, store, clock, evidence, sessionSeconds, codes }: Needs) {
  return async (c: Context) => {
    const asked = await readJson(c, beginRequest);
    const policy = policies.current();
    if (!policy.wallets.includes(asked.walletOrigin)) throw new Refusal('party_unknown');
    if ((asked.secretPoint === undefined) !== (asked.purpose === 'return'))
      throw new Refusal('malformed', 'secretPoint');
    const vouched = asked.route === refereeRoute && policy.referees;
    if (!vouched && !policy.evidence.some(({ id }) => id === asked.route)) throw new Refusal('route_unknown');
    if (asked.secretPoint !== undefined) decodeG1(fromBase64url(asked.secretPoint), 'secretPoint');

    const session = randomId();
    const loginState = vouched ? null : randomId();
    const nonce = evidenceNonce(asked, policy.registrar.name, policy.serial);
    const authorizationUrl =
      loginState === null
        ? undefined
        : await evidence(asked.route).authorizationUrl({ nonce, state: loginState });

    await store.addSession({
      id: session,
      purpose: asked.purpose,
      route: asked.route,
      wallet_key: asked.walletKey,
      secret_point: asked.secretPoint ?? null,
      wallet_origin: asked.walletOrigin,
      login_state: loginState,
      state: 'begun',
      record_id: null,
      expires: after(clock.now(), { seconds: sessionSeconds }),
    });
    if (asked.purpose === 'join') await store.countRoute(dayOf(clock.now()), asked.route, 'begun');
    const reply: BeginResponse =
      authorizationUrl === undefined
        ? { session, code: codes.issue(session) }
        : { session, authorizationUrl };
    return c.json(reply);
  };
}
