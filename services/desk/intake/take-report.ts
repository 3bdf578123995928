/**
 * POST /reports: anybody reports, without an account; the platform with its connector token, and then what it
 * shows counts as seen. Reports of one thing become one case; what a stranger says about an item is kept, and
 * the platform is asked what it really is and whose.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { requireBearer } from '@answerable/kit/bearer';
import { readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { type Report, report, type reportReceipt } from '@answerable/protocol/report/report';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Happening } from '../casebook.ts';
import { type CaseKind, human, type ItemReference, rule, theDesk } from '../casework/event.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { keepItem, lockItems, type Trx } from '../store.ts';

export const reportBytesMax = 1_200_000;
const idBytes = 16;

export function takeReport(parts: DeskParts) {
  const { config, clock, events, outbox, store } = parts;
  const bearer = requireBearer(config.platform.connectorToken);
  return async (c: Context) => {
    const fromPlatform = c.req.header('authorization') !== undefined;
    if (fromPlatform) await bearer(c, async () => {});
    const given = storable(await readJson(c, report, reportBytesMax));
    if (given.items.some((item) => item.platform !== config.platform.name))
      throw new Refusal('malformed', 'items.platform');
    const receipt = newId();
    const caseId = await store.transaction((trx) => record(trx, given, receipt, fromPlatform, parts));
    // From here on the report is on the record; what it sets off stands in the outbox.
    events.reported(given);
    outbox.kick();
    c.set('caseId', caseId);
    const reply: z.infer<typeof reportReceipt> = { receipt, acknowledged: clock.now().toISOString() };
    return c.json(reply, 201);
  };
}

async function record(
  trx: Trx,
  given: Report,
  receipt: string,
  fromPlatform: boolean,
  { casebook, clock, config }: DeskParts,
): Promise<string> {
  const locators = given.items.map((item) => item.locator);
  await lockItems(trx, locators);
  const seen = fromPlatform ? 'platform' : 'reporter';
  const kept = new Map<string, ItemReference>();
  for (const item of given.items) kept.set(item.locator, await keepItem(trx, item, seen));
  const items = await withDistress(trx, [...kept.values()]);
  const reported = happeningOf(given, items, fromPlatform);
  const joined = await openCaseWith(trx, locators);
  const caseId = joined ?? newId();
  if (joined) await casebook.actWithin(trx, joined, () => [reported]);
  else await casebook.openWithin(trx, caseId, [opening(caseId, given, config), reported, queued]);
  await trx
    .insertInto('report')
    .values({
      receipt,
      case_id: caseId,
      day: clock.now().toISOString().slice(0, 10),
      capacity: given.capacity,
      statement: given.statement,
      wishes: given.wishesToBeTold,
      told_at: null,
    })
    .execute();
  return caseId;
}

const queued: Happening = { actor: theDesk, tool: rule('intake'), body: { kind: 'queued' } };

function opening(caseId: string, given: Report, config: DeskParts['config']): Happening {
  const rules = {
    barNeedsSecond: config.barNeedsSecond ?? true,
    holdsPersons: config.gateway !== null,
    holdHours: config.holdHours ?? 12,
  };
  const body = { kind: 'opened' as const, caseId, caseKind: caseKindOf(given), rules };
  return { actor: theDesk, tool: rule('intake'), body };
}

/** Where a case begins. A moderator can file it elsewhere; a worried friend alone opens the care path. */
function caseKindOf({ reasons, items }: Pick<Report, 'reasons' | 'items'>): CaseKind {
  if (items.some((item) => item.kind === 'page')) return 'page';
  if (reasons.every((reason) => reason === 'worried-about-them')) return 'care';
  return reasons.includes('pile-on') ? 'pile-on' : 'content';
}

function happeningOf(
  { capacity, reasons, characteristics }: Report,
  items: ItemReference[],
  fromPlatform: boolean,
): Happening {
  const tool = fromPlatform ? { ...human, name: 'platform' } : { ...human, name: 'report' };
  // The receipt is the reporter's key to the outcome: the case knows the report under another name.
  const body = { kind: 'reported' as const, report: newId(), capacity, reasons, characteristics, items };
  return { actor: { role: 'reporter', name: 'reporter' }, tool, body };
}

async function openCaseWith(trx: Trx, locators: readonly string[]): Promise<string | undefined> {
  const row = await trx
    .selectFrom('case_item')
    .innerJoin('case_file', 'case_file.case_id', 'case_item.case_id')
    .select('case_file.case_id')
    .where('locator', 'in', [...locators])
    .where('queue', 'not in', ['closed', 'appeals'])
    .orderBy('opened_at')
    .forUpdate('case_file')
    .limit(1)
    .executeTakeFirst();
  return row?.case_id;
}

async function withDistress(trx: Trx, items: ItemReference[]): Promise<ItemReference[]> {
  const rows = await trx
    .selectFrom('distress_item')
    .select('locator')
    .where(
      'locator',
      'in',
      items.map((item) => item.locator),
    )
    .execute();
  const marked = new Set(rows.map((row) => row.locator));
  return items.map((item) => ({ ...item, distress: marked.has(item.locator) }));
}

const newId = (): string => toBase64url(randomBytes(idBytes));
