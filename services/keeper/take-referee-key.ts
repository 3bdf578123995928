/**
 * POST /referees, by the registrar of the policy: how the passkey of a referee stands. Additions, pauses and
 * removals are counted by the day, so that the census shows how many referees there are.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { refereeKeyRequest } from '@answerable/protocol/enrolment/referee-word';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import type { Context } from 'hono';
import type { RefereeStore } from './referee-store.ts';

interface Needs {
  policies: PolicySource;
  referees: RefereeStore;
  clock: Clock;
}

export function takeRefereeKey({ policies, referees, clock }: Needs) {
  return async (c: Context) => {
    const body = await readJson(c, refereeKeyRequest);
    const policy = policies.current();
    const said = openSigned(policy.registrar.signingKey, messageLabels.refereeKey, body);
    if (!policy.referees) throw new Refusal('route_unknown');
    await referees.take(said, dayOf(clock.now()));
    return c.json({ ok: true });
  };
}
