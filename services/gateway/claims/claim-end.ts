/**
 * The day after the last day of a claim: accounts that nobody attached get what the policy said, once, and it is
 * written down how many. The dry run counts by the same question.
 */
import { dayOf } from '@answerable/kit/clock';
import { sql } from 'kysely';
import type { GatewayParts } from '../parts.ts';
import { type Db, locking } from '../store.ts';

export interface AttachedCounts {
  known: number;
  attached: number;
  unattached: number;
}

export async function attachedCounts(db: Db, platform: string): Promise<AttachedCounts> {
  const { rows } = await sql<AttachedCounts>`
    select count(*)::int as known, count(sub)::int as attached,
      count(*) filter (where sub is null and ended is null)::int as unattached
    from legacy_account where platform = ${platform}`.execute(db);
  return rows[0]!;
}

/** Upkeep: ends every claim whose last day is over. */
export async function endClaims(
  db: Db,
  { config, clock, platformPolicies }: Pick<GatewayParts, 'config' | 'clock' | 'platformPolicies'>,
): Promise<void> {
  const day = dayOf(clock.now());
  for (const { name: platform } of config.platforms) {
    const { claim } = (await platformPolicies.inForce(platform)).policy;
    if (!claim || day <= claim.until) continue;
    const { until, afterwards } = claim;
    await locking(db, async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtext(${`handles ${platform}`}))`.execute(trx);
      const before = trx.selectFrom('claim_end').select('day').where('platform', '=', platform);
      if (await before.where('until', '=', until).executeTakeFirst()) return;
      const { attached, unattached } = await attachedCounts(trx, platform);
      await trx
        .updateTable('legacy_account')
        .set({ ended: afterwards, ended_day: day })
        .where('platform', '=', platform)
        .where('sub', 'is', null)
        .where('ended', 'is', null)
        .execute();
      await trx.insertInto('claim_end').values({ platform, until, afterwards, day, attached, unattached }).execute();
    });
  }
}
