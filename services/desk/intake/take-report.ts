/**
 * POST /reports and POST /complaints, as JSON: anybody reports or complains, without an account; the platform
 * with its connector token, and then what it shows counts as seen. What a stranger says about an item is kept,
 * and the platform is asked what it really is and whose.
 */
import { readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { complaint } from '@answerable/protocol/report/complaint';
import { type ItemSnapshot, report, type reportReceipt } from '@answerable/protocol/report/report';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import type { Gate } from './gate.ts';
import { type Recorded, recordComplaint, recordReport } from './record-report.ts';

export const reportBytesMax = 1_200_000;

export function takeReport(parts: DeskParts, { pass }: Gate) {
  return async (c: Context) => {
    const platform = await pass(c);
    const given = storable(await readJson(c, report, reportBytesMax));
    requireOurs(parts, given.items);
    const recorded = await recordReport(parts, given, { platform });
    // From here on the report is on the record; what it sets off stands in the outbox.
    parts.events.reported(given);
    return answer(c, parts, recorded);
  };
}

export function takeComplaint(parts: DeskParts, { pass }: Gate) {
  return async (c: Context) => {
    await pass(c);
    const given = storable(await readJson(c, complaint, reportBytesMax));
    requireOurs(parts, given.items);
    return answer(c, parts, await recordComplaint(parts, given, { platform: false }));
  };
}

function requireOurs({ config }: DeskParts, items: readonly ItemSnapshot[]): void {
  if (items.some((item) => item.platform !== config.platform.name))
    throw new Refusal('malformed', 'items.platform');
}

function answer(c: Context, { clock, outbox }: DeskParts, { receipt }: Recorded) {
  outbox.kick();
  const reply: z.infer<typeof reportReceipt> = { receipt, acknowledged: clock.now().toISOString() };
  return c.json(reply, 201);
}
