/**
 * Which steps may be taken against accounts here: those of the policy in force at their platform that their holders
 * have agreed to, at their newest presentation (protocol/platform/steps.ts).
 */
import { after, dayOf } from '@answerable/kit/clock';
import { requireTaken, type StepHere, stepsAgainst } from '@answerable/protocol/platform/steps';
import type { PlatformPolicy } from '@answerable/protocol/platform-policy';
import type { SanctionRequest } from '@answerable/protocol/report/sanction';
import { sql } from 'kysely';
import type { PolicyHistory } from '../policies/policy-history.ts';
import type { Db } from '../store.ts';

/** Desk and gateway may differ by so much about when a day begins. */
const daySlackSeconds = 300;

export interface AccountSteps {
  sub: string;
  platform: string;
  steps: StepHere[];
}

export type Policies = Pick<PolicyHistory, 'inForce'>;

/** Accounts that are not here are left out. */
export async function stepsOfAccounts(
  db: Db,
  policies: Policies,
  subs: readonly string[],
): Promise<AccountSteps[]> {
  if (subs.length === 0) return [];
  const { rows } = await sql<{ sub: string; platform: string; agreed: PlatformPolicy }>`
    select account.sub, platform, coalesce(
      presented_again.record #> '{request,platformPolicy}', admission #> '{request,platformPolicy}') as agreed
    from account left join presented_again on presented_again.sub = account.sub
    where account.sub in (${sql.join([...subs])}) order by account.sub`.execute(db);
  return Promise.all(
    rows.map(async ({ sub, platform, agreed }) => {
      const { policy } = await policies.inForce(platform);
      return { sub, platform, steps: stepsAgainst(policy, agreed) };
    }),
  );
}

/** Throws Refusal `step_not_taken` or `person_not_held`. An account that is not here is somebody else's to refuse. */
export function requireStep(
  known: Pick<AccountSteps, 'steps'> | undefined,
  { step, holds, until, from }: Pick<SanctionRequest, 'step' | 'holds' | 'until' | 'from'>,
  now: Date,
): void {
  const today = dayOf(after(now, { seconds: daySlackSeconds }));
  const begins = from === undefined ? today : dayOf(new Date(from));
  if (known) requireTaken(known.steps, { step, holds, until }, begins > today ? begins : today);
}
