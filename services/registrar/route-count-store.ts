/**
 * How many people took which route, and how it ended, by day: no person, no time of day. Whoever can modify
 * these rows can make a route look better than it is; nothing else hangs on them.
 */
import { type Kysely, sql } from 'kysely';
import type { RouteCount } from './figures.ts';
import type { RegistrarTables } from './schema.ts';

export function routeCountQueries(db: Kysely<RegistrarTables>) {
  return {
    /** `begun`, `back`, `completed` or `refused.<code>`; of people who join, not of those who return. */
    async countRoute(day: string, route: string, outcome: string): Promise<void> {
      await sql`insert into route_count (day, route, outcome, count) values (${day}, ${route}, ${outcome}, 1)
        on conflict (day, route, outcome) do update set count = route_count.count + 1`.execute(db);
    },

    /** Everything since a day, of days that are over. */
    routeCounts(since: string, before: string): Promise<RouteCount[]> {
      return db
        .selectFrom('route_count')
        .select(['day', 'route', 'outcome', 'count'])
        .where('day', '>=', since)
        .where('day', '<', before)
        .orderBy('day')
        .execute();
    },
  };
}
