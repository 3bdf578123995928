/**
 * A platform that leaves its gateway, or whose gateway goes: until the end of the day before `leaves` everything is
 * as ever; from that day on nobody is taken in or signed in, and every account there is closed, with the retention
 * of its policy (spec/accounts.md). Closing again changes nothing.
 */
import { dayOf } from '@answerable/kit/clock';
import { sql } from 'kysely';
import { closedDaysDefault } from '../accounts/account-store.ts';
import type { PlatformConfig } from '../config.ts';
import type { GatewayParts } from '../parts.ts';

const closedPerRoundMax = 500;

/** Whether `platform` has left by `now`. */
export const hasLeft = ({ leaves }: Pick<PlatformConfig, 'leaves'>, now: Date): boolean =>
  leaves !== undefined && leaves <= dayOf(now);

/** Days for which what belongs to a closed account is kept. */
export const keptDays = ({ policy }: PlatformConfig): number =>
  policy.retention?.closedDays ?? closedDaysDefault;

/** Upkeep: closes what is open at platforms that have left. */
export async function closeLeft({ config, clock, store, console: { db } }: GatewayParts): Promise<void> {
  const now = clock.now();
  for (const platform of config.platforms.filter((one) => hasLeft(one, now))) {
    const { rows } = await sql<{ sub: string }>`
      select sub from account where platform = ${platform.name} and closed_day is null
      order by sub limit ${closedPerRoundMax}`.execute(db);
    for (const { sub } of rows) await store.close(sub, platform.clientId, dayOf(now));
  }
}
