/**
 * Sanctions at /admin: what platforms did not take, and sanctions by hand for an admin who has a case and a reason.
 * The desk is where cases are decided; this is for the day on which it is away. The holder reads the reason and can
 * appeal. Decode → record in the console's record → record the sanction → tell → reply.
 * Must never: answer how many accounts a sanction holds.
 */
import { randomBytes } from 'node:crypto';
import { dayOf } from '@answerable/kit/clock';
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { ladder } from '@answerable/protocol/report/sanction';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { recordAlone } from '../console/record.ts';
import { doneByHand, lookAt, tryAgain, undoneActs } from '../console/undone.ts';
import type { GatewayParts } from '../parts.ts';
import { platformNamed } from './admin-api.ts';
import { adminOperation } from './admin-doors.ts';
import type { DescribedApi } from './described.ts';

const tellMsMax = 1_500;
const idBytes = 16;
const reasonCharsMax = 2_000;
const drawId = () => randomBytes(idBytes).toString('base64url');
const words = z.string();
const nothing = z.strictObject({});
const ok = z.strictObject({ ok: z.literal(true) });
const reason = z.string().trim().min(10).max(reasonCharsMax);

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
  const { console: own, clock, cases, sanctions, events } = parts;
  adminOperation(
    api,
    'admin',
    {
      method: 'post',
      path: '/admin/sanctions',
      summary: 'A sanction by hand, with a case and a reason',
      description:
        'The holder reads the reason and can appeal at the desk, which must know the case. `until` is null for a warning only. The same `sanction` twice is one.',
      body: z
        .strictObject({
          sanction: wire.id.optional(),
          platform: wire.name,
          handle: z.string().min(1).max(60),
          caseId: wire.id,
          holds: z.enum(['person', 'account']),
          step: z.enum(ladder),
          until: wire.day.nullable(),
          reason,
        })
        .refine(({ step, until }) => (step === 'warn') === (until === null), { path: ['until'] }),
      reply: z.strictObject({ sanction: wire.id }),
      refuses: ['not_found', 'account_unknown', 'step_not_taken', 'key_taken'],
    },
    async ({ body, caller }) => {
      const { handle, reason: why, sanction = drawId(), ...said } = body;
      const { name, policy } = platformNamed(parts, said.platform);
      const now = clock.now();
      const sub = await subOf(name, handle);
      const { caseId, holds, step, until } = said;
      const request = { sanction, caseId, sub, holds, step, until };
      await sanctions.store.requireAllowed(request, now);
      await recordAlone(own.db, now, caller.name, {
        kind: 'sanction-by-hand',
        sanction,
        ...said,
        reason: why,
      });
      // From here on it is on the record who wanted it, whatever becomes of the rest.
      const held = await sanctions.store.impose(request, now);
      events.sanctioned(step);
      const title = `A decision about your account at ${policy.title}`.slice(0, 200);
      const item = { kind: 'statement', caseId, day: dayOf(now), title, body: why } as const;
      await cases.writeInbox({ message: sanction, sub, holds, item });
      await sanctions.teller.settle(held, tellMsMax).catch(() => {});
      return { sanction };
    },
  );
  adminOperation(
    api,
    'admin',
    {
      method: 'post',
      path: '/admin/sanctions/:sanction/lift',
      summary: 'Lifts a sanction, with a reason; the person’s others stand as they did',
      body: z.strictObject({ reason }),
      reply: ok,
      refuses: ['not_found'],
    },
    async ({ c, body, caller }) => {
      const sanction = checkShape(c.req.param('sanction'), wire.id);
      if (!(await sanctions.store.row(sanction))) throw new Refusal('not_found');
      await recordAlone(own.db, clock.now(), caller.name, {
        kind: 'sanction-lifted',
        sanction,
        reason: body.reason,
      });
      const held = await sanctions.store.lift(sanction, clock.now());
      await sanctions.teller.settle(held, tellMsMax).catch(() => {});
      return { ok: true as const };
    },
  );

  async function subOf(platform: string, handle: string): Promise<string> {
    const found = await own.db
      .selectFrom('account')
      .select('sub')
      .where('platform', '=', platform)
      .where('handle', '=', handle)
      .executeTakeFirst();
    if (!found) throw new Refusal('account_unknown');
    return found.sub;
  }
}
