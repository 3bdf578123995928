/**
 * The day after the last day of a claim: accounts that nobody attached get what the policy said, once, and it is
 * written down how many. The dry run counts by the same question.
 */
import { dayOf } from '@answerable/kit/clock';
import { type Kysely, sql } from 'kysely';
import type { GatewayParts } from '../parts.ts';
import type { GatewayTables } from '../schema.ts';

interface AttachedCounts {
  known: number;
  attached: number;
  unattached: number;
}

export async function attachedCounts(db: Kysely<GatewayTables>, platform: string): Promise<AttachedCounts> {
  const { rows } = await sql<AttachedCounts>`
    select count(*)::int as known, count(sub)::int as attached,
      count(*) filter (where sub is null and ended is null)::int as unattached
    from legacy_account where platform = ${platform}`.execute(db);
  return rows[0]!;
}

/** Upkeep: ends every claim whose last day is over. */
export async function endClaims({
  config,
  clock,
  platformPolicies,
  claims,
}: Pick<GatewayParts, 'config' | 'clock' | 'platformPolicies' | 'claims'>): Promise<void> {
  const day = dayOf(clock.now());
  for (const { name } of config.platforms) {
    const { claim } = (await platformPolicies.inForce(name)).policy;
    if (claim && day > claim.until) await claims.end(name, claim, day);
  }
}
