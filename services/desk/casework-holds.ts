/**
 * What this desk knows of its holds beyond one case, so that holds of one thing cannot be strung together case by
 * case. Whoever can modify this table can have a thing held again too soon; the transition still ends each hold.
 */
import { type Kysely, sql } from 'kysely';
import type { Happening } from './casebook.ts';
import { holdRestHours } from './casework/apply-hold.ts';
import { after } from './casework/deadline.ts';
import { rule, theDesk } from './casework/event.ts';
import { type CaseState, itemOf } from './casework/state.ts';
import type { DeskTables } from './schema.ts';

/** Before something is held: what other cases held of it lately, as events of this case. Waits for their locks. */
export async function knownHolds(
  trx: Kysely<DeskTables>,
  state: CaseState,
  happenings: readonly Happening[],
  at: string,
): Promise<Happening[]> {
  const held = happenings.flatMap(({ body }) => (body.kind === 'held' ? [body.target] : []));
  if (held.length === 0) return [];
  const targets = [...new Set(held)].sort();
  for (const target of targets)
    await sql`select pg_advisory_xact_lock(hashtextextended(${`hold ${target}`}, 0))`.execute(trx);
  const rows = await trx
    .selectFrom('hold_record')
    .select((is) => ['target', 'hash', is.fn.max('ends_at').as('until')])
    .where('target', 'in', targets)
    .where('case_id', '<>', state.caseId)
    .where('ends_at', '>', after(at, -holdRestHours))
    .groupBy(['target', 'hash'])
    .execute();
  return rows
    .filter(({ target, hash, until }) => {
      const same = (one: { target: string; hash: string; until: string }) =>
        one.target === target && one.hash === hash && one.until === until;
      return itemOf(state, target) && !state.heldElsewhere?.some(same);
    })
    .map(({ target, hash, until }) => ({
      actor: theDesk,
      tool: rule('holds'),
      body: { kind: 'held-elsewhere' as const, target, hash, until },
    }));
}

export async function writeHolds(
  trx: Kysely<DeskTables>,
  before: CaseState | undefined,
  state: CaseState,
): Promise<void> {
  const changed = state.holds.filter((hold) => !before?.holds.includes(hold));
  for (const { hold, target, until, state: stands } of changed) {
    // Over sooner than its hour, if somebody lifted it or a decision took its place.
    const ends_at = stands === 'active' || until < state.at ? until : state.at;
    const hash = itemOf(state, target)?.hash ?? '';
    await trx
      .insertInto('hold_record')
      .values({ hold, case_id: state.caseId, target, hash, ends_at })
      .onConflict((conflict) => conflict.column('hold').doUpdateSet({ ends_at }))
      .execute();
  }
}
