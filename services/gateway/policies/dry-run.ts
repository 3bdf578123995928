/**
 * What a policy would do to the accounts that are here, in numbers: counted by the same questions that the day
 * itself asks. Must never: name an account or a person.
 */

import { changesBetween } from '@answerable/protocol/platform/changes';
import type { PlatformPolicy } from '@answerable/protocol/platform-policy';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Carrier, carriers } from '../claims/carry-out.ts';
import { attachedCounts } from '../claims/claim-end.ts';
import type { Db } from '../store.ts';

export const dryRunReply = z.strictObject({
  /** the day from which it would bind, and for which the numbers hold if nothing else changes until then */
  effective: z.string(),
  changes: z.array(
    z.strictObject({ gravity: z.int(), forWhom: z.string(), says: z.string(), consent: z.boolean() }),
  ),
  accounts: z.strictObject({
    open: z.int(),
    /** taken in under terms that do not have all grounds and all disclosures of this policy: asked again */
    askedAgain: z.int(),
    /** of people who have more accounts than the policy allows: these stay, and no further ones come */
    beyondMax: z.int(),
  }),
  claim: z
    .strictObject({
      until: z.string(),
      afterwards: z.string(),
      known: z.int(),
      attached: z.int(),
      /** meets `afterwards` on the day after `until`, unless attached before */
      unattached: z.int(),
      /** who does it at the platform then */
      carried: z.enum(carriers),
    })
    .nullable(),
});
export type DryRun = z.infer<typeof dryRunReply>;

/** `before`: the newest policy that was announced; `carried`: by whom the end of its claim is. */
export async function dryRun(
  db: Db,
  before: PlatformPolicy,
  policy: PlatformPolicy,
  carried: Carrier,
): Promise<DryRun> {
  const { platform, claim } = policy;
  return {
    effective: policy.effective ?? before.effective ?? '',
    changes: changesBetween(before, policy),
    accounts: await accountCounts(db, policy),
    claim: claim ? { ...claim, ...(await attachedCounts(db, platform)), carried } : null,
  };
}

async function accountCounts(db: Db, policy: PlatformPolicy): Promise<DryRun['accounts']> {
  const [grounds, disclose] = [JSON.stringify(policy.grounds), JSON.stringify(policy.disclose)];
  const { rows } = await sql<{ open: number; asked: number; beyond: number }>`
    select count(*)::int as open,
      count(*) filter (where not (
        admission #> '{request,platformPolicy,grounds}' @> ${grounds}::jsonb and
        admission #> '{request,platformPolicy,disclose}' @> ${disclose}::jsonb))::int as asked,
      count(*) filter (where (
        select count(*) from account as other where other.person = account.person
      ) > ${policy.accountsMax})::int as beyond
    from account where platform = ${policy.platform} and closed_day is null`.execute(db);
  const { open, asked, beyond } = rows[0]!;
  return { open, askedAgain: asked, beyondMax: beyond };
}
