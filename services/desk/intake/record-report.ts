/**
 * A report or a complaint goes on the record: under a lock on what it is about, so that reports of one thing
 * become one case, and on the form it came in, so that a form sent twice is one report.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { Refusal } from '@answerable/protocol/refusal';
import type { Complaint } from '@answerable/protocol/report/complaint';
import type { Report } from '@answerable/protocol/report/report';
import type { Happening } from '../casebook.ts';
import { human, type ItemReference, rule, theDesk } from '../casework/event.ts';
import { tookPart } from '../casework/taking-part.ts';
import type { DeskParts } from '../parts.ts';
import { keepItem, lockItems, type Trx } from '../store.ts';
import { kindWhileShielded } from '../vigil/shielded.ts';
import { decidedCaseOf, openCaseWith, withDistress } from './case-search.ts';
import { evidenceHash, type Shown } from './evidence.ts';
import { opening } from './opening.ts';

const idBytes = 16;

export interface Recorded {
  receipt: string;
  caseId: string;
  /** false if the same form had been sent before */
  fresh: boolean;
}

export interface From {
  platform: boolean;
  /** says which form it came in and with what in it */
  formKey?: string | undefined;
}

export const newId = (): string => toBase64url(randomBytes(idBytes));
const queued: Happening = { actor: theDesk, tool: rule('intake'), body: { kind: 'queued' } };
const reporter = { role: 'reporter', name: 'reporter' } as const;

export function recordReport(parts: DeskParts, given: Report, from: From): Promise<Recorded> {
  return onceAForm(parts, from, given, async (trx, receipt) => {
    const items = await keep(trx, given.items, from.platform ? 'platform' : 'reporter');
    const caseId = await place(trx, parts, given, items, from.platform);
    await writeRow(trx, parts, { receipt, caseId, given });
    await writeDetail(trx, receipt, from, given);
    await attachMedia(trx, receipt, await ofThoseHere(trx, given.items));
    return caseId;
  });
}

export async function recordComplaint(parts: DeskParts, given: Complaint, from: From): Promise<Recorded> {
  const earlier = given.receipt === null ? undefined : await parts.store.receipt(given.receipt);
  if (given.receipt !== null && !earlier) throw new Refusal('not_found', 'receipt');
  return onceAForm(parts, from, given, async (trx, receipt) => {
    const items = await keep(trx, given.items, 'reporter');
    const deciders = earlier ? tookPart(earlier.state) : [];
    const body = {
      kind: 'complained' as const,
      complaint: newId(),
      about: given.kind,
      capacity: given.capacity,
      items,
      concerns: earlier ? { caseId: earlier.state.caseId, deciders } : null,
      evidence: evidenceHash(given),
    };
    const caseId = newId();
    const complained = { actor: reporter, tool: { ...human, name: 'complaint' }, body };
    await parts.casebook.openWithin(trx, caseId, [opening(parts, caseId, 'complaint'), complained, queued]);
    await writeRow(trx, parts, { receipt, caseId, given });
    await writeDetail(trx, receipt, from, given, given.kind);
    return caseId;
  });
}

async function onceAForm(
  { store }: DeskParts,
  { formKey }: From,
  { items }: Pick<Report, 'items'>,
  record: (trx: Trx, receipt: string) => Promise<string>,
): Promise<Recorded> {
  return store.transaction(async (trx) => {
    const forms = formKey === undefined ? [] : [`form ${formKey}`];
    await lockItems(trx, [...forms, ...items.map((item) => item.locator)]);
    if (formKey !== undefined) {
      const sent = await trx
        .selectFrom('report_detail')
        .innerJoin('report', 'report.receipt', 'report_detail.receipt')
        .select(['report.receipt', 'case_id as caseId'])
        .where('form_key', '=', formKey)
        .executeTakeFirst();
      if (sent) return { ...sent, fresh: false };
    }
    const receipt = newId();
    return { receipt, caseId: await record(trx, receipt), fresh: true };
  });
}

async function keep(trx: Trx, items: Report['items'], seen: ItemReference['seen']): Promise<ItemReference[]> {
  const kept = new Map<string, ItemReference>();
  for (const item of items) kept.set(item.locator, await keepItem(trx, item, seen));
  return withDistress(trx, [...kept.values()]);
}

/** Into the open case about one of these items; to the one that has decided on all of them; else a new one. */
async function place(
  trx: Trx,
  parts: DeskParts,
  given: Report,
  items: ItemReference[],
  fromPlatform: boolean,
): Promise<string> {
  const { casebook } = parts;
  const { capacity, reasons, characteristics } = given;
  const locators = items.map((item) => item.locator);
  const tool = { ...human, name: fromPlatform ? 'platform' : 'report' };
  // The receipt is the reporter's key to the outcome: the case knows the report under another name.
  const named = { report: newId(), capacity, evidence: evidenceHash(given) };
  const body = { ...named, kind: 'reported' as const, reasons, characteristics, items };
  const reported = { actor: reporter, tool, body };
  const open = await openCaseWith(trx, locators);
  if (open) {
    await casebook.actWithin(trx, open, () => [reported]);
    return open;
  }
  const decided = await decidedCaseOf(trx, locators, reasons);
  if (decided) {
    const again = { ...named, kind: 'reported-again' as const };
    await casebook.actWithin(trx, decided, () => [{ actor: reporter, tool, body: again }]);
    return decided;
  }
  const kind = await kindWhileShielded(parts.vigils, trx, caseKindOf(given), given.items);
  const caseId = newId();
  await casebook.openWithin(trx, caseId, [opening(parts, caseId, kind), reported, queued]);
  return caseId;
}

/** Where a case begins. A moderator can file it elsewhere; a worried friend alone opens the care path. */
function caseKindOf({ reasons, items }: Pick<Report, 'reasons' | 'items'>) {
  if (items.some((item) => item.kind === 'page')) return 'page';
  if (reasons.every((reason) => reason === 'worried-about-them')) return 'care';
  return reasons.includes('pile-on') ? 'pile-on' : 'content';
}

interface Row {
  receipt: string;
  caseId: string;
  given: Pick<Report, 'capacity' | 'statement' | 'wishesToBeTold' | 'items'>;
}

async function writeRow(trx: Trx, { clock }: DeskParts, { receipt, caseId, given }: Row): Promise<void> {
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
  const locators = [...new Set(given.items.map((item) => item.locator))];
  if (locators.length === 0) return;
  const rows = locators.map((locator) => ({ receipt, locator }));
  await trx.insertInto('report_item').values(rows).execute();
}

async function writeDetail(
  trx: Trx,
  receipt: string,
  { formKey }: From,
  shown: Shown,
  complaint: string | null = null,
): Promise<void> {
  const { media = [], links = [], intimateImage } = shown;
  await trx
    .insertInto('report_detail')
    .values({
      receipt,
      form_key: formKey ?? null,
      evidence: evidenceHash(shown),
      links: JSON.stringify(links),
      declared_by: intimateImage?.madeBy ?? null,
      contact: intimateImage?.contact ?? null,
      complaint,
    })
    .execute();
  await attachMedia(trx, receipt, media);
}

/** Pictures that the items show and that were uploaded here; others are only named. */
async function ofThoseHere(trx: Trx, items: Report['items']): Promise<NonNullable<Shown['media']>> {
  const shown = items.flatMap(({ media = [] }) => media);
  if (shown.length === 0) return [];
  const hashes = shown.map((one) => one.hash);
  const known = await trx.selectFrom('media').select('hash').where('hash', 'in', hashes).execute();
  const here = new Set(known.map((row) => row.hash));
  return shown.filter((one) => here.has(one.hash));
}

/** Only what was uploaded here before can be attached. */
export async function attachMedia(
  trx: Trx,
  receipt: string,
  media: NonNullable<Shown['media']>,
): Promise<void> {
  if (media.length === 0) return;
  const hashes = [...new Set(media.map((one) => one.hash))];
  const known = await trx.selectFrom('media').select('hash').where('hash', 'in', hashes).execute();
  if (known.length < hashes.length) throw new Refusal('malformed', 'media');
  const rows = media.map(({ hash, kind }) => ({ receipt, hash, kind }));
  await trx
    .insertInto('report_media')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
