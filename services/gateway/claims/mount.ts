/**
 * Addresses of the room. The platform names its accounts from before, asks for a code for a member who is signed
 * in there now, and reads back which account became which `sub`; the member's browser brings the code.
 */
import { after, dayOf } from '@answerable/kit/clock';
import type { ServiceApp } from '@answerable/kit/service';
import { afterClaim } from '@answerable/protocol/platform-policy';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { type DescribedApi, operation } from '../api/described.ts';
import { type GatewayParts, platformOf } from '../parts.ts';
import { carrierOf, carriers } from './carry-out.ts';
import { claimSeconds } from './claim-cookie.ts';
import { bindClaim, showClaim } from './claim-page.tsx';

const importMax = 500;
const accountName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u);
const legacy = {
  /** as the platform calls it, for good: a number, an id; never an e-mail address */
  account: accountName,
  /** the name it keeps, as account names are written here */
  handle: z.string().regex(/^[a-z0-9_]{3,30}$/),
};

export function mountClaims(app: ServiceApp, parts: GatewayParts): void {
  app.get('/claim/:code', showClaim(parts));
  app.post('/claim/:code', bindClaim(parts));
}

export function mountClaimsApi(api: DescribedApi, parts: GatewayParts): void {
  const { claims, config, clock, platformPolicies } = parts;
  const requireOpen = async (platform: string) => {
    const { claim } = (await platformPolicies.inForce(platform)).policy;
    if (!claim || dayOf(clock.now()) > claim.until) throw new Refusal('claim_over');
  };
  operation(
    api,
    {
      method: 'post',
      path: '/platform/claims/accounts',
      summary: 'Accounts from before: their names are kept for them, and they are counted',
      description: `At most ${importMax} at once; the same one again is nothing new.`,
      body: z.strictObject({ accounts: z.array(z.strictObject(legacy)).min(1).max(importMax) }),
      reply: z.strictObject({ added: z.int(), known: z.int(), taken: z.int() }),
      refuses: ['claim_over'],
    },
    async ({ body, c }) => {
      await requireOpen(c.get('platform'));
      return claims.import(c.get('platform'), body.accounts);
    },
  );
  operation(
    api,
    {
      method: 'post',
      path: '/platform/claims',
      summary: 'The member who is signed in now wants to attach this account to their person',
      description:
        'Send the member’s browser to `address`, at once and nobody else. It comes back to `returnTo`, which begins an ordinary sign-in.',
      body: z.strictObject({ ...legacy, returnTo: z.url().max(300) }),
      reply: z.strictObject({ address: z.string(), expires: wire.instant }),
      refuses: ['claim_over', 'account_attached', 'handle_taken'],
    },
    async ({ body, c }) => {
      const platform = platformOf(config, { name: c.get('platform') });
      const own = platform.redirectUris.map((uri) => new URL(uri).origin);
      if (!own.includes(new URL(body.returnTo).origin)) throw new Refusal('malformed', 'returnTo');
      await requireOpen(platform.name);
      const expires = after(clock.now(), { seconds: claimSeconds });
      const { account, handle, returnTo } = body;
      const code = await claims.issue(platform.name, { account, handle }, returnTo, expires);
      return { address: `${config.origin}/claim/${code}`, expires: expires.toISOString() };
    },
  );
  const state = z.strictObject({
    ...legacy,
    sub: wire.sub.nullable(),
    attached_day: wire.day.nullable(),
    ended: z.enum(afterClaim).nullable(),
    ended_day: wire.day.nullable(),
  });
  operation(
    api,
    {
      method: 'get',
      path: '/platform/claims',
      summary: 'Accounts from before, in order of their name, and what each became; and how a claim ended',
      description: '`account`: this one only, which need not be known.',
      query: z.object({ after: z.string().max(200).optional(), account: accountName.optional() }),
      reply: z.strictObject({
        accounts: z.array(state),
        ends: z.array(
          z.strictObject({
            until: wire.day,
            afterwards: z.enum(afterClaim),
            day: wire.day,
            attached: z.int(),
            unattached: z.int(),
            carried: z.enum(carriers),
          }),
        ),
      }),
    },
    async ({ query, c }) => ({
      accounts: await claims.list(c.get('platform'), query),
      ends: await claims.ended(c.get('platform')),
    }),
  );
  operation(
    api,
    {
      method: 'get',
      path: '/platform/claims/last-day',
      summary:
        'What the last day brings to whom; afterwards, what it brought, and what is not done at the platform',
      description:
        '`carried`: `gateway`, if it does this at the platform through its connector; `platform`, if that is yours to do.',
      query: z.object({ after: z.string().max(200).optional() }),
      reply: z.strictObject({
        until: wire.day,
        carried: z.enum(carriers),
        accounts: z.array(z.strictObject({ ...legacy, brings: z.enum(afterClaim) })),
        notDone: z.array(z.strictObject({ account: accountName, words: z.string() })),
      }),
      refuses: ['claim_over'],
    },
    async ({ query, c }) => {
      const name = c.get('platform');
      const { claim } = (await platformPolicies.inForce(name)).policy;
      const last = claim ?? (await claims.ended(name)).at(-1);
      if (!last) throw new Refusal('claim_over');
      const { until, afterwards } = last;
      const ended = (await claims.ended(name)).find((one) => one.until === until);
      const carried = ended?.carried ?? carrierOf(platformOf(config, { name }), afterwards);
      return { until, carried, ...(await claims.lastDay(name, { afterwards }, query.after ?? '')) };
    },
  );
}
