/**
 * Policies of platforms at /admin: which holds, which held, which is to come; what one would do, in numbers; and the
 * announcement of the next, which is on the record before it is on its way into the log.
 */
import { changesBetween } from '@answerable/protocol/platform/changes';
import { platformPolicy } from '@answerable/protocol/platform-policy';
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';
import { recordAlone } from '../console/record.ts';
import type { GatewayParts } from '../parts.ts';
import { platformNamed } from './admin-api.ts';
import { adminOperation } from './admin-doors.ts';
import type { DescribedApi } from './described.ts';

const words = z.string();
const kept = z.strictObject({
  serial: z.number(),
  hash: words,
  announced: words,
  effective: words,
  place: z.number().nullable(),
  policy: platformPolicy,
});
const wish = z.strictObject({ policy: platformPolicy });

export function mountAdminPolicies(api: DescribedApi, parts: GatewayParts): void {
  const { platformPolicies, policies, console: own, clock, deliver } = parts;
  adminOperation(
    api,
    'viewer',
    {
      method: 'get',
      path: '/admin/platforms/:platform/policies',
      summary: 'Every policy of a platform, newest first, and the serial of the one in force',
      reply: z.strictObject({ inForce: z.number(), policies: z.array(kept) }),
      refuses: ['not_found'],
    },
    async ({ c }) => {
      const { name } = platformNamed(parts, c.req.param('platform'));
      const { serial } = await platformPolicies.inForce(name);
      return { inForce: serial, policies: await platformPolicies.history(name) };
    },
  );
  adminOperation(
    api,
    'viewer',
    {
      method: 'post',
      path: '/admin/platforms/:platform/policies/trials',
      summary:
        'What a policy would change, in words, and whom it would touch, in numbers; nothing is announced',
      body: wish,
      reply: z.strictObject({ changes: z.array(words), numbers: z.record(words, z.unknown()) }),
      refuses: ['not_found'],
    },
    async ({ body: { policy }, c }) => {
      const name = ofThisPlatform(c.req.param('platform'), policy.platform);
      const [newest] = await platformPolicies.history(name);
      const changes = newest ? changesBetween(newest.policy, policy).map(({ says }) => says) : [];
      return { changes, numbers: { ...(await platformPolicies.dryRun(policy)) } };
    },
  );
  adminOperation(
    api,
    'admin',
    {
      method: 'post',
      path: '/admin/platforms/:platform/policies',
      summary: 'Announces the next policy of a platform',
      description:
        'It binds from its day on, 14 days after it stood in the log at the earliest; every account is told.',
      body: wish,
      reply: z.strictObject({ policies: z.array(kept) }),
      refuses: ['not_found'],
    },
    async ({ body: { policy }, c, caller }) => {
      const name = ofThisPlatform(c.req.param('platform'), policy.platform);
      const listed = policies.current().grounds.map(({ id }) => id);
      if (!policy.grounds.every((id) => listed.includes(id)))
        throw new Refusal('malformed', 'policy.grounds');
      const serial = policy.serial ?? 1;
      await recordAlone(own.db, clock.now(), caller.name, {
        kind: 'policy-announcement-asked',
        platform: name,
        serial,
      });
      await platformPolicies.announce(name, policy);
      // From here on it stands recorded, and upkeep sends what could not be sent now.
      await deliver().catch(() => {});
      return { policies: await platformPolicies.history(name) };
    },
  );

  function ofThisPlatform(asked: string | undefined, said: string): string {
    const { name } = platformNamed(parts, asked);
    if (said !== name) throw new Refusal('malformed', 'policy.platform');
    return name;
  }
}
