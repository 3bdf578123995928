/**
 * What goes when the time of a case is over: the bodies of its events, of which the hashes stay, and every word
 * and picture that only this case needs. Runs with the event that says so, in one transaction.
 */
import { type Kysely, sql } from 'kysely';
import { bodyHashOf, type EventBody } from './casework/event.ts';
import type { DeskTables } from './schema.ts';

/** `seq` is the number of the event that says so; it stays as it is. */
export async function eraseCase(trx: Kysely<DeskTables>, caseId: string, seq: number): Promise<void> {
  const events = await trx
    .selectFrom('event')
    .select(['seq', 'body'])
    .where('case_id', '=', caseId)
    .where('seq', '<', seq)
    .where('body', 'is not', null)
    .execute();
  for (const { seq: one, body } of events)
    if (body)
      await trx
        .updateTable('event')
        .set({ body: null, body_hash: bodyHashOf(body) })
        .where('case_id', '=', caseId)
        .where('seq', '=', one)
        .execute();
  const hashes = hashesOf(events);
  for (const table of [
    'case_item',
    'page_record',
    'letter',
    'decision_address',
    'hold_record',
    'case_rank',
    'case_label',
  ] as const)
    await trx.deleteFrom(table).where('case_id', '=', caseId).execute();
  await trx.deleteFrom('outbox').where('case_id', '=', caseId).where('state', '<>', 'pending').execute();
  await trx
    .updateTable('panel_sent')
    .set({ message: null, answer: null })
    .where('case_id', '=', caseId)
    .execute();
  await trx.updateTable('report').set({ statement: '' }).where('case_id', '=', caseId).execute();
  await eraseReports(trx, caseId);
  if (hashes.length > 0)
    await sql`
      delete from item where hash in (${sql.join(hashes)}) and not exists (
        select 1 from case_file other
        where other.case_id <> ${caseId} and other.state -> 'items' @> jsonb_build_array(jsonb_build_object('hash', item.hash))
      )`.execute(trx);
}

/** What came with the reports: words, addresses, contacts; pictures that no other report shows; what evidence files were made of. */
async function eraseReports(trx: Kysely<DeskTables>, caseId: string): Promise<void> {
  const receipts = trx.selectFrom('report').select('receipt').where('case_id', '=', caseId);
  await trx
    .updateTable('report_detail')
    .set({ links: '[]', contact: null })
    .where('receipt', 'in', receipts)
    .execute();
  await trx.updateTable('report_addition').set({ words: '' }).where('receipt', 'in', receipts).execute();
  for (const table of ['report_media', 'report_item', 'evidence_pack'] as const)
    await trx.deleteFrom(table).where('receipt', 'in', receipts).execute();
}

interface Erased {
  body: EventBody | null;
}

function hashesOf(events: readonly Erased[]): string[] {
  const found = events.flatMap(({ body }) => {
    if (body?.kind === 'reported' || body?.kind === 'complained') return body.items.map((one) => one.hash);
    return body?.kind === 'item-seen' ? [body.item.hash] : [];
  });
  return [...new Set(found)];
}
