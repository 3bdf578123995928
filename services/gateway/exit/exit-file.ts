/**
 * What a platform needs so that its members keep their accounts when the gateway goes: for each account the name it
 * already has there, its address, and whether it is shut. Nothing in it is news to the platform.
 * Must never: say, by order or otherwise, which accounts are one person's; or hold a closed account.
 */
import { dayOf } from '@answerable/kit/clock';
import * as wire from '@answerable/protocol/wire';
import { sql } from 'kysely';
import { z } from 'zod';
import { platformNamed } from '../api/admin-api.ts';
import { adminOperation } from '../api/admin-doors.ts';
import type { DescribedApi } from '../api/described.ts';
import { recordAlone } from '../console/record.ts';
import type { GatewayParts } from '../parts.ts';
import { standingOf } from '../policy.ts';
import { relayAddress } from '../relay.ts';
import { keptDays } from './leaving.ts';

const accountsMax = 100_000;

export const exitFile = z.strictObject({
  platform: wire.name,
  title: z.string(),
  day: wire.day,
  leaves: wire.day.nullable(),
  keptDays: z.number(),
  accounts: z.array(
    z.strictObject({
      sub: wire.sub,
      handle: z.string(),
      email: z.string().nullable(),
      shut: z.enum(['suspended', 'barred']).nullable(),
      until: wire.day.nullable(),
    }),
  ),
});

export function mountExitFile(api: DescribedApi, parts: GatewayParts): void {
  adminOperation(
    api,
    'operator',
    {
      method: 'post',
      path: '/admin/platforms/:platform/exit-file',
      summary: 'The file with which a platform keeps its members’ accounts without this gateway',
      description: 'It holds what the platform knows already. Give it to the platform and to nobody else.',
      body: z.strictObject({}),
      reply: exitFile,
      refuses: ['not_found'],
    },
    async ({ c, caller }) => {
      const platform = platformNamed(parts, c.req.param('platform'));
      const { console: own, clock, config, store } = parts;
      await recordAlone(own.db, clock.now(), caller.name, {
        kind: 'exit-file-made',
        platform: platform.name,
      });
      // From here on the look is on the record, whatever becomes of the answer.
      const now = clock.now();
      const day = dayOf(now);
      const { rows } = await sql<{ sub: string; handle: string; relay: string | null; person: string }>`
        select sub, handle, relay, person from account
        where platform = ${platform.name} and closed_day is null
        order by sub limit ${accountsMax}`.execute(own.db);
      const accounts = [];
      for (const { sub, handle, relay, person } of rows) {
        const { standing, until } = standingOf(await store.sanctionsOf({ person }), now.toISOString(), sub);
        const shut = standing === 'barred' || standing === 'suspended' ? standing : null;
        const email = relayAddress(relay, config.relayDomain) ?? null;
        accounts.push({ sub, handle, email, shut, until: shut === null ? null : until });
      }
      const { name, policy, leaves = null } = platform;
      return { platform: name, title: policy.title, day, leaves, keptDays: keptDays(platform), accounts };
    },
  );
}
