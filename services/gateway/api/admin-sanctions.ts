/**
 * Sanctions at /admin: what platforms did not take, and sanctions by hand for an admin who has a case and a reason
 * (sanctions/by-hand.ts).
 * Must never: answer how many accounts a sanction holds.
 */
import { checkShape } from '@answerable/kit/read-json';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { doneByHand, lookAt, tryAgain, undoneActs } from '../console/undone.ts';
import type { GatewayParts } from '../parts.ts';
import { drawSanction, imposeByHand, liftByHand, reasonByHand, wishFields } from '../sanctions/by-hand.ts';
import { platformNamed } from './admin-api.ts';
import { adminOperation } from './admin-doors.ts';
import type { DescribedApi } from './described.ts';

const words = z.string();
const nothing = z.strictObject({});
const ok = z.strictObject({ ok: z.literal(true) });

export function mountUndone(api: DescribedApi, parts: GatewayParts): void {
  const idIn = (c: { req: { param(name: 'act'): string | undefined } }) =>
    checkShape(c.req.param('act'), wire.hash);
  adminOperation(
    api,
    'viewer',
    {
      method: 'get',
      path: '/admin/undone',
      summary: 'Acts that a platform did not take: what waits, and what a person does by hand',
      reply: z.strictObject({
        acts: z.array(
          z.strictObject({
            id: words,
            platform: words,
            what: words,
            because: z.enum(['sanction', 'last-day']),
            state: z.enum(['waits', 'by-hand']),
            attempts: z.number(),
            words,
          }),
        ),
      }),
    },
    async () => ({ acts: await undoneActs(parts) }),
  );
  adminOperation(
    api,
    'operator',
    {
      method: 'post',
      path: '/admin/undone/:act/look',
      summary: 'Which account an act is about, in the platform’s own name for it',
      description: 'For who does it by hand there. Each look is on the record.',
      body: nothing,
      reply: z.strictObject({ platform: words, handle: words, sub: words, words }),
      refuses: ['not_found'],
    },
    async ({ c, caller }) => lookAt(parts, caller.name, idIn(c)),
  );
  adminOperation(
    api,
    'operator',
    {
      method: 'post',
      path: '/admin/undone/:act/done',
      summary: 'A person has done it at the platform',
      body: nothing,
      reply: ok,
      refuses: ['not_found'],
    },
    async ({ c, caller }) => {
      await doneByHand(parts, caller.name, idIn(c));
      return { ok: true as const };
    },
  );
  adminOperation(
    api,
    'operator',
    {
      method: 'post',
      path: '/admin/undone/retries',
      summary: 'Tries everything that waits now',
      body: nothing,
      reply: ok,
    },
    async ({ caller }) => {
      await tryAgain(parts, caller.name);
      return { ok: true as const };
    },
  );
}

export function mountSanctionsByHand(api: DescribedApi, parts: GatewayParts): void {
  adminOperation(
    api,
    'admin',
    {
      method: 'post',
      path: '/admin/sanctions',
      summary: 'A sanction by hand, with a case and a reason',
      description:
        'The holder reads the reason and can appeal at the desk, which must know the case. `until` is null for a warning only; `from` is a later day on which it begins. The same `sanction` twice is one.',
      body: z
        .strictObject({ sanction: wire.id.optional(), ...wishFields })
        .refine(({ step, until }) => (step === 'warn') === (until === null), { path: ['until'] }),
      reply: z.strictObject({ sanction: wire.id }),
      refuses: ['not_found', 'account_unknown', 'step_not_taken', 'person_not_held', 'key_taken'],
    },
    async ({ body, caller }) => {
      const { sanction = drawSanction(), ...wish } = body;
      platformNamed(parts, wish.platform);
      await imposeByHand(parts, caller.name, sanction, wish);
      return { sanction };
    },
  );
  adminOperation(
    api,
    'admin',
    {
      method: 'post',
      path: '/admin/sanctions/:sanction/lift',
      summary: 'Lifts a sanction, with a reason that its holder reads; the person’s others stand as they did',
      body: z.strictObject({ reason: reasonByHand }),
      reply: ok,
      refuses: ['not_found'],
    },
    async ({ c, body, caller }) => {
      await liftByHand(parts, caller.name, c.req.param('sanction'), body.reason);
      return { ok: true as const };
    },
  );
}
