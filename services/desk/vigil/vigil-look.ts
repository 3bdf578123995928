/**
 * What the clock does after a death: ends what is over, puts talk of methods first while an event lasts, and
 * marks what is about a preserved account in every case, also in those that come later. Order and keeping only.
 */
import { sql } from 'kysely';
import { rule, theDesk } from '../casework/event.ts';
import type { DeskParts } from '../parts.ts';
import { endVigil } from './change-vigil.ts';
import { speaksOf } from './fold-words.ts';

const casesMax = 200;
const itemsMax = 60;
/** Cases from before it began are looked at too, so many days back. */
const daysBack = 7;
const msPerDay = 86_400_000;

type Parts = Pick<DeskParts, 'vigils' | 'casebook' | 'store' | 'outbox'>;

export async function lookAtVigils(parts: Parts): Promise<void> {
  const { vigils } = parts;
  for (const { vigil } of await vigils.due()) await endVigil(parts, 'desk', vigil);
  const running = await vigils.running();
  const events = running.filter((one) => one.kind === 'event').map((one) => one.asked_at);
  if (events.length > 0) await putForward(parts, events.sort()[0] ?? '');
  else await putBack(parts);
  await preserve(
    parts,
    running.flatMap((one) => (one.kind === 'preservation' ? (one.about.account ?? []) : [])),
  );
}

async function putForward({ vigils, store }: Parts, since: string): Promise<void> {
  const terms = new Set((await vigils.terms()).map((one) => one.term));
  if (terms.size === 0) return;
  const from = new Date(Date.parse(since) - daysBack * msPerDay).toISOString();
  const rows = await vigils.db
    .selectFrom('case_file')
    .leftJoin('vigil_look', 'vigil_look.case_id', 'case_file.case_id')
    .select(['case_file.case_id', 'case_file.seq', 'case_file.state'])
    .where('queue', '<>', 'closed')
    .where('opened_at', '>=', from)
    .where((is) =>
      is.or([is('vigil_look.seq', 'is', null), is('vigil_look.seq', '<', is.ref('case_file.seq'))]),
    )
    .orderBy('opened_at', 'desc')
    .limit(casesMax)
    .execute();
  for (const { case_id, seq, state } of rows) {
    const texts = await store.texts(state.items.slice(-itemsMax).map((item) => item.hash));
    const ahead = [...texts.values()].some(({ text }) => speaksOf(text, terms));
    await vigils.db.updateTable('case_file').set({ ahead }).where('case_id', '=', case_id).execute();
    await vigils.db
      .insertInto('vigil_look')
      .values({ case_id, seq })
      .onConflict((conflict) => conflict.column('case_id').doUpdateSet({ seq }))
      .execute();
  }
}

async function putBack({ vigils }: Parts): Promise<void> {
  const rows = await vigils.db.deleteFrom('vigil_look').executeTakeFirst();
  if (rows.numDeletedRows > 0n)
    await vigils.db.updateTable('case_file').set({ ahead: false }).where('ahead', '=', true).execute();
}

async function preserve({ vigils, casebook, outbox }: Parts, subs: readonly string[]): Promise<void> {
  const by = { actor: theDesk, tool: rule('vigil') };
  const fresh = subs.length === 0 ? [] : await about(vigils.db, subs, false);
  for (const caseId of fresh)
    await casebook.act(caseId, (state) =>
      state.preserved ? [] : [{ ...by, body: { kind: 'preserved', why: 'after-death' } }],
    );
  const over = await about(vigils.db, subs, true);
  for (const caseId of over)
    await casebook.act(caseId, (state) =>
      state.preserved ? [{ ...by, body: { kind: 'preservation-ended' } }] : [],
    );
  if (fresh.length + over.length > 0) outbox.kick();
}

/** Cases about one of `subs` that are not preserved; or, with `over`, those preserved that are about none. */
async function about(db: Parts['vigils']['db'], subs: readonly string[], over: boolean): Promise<string[]> {
  const { rows } = over
    ? await sql<{ case_id: string }>`
        select case_id from case_file where preserved and not exists (
          select 1 from case_item where case_item.case_id = case_file.case_id and author = any(${[...subs]}::text[])
        ) limit ${casesMax}`.execute(db)
    : await sql<{ case_id: string }>`
        select distinct case_file.case_id from case_item join case_file using (case_id)
        where author = any(${[...subs]}::text[]) and not preserved limit ${casesMax}`.execute(db);
  return rows.map((row) => row.case_id);
}
