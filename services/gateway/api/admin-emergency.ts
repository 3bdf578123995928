/** The emergency sign-in and sanctions that have not begun, at /admin: what the console's pages do, for programs. */
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { ladder } from '@answerable/protocol/report/sanction';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { breakGlassSub } from '../break-glass/account.ts';
import { emergencyFields, publicReason } from '../break-glass/arming.ts';
import { armByHand, endByHand } from '../break-glass/by-hand.ts';
import type { GatewayParts } from '../parts.ts';
import { type SanctionSeen, sanctionsNumbered, sanctionsToCome } from '../sanctions/find-sanctions.ts';
import { adminOperation } from './admin-doors.ts';
import type { DescribedApi } from './described.ts';

export function mountEmergency(api: DescribedApi, parts: GatewayParts): void {
  adminOperation(
    api,
    'admin',
    {
      method: 'post',
      path: '/admin/emergency',
      summary: 'Makes a code for the emergency sign-in at one platform, which opens once, and shows it once',
      description:
        'It opens the operator’s own account there, never a member’s. Everybody can read at /break-glass that it was made, and the reason.',
      body: z.strictObject({ platform: wire.name, ...emergencyFields }),
      reply: z.strictObject({ code: z.string(), minutes: z.int(), sub: wire.sub }),
      refuses: ['not_found'],
    },
    async ({ body, caller }) => ({
      code: await armByHand(parts, caller.name, body),
      minutes: body.minutes,
      sub: breakGlassSub(parts.config, body.platform),
    }),
  );
  adminOperation(
    api,
    'admin',
    {
      method: 'post',
      path: '/admin/emergency/end',
      summary: 'Ends it: no code opens anything, and who came in by one is signed out',
      description:
        'At the platform only where that takes sign-outs. Everybody can read that, and the reason.',
      body: z.strictObject({ platform: wire.name, reason: publicReason }),
      reply: z.strictObject({ ok: z.literal(true) }),
      refuses: ['not_found'],
    },
    async ({ body, caller }) => {
      await endByHand(parts, caller.name, body);
      return { ok: true as const };
    },
  );
}

export function mountSanctionsSeen(api: DescribedApi, { console: { db } }: GatewayParts): void {
  const one = z.strictObject({
    sanction: wire.id,
    caseId: wire.id,
    platform: wire.name.nullable(),
    step: z.enum(ladder),
    holds: z.enum(['person', 'account']),
    state: z.enum(['scheduled', 'holds', 'over', 'lifted']),
    from: wire.instant.nullable(),
    until: wire.day.nullable(),
  });
  const shown = ({ id, case_id, starts_at, phase, lifted, ...rest }: SanctionSeen): z.infer<typeof one> => ({
    sanction: id,
    caseId: case_id,
    from: starts_at?.toISOString() ?? null,
    state: lifted ? 'lifted' : phase === 'begun' ? 'holds' : phase,
    ...rest,
  });
  adminOperation(
    api,
    'admin',
    {
      method: 'get',
      path: '/admin/sanctions/to-come',
      summary: 'Sanctions that have not begun, the next one first, without whom they hold',
      reply: z.strictObject({ sanctions: z.array(one) }),
    },
    async () => ({ sanctions: (await sanctionsToCome(db)).map(shown) }),
  );
  adminOperation(
    api,
    'admin',
    {
      method: 'get',
      path: '/admin/sanctions/numbered/:number',
      summary: 'The sanction of this number, or those of the case that has it, without whom they hold',
      reply: z.strictObject({ sanctions: z.array(one) }),
      refuses: ['not_found'],
    },
    async ({ c }) => {
      const found = await sanctionsNumbered(db, checkShape(c.req.param('number'), wire.id));
      if (found.length === 0) throw new Refusal('not_found');
      return { sanctions: found.map(shown) };
    },
  );
}
