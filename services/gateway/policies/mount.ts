/**
 * Addresses of the room: what anybody may read, what the operator announces or tries (operator token), and what
 * a platform's own server asks before it lets somebody act.
 */
import { requireBearer } from '@answerable/kit/bearer';
import { readJson } from '@answerable/kit/read-json';
import type { ServiceApp } from '@answerable/kit/service';
import { regions, signsSeen } from '@answerable/protocol/platform/where';
import { acts, platformPolicy } from '@answerable/protocol/platform-policy';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { type DescribedApi, operation } from '../api/described.ts';
import type { GatewayParts } from '../parts.ts';
import { mayAct, mays } from './may-act.ts';
import { handPolicies, showPolicy } from './policy-page.tsx';

const policyBytesMax = 16 * 1024;
const announcement = z.strictObject({ policy: platformPolicy });

export function mountPolicies(app: ServiceApp, parts: GatewayParts): void {
  const { config, platformPolicies, deliver } = parts;
  app.get('/policy/:platform', showPolicy(parts));
  app.get('/policy/:platform/history', handPolicies(parts));

  app.use('/operator/policies/*', requireBearer(config.operatorToken));
  const read = async (c: Context) => {
    const { policy } = await readJson(c, announcement, policyBytesMax);
    if (!config.platforms.some(({ name }) => name === policy.platform)) throw new Refusal('not_found');
    requireGrounds(policy.grounds, parts);
    return policy;
  };
  app.post('/operator/policies/announcements', async (c) => {
    const policy = await read(c);
    await platformPolicies.announce(policy.platform, policy);
    // From here on it stands recorded, and upkeep sends what could not be sent now.
    await deliver().catch(() => {});
    return c.json({ policies: await platformPolicies.history(policy.platform) });
  });
  app.post('/operator/policies/dry-runs', async (c) => c.json(await platformPolicies.dryRun(await read(c))));
}

/** Nobody announces a ground that the trust policy does not have: no wallet would answer. */
function requireGrounds(grounds: readonly string[], { policies }: GatewayParts): void {
  const listed = policies.current().grounds.map(({ id }) => id);
  if (!grounds.every((id) => listed.includes(id))) throw new Refusal('malformed', 'policy.grounds');
}

export function mountActs(api: DescribedApi, parts: GatewayParts): void {
  operation(
    api,
    {
      method: 'post',
      path: '/platform/acts',
      summary: 'May this account do this here?',
      description:
        '`sub` null: a visitor, or an account without a person behind it. `region`: where the platform takes them to be, ' +
        'or `seen`: the signs it has; the policy says which count. `to`: the member that a reply or a message is for. ' +
        '`account`: an account from before that nobody has attached yet, by your own name for it: until the last day it does what it did, then what the policy says.',
      body: z
        .strictObject({
          sub: wire.sub.nullable(),
          room: wire.name,
          act: z.enum([...acts, 'mention']),
          to: wire.sub.optional(),
          /** of an account from before the gateway, with `sub` null: what the platform calls it */
          account: z.string().min(1).max(200).optional(),
          /** the two were in touch before, or the member wrote first */
          inTouch: z.boolean().optional(),
          region: z.enum(regions).optional(),
          seen: signsSeen.optional(),
        })
        .refine(({ region, seen }) => !(region && seen), { path: ['seen'] })
        .refine(({ sub, account }) => sub === null || account === undefined, { path: ['account'] }),
      reply: z.strictObject({ may: z.enum(mays), words: z.string() }),
      refuses: ['account_unknown'],
    },
    async ({ body, c }) => mayAct(parts, c.get('platform'), body),
  );
}
