/**
 * GET /enrolment/callback: the browser comes back from the evidence provider. The registrar exchanges the
 * code, verifies what is said, looks whether the person is known (identify.ts), and sends the browser on to
 * the wallet it came from.
 * Must never: show in the wallet's address more than a session and a code, or in an error what was said.
 */
import type { Clock } from '@answerable/kit/clock';
import { dayOf } from '@answerable/kit/clock';
import type { Journal } from '@answerable/kit/journal';
import { describeError } from '@answerable/kit/journal';
import type { PolicySource } from '@answerable/kit/policy-source';
import { enrolledFragment } from '@answerable/protocol/enrolment/session';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { EvidenceAdapters } from './evidence/adapters.ts';
import { type IdentifyNeeds, identify } from './identify.ts';
import { randomId } from './random-id.ts';
import { countJoin, nonceOf } from './session-call.ts';
import type { SessionRow } from './store.ts';

interface Needs extends IdentifyNeeds {
  policies: PolicySource;
  clock: Clock;
  evidence: EvidenceAdapters;
  journal: Journal;
}

export function receiveEvidence(needs: Needs) {
  const { store, clock, journal } = needs;
  return async (c: Context) => {
    const query = new URL(c.req.url).searchParams;
    const loginState = query.get('state') ?? '';
    const session = await store.takeLogin(loginState, clock.now());
    if (!session) throw new Refusal('session_unknown');
    const day = dayOf(clock.now());
    const count = (outcome: string) => countJoin(session, outcome, day, store);
    try {
      // Of two steps the first is coming back; the second is only going on.
      if (!needs.shelf.halfway(session.id, clock.now())) await count('back');
      const code = await take(session, query, loginState, needs);
      return c.redirect(backTo(session, { code }), 303);
    } catch (error) {
      const refusal = error instanceof Refusal ? error.code : 'internal';
      if (refusal === 'internal') journal.error('unexpected error', describeError(error));
      await count(`refused.${refusal}`);
      await store.count(day, `refused.${refusal.replaceAll('_', '-')}`);
      return c.redirect(backTo(session, { refusal }), 303);
    }
  };
}

async function take(
  session: SessionRow,
  query: URLSearchParams,
  loginState: string,
  needs: Needs,
): Promise<string> {
  const { policies, evidence, shelf, clock } = needs;
  const halfway = shelf.halfway(session.id, clock.now());
  const received = await evidence(session.route).receive(query, {
    nonce: nonceOf(session, policies.current()),
    state: loginState,
    ...(halfway === undefined ? {} : { signedInAs: halfway.subject }),
  });
  if ('evidence' in received) return identify(session, received.evidence, needs);
  // Signed in, and no more: the wallet looks at the second address as it did at the first.
  const code = randomId();
  shelf.putHalfway(session.id, { ...received.signedIn, code, expires: session.expires });
  return code;
}

function backTo(session: SessionRow, outcome: { code: string } | { refusal: string }): string {
  return `${session.wallet_origin}/${enrolledFragment(session.id, outcome)}`;
}
