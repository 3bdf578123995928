/**
 * What a platform's server says for its members: wishes, blocks, and that somebody wants to reach them; and where
 * it sends them to read who knocks.
 */
import { dayOf } from '@answerable/kit/clock';
import { checkShape } from '@answerable/kit/read-json';
import { reachWishes } from '@answerable/protocol/admission/reach';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { type DescribedApi, operation } from '../api/described.ts';
import type { GatewayParts } from '../parts.ts';

const done = z.strictObject({ ok: z.literal(true) });
const blocking = z.strictObject({ owner: wire.sub, blocked: wire.sub });
const ok = { ok: true } as const;

export function mountTargets(api: DescribedApi, { config, targets, store, clock }: GatewayParts): void {
  const today = () => dayOf(clock.now());
  operation(
    api,
    {
      method: 'get',
      path: '/platform/wallet',
      summary: 'Where a member is sent to read who knocks, and to knock',
      description:
        'The same address for everybody: it names the platform and no account, behind a # that no server reads.',
      reply: z.strictObject({ reach: z.url() }),
    },
    async ({ c }) => ({ reach: reachAddress(config, c.get('platform')) }),
  );
  operation(
    api,
    {
      method: 'get',
      path: '/platform/accounts/:sub/wishes',
      summary: 'Who may reach this member, as far as it can be said of accounts without a person behind them',
      description:
        'For accounts that the platform let in another way. `guarded`: the member has a block; then they must not reach the member at all.',
      reply: z.strictObject({ wishes: reachWishes, guarded: z.boolean() }),
      refuses: ['account_unknown'],
    },
    async ({ c }) => {
      const sub = checkShape(c.req.param('sub'), wire.sub);
      const { there, wishes, guarded } = await targets.facts(c.get('platform'), sub, null);
      if (!there) throw new Refusal('account_unknown');
      return { wishes, guarded };
    },
  );
  operation(
    api,
    {
      method: 'put',
      path: '/platform/accounts/:sub/wishes',
      summary: 'Only answerable accounts may reply to, mention or message this member, each by itself',
      description: 'The member can say the same in the wallet; the last word counts.',
      body: reachWishes,
      reply: done,
      refuses: ['account_unknown'],
    },
    async ({ body, c }) => {
      const sub = checkShape(c.req.param('sub'), wire.sub);
      const account = await store.accountBySub(sub);
      if (account?.platform !== c.get('platform')) throw new Refusal('account_unknown');
      await targets.setWishes(sub, body);
      return ok;
    },
  );
  operation(
    api,
    {
      method: 'post',
      path: '/platform/blocks',
      summary: 'A member blocks an account: it holds the person behind it',
      description:
        'From now on every account that the member has not let in, and was not in touch with before, must knock.',
      body: blocking,
      reply: done,
      refuses: ['account_unknown', 'too_many_requests'],
    },
    async ({ body, c }) => {
      await targets.block(c.get('platform'), body.owner, body.blocked, today());
      return ok;
    },
  );
  operation(
    api,
    {
      method: 'post',
      path: '/platform/blocks/removal',
      summary: 'A member takes a block back',
      body: blocking,
      reply: done,
    },
    async ({ body, c }) => {
      await targets.unblock(c.get('platform'), body.owner, { blocked: body.blocked });
      return ok;
    },
  );
  operation(
    api,
    {
      method: 'post',
      path: '/platform/knocks',
      summary: 'Somebody wants to reach a member who is not reached without knocking',
      description:
        'Its holder then knocks in the wallet, and the member reads it there. The answer here is always the same.',
      body: z.strictObject({ from: wire.sub, to: wire.sub }),
      reply: z.strictObject({ knock: z.literal('held') }),
    },
    async ({ body, c }) => {
      await targets.noteDoor(c.get('platform'), body.to, body.from, today());
      return { knock: 'held' } as const;
    },
  );
}

/** The wallet asks which of the person's accounts is meant: only they know. */
const reachAddress = ({ walletOrigin, name }: GatewayParts['config'], platform: string): string =>
  `${walletOrigin}/#/reach?${new URLSearchParams({ gateway: name, platform })}`;
